"""Which characters of a text may be said wrong: heteronyms, how each is probably read, and how sure that is.

>>> for found in propose("他在银行，长得高。", every=True):
...     print(found.character, found.start, found.likely, found.readings, found.tier.value, found.word)
行 3 hang2 ('xing2', 'hang2', 'heng2') phrase 银行
长 5 zhang3 ('zhang3', 'chang2') open 长
得 6 de2 ('de5', 'de2', 'dei3') open 得
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ttsprep.diagnostics import Span
from ttsprep.hot_fix.readings import Word, heteronyms, is_dominant, words
from ttsprep.lexicon import Entry, Kind
from ttsprep.mapped import MappedText

__all__ = ["Proposal", "Tier", "draft", "propose"]


class Tier(enum.StrEnum):
    """How sure a likely reading is."""

    PHRASE = "phrase"
    """The character stands in a word of the dictionary, which has a reading of its own."""
    DOMINANT = "dominant"
    """The character has one reading in nearly all texts."""
    OPEN = "open"
    """The context decides, and was not understood."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A heteronym in a text."""

    character: str
    start: int
    """Its place in the text, in code points."""
    span: Span
    """Its place in the source."""
    readings: tuple[str, ...]
    """All its readings, the most frequent first."""
    likely: str
    tier: Tier
    word: str
    """The word of the dictionary that it stands in, else the character itself."""
    word_reading: str
    """How that word is read."""


def propose(text: MappedText | str, *, every: bool = False) -> list[Proposal]:
    """The heteronyms of a text in their order: those that only the context decides, or with `every` all.

    Raises ModuleNotFoundError without pypinyin (extra `pinyin`), whose dictionary knows the words.
    """
    text = MappedText.of(text)
    return [found for word in words(text.text) for found in _of_word(text, word) if every or found.tier is Tier.OPEN]


def _of_word(text: MappedText, word: Word) -> Iterator[Proposal]:
    for at, (character, syllable) in enumerate(zip(word.text, word.syllables, strict=True), word.start):
        readings = heteronyms().get(character)
        if readings:
            tier = Tier.PHRASE if word.in_dictionary else Tier.DOMINANT if is_dominant(character) else Tier.OPEN
            span, read = text.source_span(at, at + 1), " ".join(word.syllables)
            yield Proposal(character, at, span, readings, syllable or readings[0], tier, word.text, read)


def draft(text: MappedText | str, proposals: Iterable[Proposal], *, context: int = 1) -> list[Entry]:
    """Entries for a person to correct: each heteronym with its likely reading and up to `context` Chinese neighbours on
    either side, once for each neighbourhood; the note has the other readings.

    >>> for entry in draft("他长得高", propose("他长得高")):
    ...     print(entry.before, entry.key, entry.after, entry.value, "#", entry.note)
    他 长 得 zhang3 # open: zhang3 chang2
    长 得 高 de2 # open: de5 de2 dei3
    """
    plain = str(text)
    found: dict[Entry, None] = {}
    for proposal in proposals:
        note = f"{proposal.tier}: {' '.join(proposal.readings)}"
        if proposal.tier is Tier.PHRASE:
            entry = Entry(proposal.word, Kind.PRONUNCIATION, proposal.word_reading, note=note)
        else:
            before, after = _neighbours(plain, proposal.start, context)
            entry = Entry(proposal.character, Kind.PRONUNCIATION, proposal.likely, before, after, note)
        found.setdefault(entry)
    return list(found)


def _neighbours(text: str, at: int, context: int) -> tuple[str, str]:
    before, after = text[max(0, at - context) : at], text[at + 1 : at + 1 + context]
    return _han(before[::-1])[::-1], _han(after)


def _han(text: str) -> str:
    """The Chinese characters that a text begins with."""
    end = next((at for at, character in enumerate(text) if not "\u3400" <= character <= "\u9fff"), len(text))
    return text[:end]
