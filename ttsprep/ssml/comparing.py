"""Two SSML documents compared by what a listener hears.

>>> for difference in diff('<speak>你好<break time="500ms"/>世界</speak>', '<speak rate="2">你好<break/>世间</speak>'):
...     print(difference)
prosody: rate 1 became 2
pause: pause of 500 ms became 1 s
text: '界' became '间'

What changes nothing for the listener is no difference: the order of attributes, ``1s`` or ``1000ms``, ``1.0`` or ``1``,
a default that is written out, one speak or two alike, an alias or its words, ``lv4`` or ``lü4``, white space between
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

from ttsprep.counting import HAN
from ttsprep.diagnostics import Span
from ttsprep.pinyin import normalize
from ttsprep.source import Source
from ttsprep.ssml.alignment import aligned
from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.hearing import Item, Pause, Prosody, Sound, Speech, heard

__all__ = ["Change", "Difference", "diff"]


class Change(StrEnum):
    """What a listener hears differently."""

    TEXT = "text"
    PAUSE = "pause"
    SOUND = "sound"
    PRONUNCIATION = "pronunciation"
    PROSODY = "prosody"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what kind, where in either document, and words for people."""

    change: Change
    a: Span
    """Where in the first document; empty where it has nothing there."""
    b: Span
    """Where in the second document; empty where it has nothing there."""
    words: str

    def __str__(self) -> str:
        return f"{self.change}: {self.words}"


def diff(a: Source | str, b: Source | str) -> tuple[Difference, ...]:
    """What is heard otherwise in `b` than in `a`, in order; nothing where they sound the same.

    Both may be faulty; they are read as meant. Time and memory are about linear; where large parts have nothing in
    common they are one difference.
    """
    first, second = _Track(Source.of(a).text), _Track(Source.of(b).text)
    found = [*_differences(first, second)]
    return tuple(sorted(found, key=lambda one: (one.a, one.b)))


class _Word(NamedTuple):
    """A word, a Chinese character or a mark: its text, how it is read, how it sounds, where it stands."""

    text: str
    manner: tuple[str, str]
    prosody: Prosody
    start: int
    end: int
    apart: bool = False
    """Whether white space stands before it."""


@dataclass(slots=True)
class _Track:
    """A document as a row of words with what is heard in the gaps between them."""

    source: str
    words: list[_Word] = field(default_factory=list)
    gaps: dict[int, list[Pause | Sound]] = field(default_factory=dict)
    """By the word they stand before."""

    def __post_init__(self) -> None:
        full: dict[Prosody, Prosody] = {}
        for item in heard(self.source):
            if isinstance(item, Speech):
                prosody = full.setdefault(item.speak.prosody, _resolved(item.speak.prosody))
                self.words += _words(item, prosody, self.source)
            else:
                self._rest(item)

    def _rest(self, item: Pause | Sound) -> None:
        """Pauses of neighbouring speaks are heard as one."""
        gap = self.gaps.setdefault(len(self.words), [])
        if gap and isinstance(item, Pause) and isinstance(gap[-1], Pause):
            before = gap[-1]
            length = before.milliseconds + item.milliseconds
            gap[-1] = before._replace(raw=length, span=Span(before.span.start, item.span.end))
        else:
            gap.append(item)

    def place(self, begin: int, end: int) -> Span:
        """The source of some words; of none the place between their neighbours."""
        if begin < end:
            return _over(self.words[begin:end])
        at = self.words[begin - 1].end if begin else 0
        return Span(at, at)

    def rests(self, begin: int, end: int) -> list[Pause | Sound]:
        """What is heard before the words from one to another, the last one included."""
        return [item for at in range(begin, end + 1) for item in self.gaps.get(at, ())]

    def text(self, begin: int, end: int) -> str:
        """Some words in a row."""
        return _joined(self.words[begin:end])


def _joined(words: Sequence[_Word]) -> str:
    """Words with the white space that belongs between them."""
    parts = [word.text for word in words[:1]]
    for before, word in pairwise(words):
        apart = word.apart or (_is_word(before.text) and _is_word(word.text))
        parts.append(f" {word.text}" if apart else word.text)
    return "".join(parts)


def _is_word(text: str) -> bool:
    """Whether it is a word that white space divides from others."""
    return text[:1].isalnum() and not _HAN.match(text)


_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*|[^\s\w]|_")


def _words(item: Speech, prosody: Prosody, source: str) -> Iterator[_Word]:
    """The words of a speech; those of an element have its whole place."""
    found = list(_WORD.finditer(item.text))
    manners = _manners(item, [match[0] for match in found])
    verbatim = source[item.span.start : item.span.end] == item.text
    for match, manner in zip(found, manners, strict=True):
        start, end = match.span() if verbatim else (0, len(item.span))
        apart = match.start() > 0 and item.text[match.start() - 1] == " "
        yield _Word(match[0], manner, prosody, item.span.start + start, item.span.start + end, apart)


_PLAIN = ("", "")


def _manners(item: Speech, words: list[str]) -> list[tuple[str, str]]:
    """How each word is read; pinyin belongs to its characters one by one."""
    if item.interpret_as:
        return [("say-as", item.interpret_as)] * len(words)
    if not item.reading:
        return [_PLAIN] * len(words)
    reading = (normalize(item.reading) if item.alphabet == "py" else None) or item.reading
    syllables = reading.split(" ")
    if item.alphabet == "py" and len(syllables) == len(words):
        return [("py", syllable) for syllable in syllables]
    return [(item.alphabet, reading)] * len(words)


def _resolved(prosody: Prosody) -> Prosody:
    """The prosody with the defaults of the service where it says nothing."""
    defaults = {name: found.default for name, found in grammar().elements[grammar().root].attributes.items()}
    return replace(
        prosody,
        rate=Decimal(defaults["rate"]) if prosody.rate is None else prosody.rate,
        pitch=Decimal(defaults["pitch"]) if prosody.pitch is None else prosody.pitch,
        volume=int(defaults["volume"]) if prosody.volume is None else prosody.volume,
        bgm_volume=_music_volume(prosody, defaults["backgroundMusicVolume"]),
    )


def _music_volume(prosody: Prosody, default: str) -> int | None:
    if not prosody.bgm:
        return None
    return int(default) if prosody.bgm_volume is None else prosody.bgm_volume


# --- the differences


def _differences(a: _Track, b: _Track) -> Iterator[Difference]:
    at = bt = 0
    blocks = aligned([word.text for word in a.words], [word.text for word in b.words])
    for begin, start, size in [*blocks, (len(a.words), len(b.words), 0)]:
        if at < begin or bt < start:
            yield Difference(Change.TEXT, a.place(at, begin), b.place(bt, start), _said(a, b, at, begin, bt, start))
        yield from _gap(a, b, (at, begin), (bt, start))
        for step in range(1, size):
            if begin + step in a.gaps or start + step in b.gaps:
                yield from _gap(a, b, (begin + step, begin + step), (start + step, start + step))
        pairs = list(zip(a.words[begin : begin + size], b.words[start : start + size], strict=True))
        yield from _readings(pairs)
        yield from _prosodies(pairs)
        at, bt = begin + size, start + size


def _said(a: _Track, b: _Track, at: int, begin: int, bt: int, start: int) -> str:
    before, after = _shown(a.text(at, begin)), _shown(b.text(bt, start))
    if at == begin:
        return f"{after} is new"
    return f"{before} is gone" if bt == start else f"{before} became {after}"


def _shown(text: str) -> str:
    return repr(_shortened(text))


def _shortened(text: str) -> str:
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]}…{text[-half:]}"


_LONGEST = 80

_Range = tuple[int, int]


def _gap(a: _Track, b: _Track, ours: _Range, theirs: _Range) -> Iterator[Difference]:
    """The pauses and sounds in gaps that answer each other; both ends included."""
    first, second = a.rests(*ours), b.rests(*theirs)
    keys = [[_key(item) for item in items] for items in (first, second)]
    if keys[0] == keys[1]:
        return
    i = j = 0
    for begin, start, size in [*aligned(*keys), (len(first), len(second), 0)]:
        for before, after in _paired(first[i:begin], second[j:start]):
            here = before.span if before else _at(a, ours[1])
            there = after.span if after else _at(b, theirs[1])
            yield Difference(_kind(before or after), here, there, _rested(before, after))
        i, j = begin + size, start + size


def _key(item: Item) -> str:
    return str(item.milliseconds) if isinstance(item, Pause) else f"s{item.src}" if isinstance(item, Sound) else ""


def _paired(
    first: list[Pause | Sound], second: list[Pause | Sound]
) -> Iterator[tuple[Pause | Sound | None, Pause | Sound | None]]:
    """Pauses with pauses, sounds with sounds, in order."""
    for kind in (Pause, Sound):
        yield from zip_longest(
            [item for item in first if isinstance(item, kind)], [item for item in second if isinstance(item, kind)]
        )


def _kind(item: Pause | Sound | None) -> Change:
    return Change.PAUSE if isinstance(item, Pause) else Change.SOUND


def _at(track: _Track, word: int) -> Span:
    """The place before a word."""
    at = track.words[word].start if word < len(track.words) else track.place(word, word).end
    return Span(at, at)


def _rested(before: Pause | Sound | None, after: Pause | Sound | None) -> str:
    names = [None if item is None else _named(item) for item in (before, after)]
    if before is None:
        return f"{names[1]} is new"
    if after is None:
        return f"{names[0]} is gone"
    return f"{names[0]} became {_length(after) if isinstance(after, Pause) else after.src}"


def _named(item: Pause | Sound) -> str:
    return f"pause of {_length(item)}" if isinstance(item, Pause) else f"sound {item.src}"


def _length(pause: Pause) -> str:
    length = pause.milliseconds
    return f"{length // 1000} s" if length % 1000 == 0 else f"{length} ms"


# --- readings and prosody

_Pair = tuple[_Word, _Word]


def _readings(pairs: list[_Pair]) -> Iterator[Difference]:
    """Neighbours that are read otherwise are one difference."""
    for differs, run in groupby(pairs, key=lambda pair: pair[0].manner != pair[1].manner):
        if differs:
            before, after = zip(*run, strict=True)
            text = _shown(_joined(before))
            words = f"{text}, {_how(before)}, became {_how(after)}"
            yield Difference(Change.PRONUNCIATION, _over(before), _over(after), words)


def _how(words: Sequence[_Word]) -> str:
    """How words are read: ``py 'zhong4 yao4'``, ``as date``, ``as it stands``."""
    parts: list[str] = []
    for (kind, value), run in groupby(words, key=lambda word: word.manner):
        same = parts and kind == "py" and parts[-1].startswith("py ")
        if same:
            parts[-1] = f"{parts[-1][:-1]} {' '.join([value] * len(list(run)))}'"
        elif kind == "py":
            parts.append(f"py '{' '.join([value] * len(list(run)))}'")
        else:
            parts.append(f"as {value}" if kind == "say-as" else f"{kind} {value!r}" if kind else "as it stands")
    return _shortened(" and ".join(parts))


def _prosodies(pairs: list[_Pair]) -> Iterator[Difference]:
    """Neighbours whose sound differs in the same way are one difference."""
    for (here, there), run in groupby(pairs, key=lambda pair: (pair[0].prosody, pair[1].prosody)):
        if here != there:
            before, after = zip(*run, strict=True)
            yield Difference(Change.PROSODY, _over(before), _over(after), _changed(here, there))


def _over(words: Sequence[_Word]) -> Span:
    return Span(words[0].start, max(word.end for word in words))


def _changed(before: Prosody, after: Prosody) -> str:
    """Each attribute that differs, by the name it has in SSML."""
    parts = []
    for name, attribute in _ATTRIBUTES.items():
        here, there = _value(getattr(before, name)), _value(getattr(after, name))
        if here != there:
            parts.append(f"{attribute} {here} became {there}")
    return "; ".join(parts)


_ATTRIBUTES = {
    "voice": "voice",
    "rate": "rate",
    "pitch": "pitch",
    "volume": "volume",
    "effect": "effect",
    "effect_value": "effectValue",
    "bgm": "bgm",
    "bgm_volume": "backgroundMusicVolume",
}
"""Field of a prosody → attribute of a speak."""


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or "none"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "none" if value in (None, "") else str(value)
