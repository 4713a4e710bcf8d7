"""How Chinese characters are read: the table of heteronyms, and the dictionary of phrases of pypinyin (extra `pinyin`).

>>> heteronyms()["行"], is_dominant("的"), is_dominant("行")
(('xing2', 'hang2', 'heng2'), True, False)
>>> [(word.text, word.syllables, word.in_dictionary) for word in words("我去银行")]
[('我', ('wo3',), False), ('去', ('qu4',), False), ('银行', ('yin2', 'hang2'), True)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from ttsprep.catalog import tables
from ttsprep.counting import HAN
from ttsprep.pinyin import normalize

__all__ = ["Word", "heteronyms", "is_dominant", "needs", "phrases", "simplified", "syllables", "words"]

_RUN = re.compile(f"[{HAN}]+")
_EXTRA = 'readings of words need pypinyin: pip install "ttsprep[pinyin]"'


class Word(NamedTuple):
    """A phrase of the dictionary, or one character, where it begins, and how it is read. Syllables that are not known
    are "".
    """

    text: str
    start: int
    syllables: tuple[str, ...]
    in_dictionary: bool


@cache
def heteronyms() -> Mapping[str, tuple[str, ...]]:
    """Character → its readings, the most frequent first, for those standard and traditional ones that have several."""
    readings: Mapping[str, str] = tables("heteronyms")["readings"]
    return MappingProxyType({character: tuple(found.split()) for character, found in readings.items()})


@cache
def _dominant() -> frozenset[str]:
    return frozenset(tables("heteronyms")["dominant"]["characters"]) - {"\n"}


def is_dominant(character: str) -> bool:
    """Whether the first of a character's readings is the one in nearly all texts."""
    return character in _dominant()


def needs() -> str:
    """What to install before readings of words are known; "" where it is there."""
    return "" if _pypinyin() else _EXTRA


@cache
def _pypinyin() -> tuple[Mapping[str, Any], Mapping[int, str]] | None:
    """Phrase → its readings, and code point → its readings, by pypinyin."""
    try:
        from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
    except ImportError:
        return None
    return PHRASES_DICT, PINYIN_DICT


def phrases() -> Mapping[str, Any]:
    """The phrases of the dictionary as keys. Raises ModuleNotFoundError without pypinyin, with what to install."""
    return _tables()[0]


def _tables() -> tuple[Mapping[str, Any], Mapping[int, str]]:
    found = _pypinyin()
    if found is None:
        raise ModuleNotFoundError(_EXTRA, name="pypinyin")
    return found


@cache
def _traditional() -> Mapping[int, str]:
    table = tables("heteronyms")["traditional"]
    pairs = zip(*(table[name].replace("\n", "") for name in ("characters", "standard")), strict=True)
    return {ord(character): standard for character, standard in pairs}


@lru_cache(4)
def simplified(text: str) -> str:
    """The text with the standard characters for the traditional ones, as the phrases are written; of equal length.

    >>> simplified("銀行行長著名")
    '银行行长著名'
    """
    return text.translate(_traditional())


def words(text: str) -> Iterator[Word]:
    """The words of all Chinese in a text, as pypinyin cuts it, also where it is written in traditional characters.

    Raises ModuleNotFoundError without pypinyin.
    """
    dictionary, plain = phrases(), simplified(text)
    from pypinyin.seg.mmseg import seg

    for run in _RUN.finditer(text):
        at = run.start()
        for word in seg.cut(plain[at : run.end()]):
            known, written = len(word) > 1 and word in dictionary, text[at : at + len(word)]
            yield Word(written, at, _phrase(word) if known else tuple(map(_character, written)), known)
            at += len(word)


def syllables(text: str) -> dict[int, str]:
    """The likely syllable at each place of a text that has one. Raises ModuleNotFoundError without pypinyin."""
    return {word.start + at: syllable for word in words(text) for at, syllable in enumerate(word.syllables) if syllable}


@cache
def _phrase(word: str) -> tuple[str, ...]:
    return tuple(_toned(choice[0]) for choice in _tables()[0][word])


@cache
def _character(character: str) -> str:
    return _toned(_tables()[1].get(ord(character), "").split(",")[0])


def _toned(marked: str) -> str:
    """With a digit for the tone; a syllable without mark is neutral."""
    return normalize(marked) or normalize(marked + "5") or ""
