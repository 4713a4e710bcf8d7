"""Pinyin: the syllables of Mandarin, and readings written in any of the usual ways brought into one form.

    >>> normalize("diǎn dàng háng"), normalize("Dian3dang4hang2"), normalize("lǜ-shī")
    ('dian3 dang4 hang2', 'dian3 dang4 hang2', 'lv4 shi1')
    >>> is_syllable("lü4"), is_syllable("zhx1"), near("hnag2")
    (True, False, 'hang2')

The canonical form is what every example of the service shows: lower case, a digit from 1 to 5 after each syllable (5
is the neutral tone), one space between two syllables. No page shows how ü is written; it is ``v`` here: the page asks
for letters and a digit, and of the spellings in use ``v`` alone is an ASCII letter as the others are. ê has no such
spelling and stays.

:func:`normalize` changes what can mean one thing only and else gives None:

- *ü* may be ``ü``, ``u:`` or ``v``, composed or not; after j q x y it becomes the ``u`` that belongs there; ``lue``,
  ``nue`` and the ``lyu``, ``nyu`` of passports are lve, nve, lv, nv.
- *Tones*: a digit after the syllable, or a mark over any vowel of it (``dìan`` as ``diàn``; a breve is a caron). Two
  marks, a mark over a consonant beside a vowel, a digit that contradicts the mark, digits over 5: not certain.
- *Neutral tone*: ``5`` and ``0``. A syllable without mark is neutral only as the orthography has it: in a reading
  with marks and no digits, not the first, and one of the particles and suffixes that are spoken so (``māma``,
  ``zhuō zi``); or after a middle dot, as dictionaries print it (``tián·jing``). Beside digits a missing one is a slip.
- *Joined syllables*: digits part them (``hang2ye4``), marks do where one cut only gives syllables (``diǎndàng``); an
  apostrophe that the orthography asks for is left out too often to rely on it: ``fānàn`` may be fā nàn or fān àn.
- *Separators*: white space, apostrophes, hyphens, commas. A slash means a choice: not certain.
- *Erhua* (花儿): two characters want two syllables, and how the service writes the second is nowhere said: ``hua1 er5``
  and ``hua1 r5`` stay as they are, ``huar1`` is not certain (:func:`near` says ``hua1 er5``).
- Full-width letters and digits, superscript digits, the ``ɑ`` and ``ɡ`` of typesetters are the letters they look like.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from ttsprep.catalog import tables
from ttsprep.likeness import distance

__all__ = ["Syllable", "are_listed", "is_listed", "is_syllable", "near", "normalize", "syllables", "toneless"]

_NEUTRAL = "5"
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0306": "3", "\u0300": "4"}
_DOTS = {("u", "\u0308"): "v", ("u", ":"): "v", ("e", "\u0302"): "ê"}
_VOWELS = frozenset("aeiouvê")
_LETTERS = str.maketrans("ɑɡ", "ag")
_PIECE = re.compile(r"(·?)([^\s'’‘ʼ‐‑‒–—―−,、·0-9-]+)([0-9]*)|[0-9]+|·")
_TONED = re.compile(r"([^0-9]+)([1-5])")
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable as it is written, where, and its canonical form (None where that is not certain)."""

    text: str
    start: int
    end: int
    canonical: str | None


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter without its marks; `at` is where it stands in the reading, `tone` its tone marks as digits."""

    letter: str
    tone: str
    at: int


# --- the table


@cache
def _data() -> Mapping[str, Any]:
    return tables("pinyin")


@cache
def toneless(*, rare: bool = True) -> frozenset[str]:
    """The syllables of Mandarin without tone, ``v`` for ü; `rare` ones are interjections and words of dialects.

    >>> len(toneless(rare=False)), "lve" in toneless(), "eng" in toneless(rare=False)
    (409, True, False)
    """
    finals = _data()["standard"]["finals"]
    standard = frozenset(initial + final for initial, row in finals.items() for final in row.split())
    return standard | frozenset(_data()["rare"]["syllables"].split()) if rare else standard


@cache
def _spellings() -> Mapping[str, str]:
    """What is written for a syllable, without marks → the syllable."""
    known = toneless()
    umlauts = {s[0] + "v" + s[2:]: s for s in known if s[0] in "jqxy" and s[1:2] == "u"}
    erhua = _data()["erhua"]["syllables"]
    others = {key: value for key, value in _data()["spelling"].items() if value in known}
    return MappingProxyType({**{s: s for s in known}, **umlauts, **others, erhua: erhua})


@cache
def _particles() -> frozenset[str]:
    return frozenset(_data()["neutral"]["syllables"].split())


def _is_toned(letters: str, tone: str) -> bool:
    if letters == _data()["erhua"]["syllables"]:
        return tone == _NEUTRAL
    return letters in toneless()


def is_syllable(text: str) -> bool:
    """Whether `text` is a syllable of Mandarin with its tone as a digit from 1 to 5; ü may be ``ü`` or ``v``.

    >>> is_syllable("hang2"), is_syllable("lu:4"), is_syllable("hang"), is_syllable("r5"), is_syllable("huar1")
    (True, False, False, True, False)

    Whether a word has that syllable with that tone is not asked: names and interjections take any.
    """
    found = _TONED.fullmatch(unicodedata.normalize("NFC", text))
    return found is not None and _is_toned(found[1].replace("ü", "v"), found[2])


@cache
def _listed() -> frozenset[str]:
    rows = _data()["tones"]["syllables"].items()
    return frozenset(letters + tone for tones, row in rows for letters in row.split() for tone in tones)


def is_listed(syllable: str) -> bool:
    """Whether a character of the Table of General Standard Chinese Characters is read so; of the 1,296 such syllables
    34 have the neutral tone. `syllable` is in canonical form.

    >>> is_listed("zhong1"), is_listed("zhong2"), is_listed("biang2"), is_listed("zi5")
    (True, False, False, False)

    Others are rare, but not wrong: interjections, words of dialects, and suffixes that lose their tone.
    """
    return syllable in _listed()


def are_listed(syllables: Iterable[str]) -> bool:
    """Whether each of them is (`is_listed`).

    >>> are_listed(["zhong1", "guo2"]), are_listed(["zhong1", "biang2"]), are_listed([])
    (True, False, True)
    """
    return _listed().issuperset(syllables)


# --- readings


def syllables(reading: str) -> tuple[Syllable, ...]:
    """Cuts a reading into syllables; what is no syllable is a piece of its own, and has no canonical form.

    >>> [(s.text, s.start, s.canonical) for s in syllables("Háng ye4zhx1")]
    [('Háng', 0, 'hang2'), ('ye4', 5, 'ye4'), ('zhx1', 8, None)]
    >>> [s.canonical for s in syllables("māma")]
    ['ma1', 'ma5']
    """
    folded, at = _fold(reading)
    return tuple(_pieces(reading, folded, at))


def normalize(reading: str) -> str | None:
    """The canonical form of a reading, or None where it is not certain (see the head of this module).

    >>> normalize("nü3 hái"), normalize("xi'an1"), normalize("")
    ('nv3 hai2', None, None)
    """
    found = _of_toned_words(reading) or [syllable.canonical for syllable in syllables(reading)]
    return " ".join(filter(None, found)) if found and all(found) else None


_TONED_WORDS = re.compile(r"\s*+(?:[^\s0-9]++(?:[0-9](?![0-9])|(?=\s|\Z))\s*+)++")
_TONED_WORD = re.compile(r"[^\s0-9]++[0-9]?")


def _of_toned_words(reading: str) -> list[str | None] | None:
    """The syllables of a reading in which each has its tone and an end that is plain: none changes another, so that
    those of many readings are quickly found. None for other readings.
    """
    if not _TONED_WORDS.fullmatch(reading):
        return None
    found = list(map(_toned_word, _TONED_WORD.findall(reading)))
    return found if all(found) else None


@lru_cache(1 << 13)
def _toned_word(word: str) -> str | None:
    found = syllables(word)
    canonical = found[0].canonical if len(found) == 1 else None
    if canonical and canonical.endswith(_NEUTRAL) and not word[-1].isdigit():
        return None  # it may be neutral because of what stands beside it
    return canonical


def _fold(reading: str) -> tuple[str, list[int]]:
    """The reading in lower case, decomposed and in plain width; for each character where it was, and the end."""
    folded: list[str] = []
    at: list[int] = []
    for index, character in enumerate(reading):
        plain = unicodedata.normalize("NFKD", character).lower().translate(_LETTERS)
        folded += plain
        at += [index] * len(plain)
    return "".join(folded), [*at, len(reading)]


def _pieces(reading: str, folded: str, at: list[int]) -> Iterator[Syllable]:
    marked = any(mark in folded for mark in _TONES) and not re.search("[0-9]", folded)
    first = True
    for piece in _PIECE.finditer(folded):
        dot, run, digits = piece[1], piece[2], piece[3]
        if not run:
            yield _syllable(reading, at[piece.start()], at[piece.end()], None)
            continue
        letters = _letters(run, piece.start(2))
        neutral = bool(dot) or (marked and not first)
        cut = _cut(letters) if marked and not _is_known(letters) else [letters]
        ends = [at[part[0].at] for part in cut[1:]] + [at[piece.end()]]
        for number, (part, end) in enumerate(zip(cut, ends, strict=True)):
            canonical = _canonical(part, digits, neutral=neutral or number > 0, dotted=bool(dot))
            yield _syllable(reading, at[part[0].at], end, canonical)
        first = False


def _syllable(reading: str, start: int, end: int, canonical: str | None) -> Syllable:
    # Half of one character cannot be parted from the other (㎏ is two letters): the end is at least one later.
    end = max(end, start + 1)
    return Syllable(reading[start:end], start, end, canonical)


def _letters(run: str, offset: int) -> list[_Letter]:
    found: list[_Letter] = []
    for index, character in enumerate(run):
        last = found[-1] if found else None
        if last and character in _TONES:
            found[-1] = _Letter(last.letter, last.tone + _TONES[character], last.at)
        elif last and (last.letter, character) in _DOTS:
            found[-1] = _Letter(_DOTS[last.letter, character], last.tone, last.at)
        else:
            found.append(_Letter(character, "", offset + index))
    return found


def _spelt(letters: list[_Letter]) -> str:
    return "".join(letter.letter for letter in letters)


def _is_known(letters: list[_Letter]) -> bool:
    return len(letters) <= _LONGEST and _spelt(letters) in _spellings()


def _canonical(letters: list[_Letter], digits: str, *, neutral: bool, dotted: bool) -> str | None:
    syllable = _spellings().get(_spelt(letters)) if len(letters) <= _LONGEST else None
    if syllable is None or _is_marked_wrong(letters):
        return None
    marks = "".join(letter.tone for letter in letters)
    tones = {_NEUTRAL if tone == "0" else tone for tone in (marks, digits) if tone}
    if not tones and neutral and (dotted or syllable in _particles()):
        tones = {_NEUTRAL}
    tone = tones.pop() if len(tones) == 1 else ""
    return syllable + tone if len(tone) == 1 and tone in "12345" and _is_toned(syllable, tone) else None


def _is_marked_wrong(letters: list[_Letter]) -> bool:
    """A tone mark over a consonant is right only where there is no vowel (ń)."""
    has_vowel = any(letter.letter in _VOWELS for letter in letters)
    return has_vowel and any(letter.tone and letter.letter not in _VOWELS for letter in letters)


def _cut(letters: list[_Letter]) -> list[list[_Letter]]:
    """The only cut into syllables with a mark each, the fewest without one; the whole where there is no such cut.

    Of every beginning: how many syllables without mark the best cut has, whether it is the only one, where its
    last syllable begins.
    """
    spelt = _spelt(letters)
    marks = [0, *accumulate(bool(letter.tone) for letter in letters)]
    best: list[tuple[int, bool, int] | None] = [(0, True, 0)]
    for end in range(1, len(letters) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST), end):
            before, marked = best[start], marks[end] - marks[start]
            if before and marked <= 1 and _may_be_part(spelt[start:end], marked=bool(marked), first=not start):
                ways.append((before[0] + (not marked), before[1], start))
        least = min((bare for bare, _, _ in ways), default=0)
        best_ways = [way for way in ways if way[0] == least]
        best.append((least, len(best_ways) == 1 and best_ways[0][1], best_ways[0][2]) if best_ways else None)
    return _parts(letters, best)


def _may_be_part(spelt: str, *, marked: bool, first: bool) -> bool:
    """Whether letters are a syllable of a joined word: one with a vowel, and with a mark or spoken without tone."""
    syllable = _spellings().get(spelt)
    if syllable is None or _VOWELS.isdisjoint(syllable):
        return False
    return marked or (not first and syllable in _particles())


def _parts(letters: list[_Letter], best: list[tuple[int, bool, int] | None]) -> list[list[_Letter]]:
    whole = best[-1]
    if whole is None or not whole[1]:
        return [letters]
    parts: list[list[_Letter]] = []
    end = len(letters)
    while end:
        found = best[end]
        assert found is not None  # every step of a way that exists
        parts.append(letters[found[2] : end])
        end = found[2]
    return parts[::-1]


# --- did you mean


def near(syllable: str) -> str | None:
    """What was probably meant by something that is no syllable: its canonical form, or the one syllable most like it.

    >>> near("lu:4"), near("hnag2"), near("zhogn1"), near("huar1"), near("zhx1"), near("hang2")
    ('lv4', 'hang2', 'zhong1', 'hua1 er5', None, None)

    None where several are as near, and for what is a syllable already.
    """
    if is_syllable(syllable):
        return None
    return normalize(syllable) or _respelt(syllable)


@lru_cache(1 << 12)
def _respelt(syllable: str) -> str | None:
    found = re.fullmatch(r"([^0-9]+)([0-5]?)", syllable.lower())
    if not found or len(found[1]) > 2 * _LONGEST:
        return None
    plain = _letters(unicodedata.normalize("NFKD", found[1]), 0)
    letters, marks = _spelt(plain), "".join(letter.tone for letter in plain)
    tone = _NEUTRAL if found[2] == "0" else found[2] or marks[:1]
    if letters.endswith("r") and letters[:-1] in toneless():
        return f"{letters[:-1]}{tone} er5" if tone else None
    meant = _nearest(letters)
    return meant + tone if meant else None


def _nearest(letters: str) -> str | None:
    """The one syllable a slip away; letters that swapped places are the likeliest slip."""
    if len(letters) <= 1 or letters in _spellings():
        return None
    slips = [known for known in toneless(rare=False) if distance(letters, known) == 1]
    swapped = [known for known in slips if sorted(known) == sorted(letters)]
    likely = swapped or slips
    return likely[0] if len(likely) == 1 else None
