"""An SSML document as sentences that a voice can speak, with everything that is heard between the words.

>>> one, two = spoken_document('<speak rate="2">你好。<break time="1s"/>再<sub alias="相见">见</sub></speak>')
>>> one.text, two.text, one.characters, two.characters
('你好。', '再相见', 5, 4)
>>> [type(piece).__name__ for piece in one.pieces]
['Spoken', 'Silence']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby

from ttsprep.counting import count, counts_spoken
from ttsprep.emulator.voice.pieces import SPELLED, Beep, Music, Piece, Silence, Spoken
from ttsprep.markup import is_speakable
from ttsprep.sentences import split
from ttsprep.ssml.hearing import Item, Pause, Prosody, Speech, heard
from ttsprep.ssml.spoken import text as spoken_text

__all__ = ["Sentence", "is_document", "spoken_document"]

_SOUND = 500
"""Milliseconds of the tone that stands for a sound."""
_MUSIC_VOLUME = 50
_TAG = re.compile("<[^<>]*>")
_BLANK = re.compile("[ \t\r\n]")
# Scripts whose words need a space between them, and behind the marks that end something.
_SPACED = r"A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff\uac00-\ud7af"
_WORDS_MEET = re.compile(rf"[0-9{_SPACED}][0-9{_SPACED}]|[.,;:!?][{_SPACED}]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is spoken as one, and how many characters are counted for it (TXT-04)."""

    text: str
    pieces: tuple[Piece, ...]
    characters: int
    speakable: bool = True


@dataclass(slots=True)
class _Draft:
    """A sentence in the making."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Spoken))

    @property
    def speakable(self) -> bool:
        spoken = [piece for piece in self.pieces if isinstance(piece, Spoken)]
        return is_speakable(self.text) or any(piece.read_as in SPELLED and piece.text.strip() for piece in spoken)


_SPEAK = re.compile(r"</?speak[\s/>]", re.IGNORECASE)


def is_document(text: str) -> bool:
    """Whether a text sent with enable_ssml is SSML, right or faulty, and no plain text.

    >>> is_document("你好"), is_document("<Speak>你好</Speak>"), is_document("1 < 2 <b>")
    (False, True, False)
    """
    return _SPEAK.search(text) is not None


def spoken_document(source: str) -> list[Sentence]:
    """The sentences of a document, in order; a speak ends a sentence. Never raises, whatever the document."""
    drafts = list[_Draft]()
    for speak, items in groupby(heard(source), key=lambda item: item.speak):
        pieces = list(_pieces(source, items))
        if speak.prosody.bgm:
            volume = speak.prosody.bgm_volume
            pieces = [Music(_MUSIC_VOLUME if volume is None else volume), *pieces, Music(0)]
        drafts += _cut(pieces)
    drafts = _merged(drafts)
    texts = [draft.text for draft in drafts]
    return [
        Sentence(text, tuple(draft.pieces), characters, draft.speakable)
        for draft, text, characters in zip(drafts, texts, _characters(source, texts), strict=True)
    ]


# --- pieces


def _pieces(source: str, items: Iterable[Item]) -> Iterator[Piece]:
    """What is heard of one speak."""
    before: Speech | None = None
    parted = False
    for item in items:
        if isinstance(item, Speech):
            if before and parted and _needs_space(source, before, item):
                yield _spoken(" ", item.speak.prosody)
            yield _speech(item)
            before, parted = item, False
        elif isinstance(item, Pause):
            parted = True
            yield Silence(item.milliseconds)
        else:
            parted = True
            yield Beep(_SOUND, item.speak.prosody.volume)


def _needs_space(source: str, before: Speech, after: Speech) -> bool:
    """Whether a space belongs between two texts with a pause between: there is one in the source beside the pause,
    where it would be heard without the pause, or words of a script that has spaces would become one.
    """
    between = _TAG.sub("", source[before.span.end : after.span.start])
    return bool(_BLANK.search(between) or _WORDS_MEET.match(before.text[-1] + after.text[0]))


def _speech(item: Speech) -> Spoken:
    prosody = item.speak.prosody
    if item.reading:
        return _spoken(item.text, prosody, item.alphabet, item.reading)
    return _spoken(item.text, prosody, item.interpret_as if item.interpret_as in SPELLED else "")


def _spoken(text: str, prosody: Prosody, read_as: str = "", reading: str = "") -> Spoken:
    rate, pitch = (None if value is None else float(value) for value in (prosody.rate, prosody.pitch))
    return Spoken(text, rate, pitch, prosody.volume, prosody.voice, read_as, reading)


# --- sentences


def _cut(pieces: Sequence[Piece]) -> list[_Draft]:
    """One speak as its sentences. What is between two of them belongs to the first."""
    ends = deque(_ends(pieces))
    drafts, at = [_Draft()], 0
    for piece in pieces:
        if not isinstance(piece, Spoken):
            drafts[-1].pieces.append(piece)
            continue
        rest = piece
        while ends[0] < at + len(rest.text):
            end = ends.popleft()
            if end > at:
                drafts[-1].pieces.append(replace(rest, text=rest.text[: end - at]))
                rest, at = replace(rest, text=rest.text[end - at :]), end
            drafts.append(_Draft())
        drafts[-1].pieces.append(rest)
        at += len(rest.text)
    return drafts


def _ends(pieces: Sequence[Piece]) -> Iterator[int]:
    """Where the sentences of a text end; none ends within what has a reading."""
    spoken = [piece for piece in pieces if isinstance(piece, Spoken)]
    starts = list(accumulate((len(piece.text) for piece in spoken), initial=0))
    end = 0
    for segment in split("".join(piece.text for piece in spoken)):
        end += len(segment.text)
        index = bisect_right(starts, end) - 1
        if index == len(spoken) or end == starts[index] or not spoken[index].read_as:
            yield end


def _merged(drafts: Iterable[_Draft]) -> list[_Draft]:
    """What has no word of its own goes with the sentence before it, or else with the one after it."""
    merged = list[_Draft]()
    waiting = _Draft()
    for draft in drafts:
        if draft.speakable:
            merged.append(_Draft(waiting.pieces + draft.pieces))
            waiting = _Draft()
        else:
            (merged[-1] if merged else waiting).pieces.extend(draft.pieces)
    return merged or ([waiting] if waiting.pieces else [])


# --- counting


def _characters(source: str, texts: Sequence[str]) -> list[int]:
    """The counted characters of each sentence, by the source that it stands in; together those of the document."""
    if not texts:
        return []
    mapped = spoken_text(source)
    heard_at = [index for index, character in enumerate(mapped.text) if not character.isspace()]
    ends = list(accumulate(len(text) - sum(map(str.isspace, text)) for text in texts))
    if ends[-1] != len(heard_at) or not heard_at:
        # Where a faulty document was understood in two ways.
        return [0] * (len(texts) - 1) + [count(source)]
    spans = mapped.source_spans([0, *(heard_at[end - 1] + 1 for end in ends)])
    return counts_spoken(source, [0, *(span.end for span in spans[:-1]), len(source)])
