"""What a value is that does not say it: pinyin, phones, or text that is spoken instead.

>>> guessed("重庆", "chong2 qnig4"), guessed("今天", "金天"), guessed("苹果", "Apple"), guessed("SQL", "sequel")
(<Kind.PRONUNCIATION: 'pronunciation'>, <Kind.REPLACE: 'replace'>, <Kind.REPLACE: 'replace'>, <Kind.REPLACE: 'replace'>)
"""

from __future__ import annotations

import re
import unicodedata

from ttsprep.counting import HAN
from ttsprep.lexicon.entries import Kind
from ttsprep.pinyin import toneless

__all__ = ["guessed", "reading_kind", "unslashed"]

_HAN = re.compile(f"[{HAN}]")
_SLASHED = re.compile(r"/([^/]*)/")
_CAPITALS = re.compile(r"[A-Z]{1,2}[0-2]?(?: [A-Z]{1,2}[0-2]?)*+")
_TONED_WORD = re.compile(r"[a-zê](?:[a-zê:'’ -])*+[0-9]", re.IGNORECASE)
_MARKS = frozenset("\u0304\u0301\u030c\u0306\u0300")
_LATIN = re.compile(r"[a-zê:0-9'’·, -]++", re.IGNORECASE)
_PARTS = re.compile(r"[\s'’,·-]+")
_LONGEST = 200


def unslashed(value: str) -> str:
    """Phones without the slashes around them."""
    found = _SLASHED.fullmatch(value.strip())
    return found[1].strip() if found else value


def reading_kind(key: str, value: str) -> Kind:
    """Whether a reading is pinyin or phones."""
    if _SLASHED.fullmatch(value) or (not _HAN.search(key) and _are_phones(value)):
        return Kind.PHONES
    return Kind.PRONUNCIATION


def guessed(key: str, value: str) -> Kind:
    """The kind of a value that may be text, too.

    It is pinyin where the key has Chinese characters and the value is made of Latin letters with tones, or of
    syllables that lack them; also where it is misspelt. It is phones between slashes, or where the key has no Chinese
    character and every word of the value is a phone.
    """
    if _HAN.search(key):
        return Kind.PRONUNCIATION if _is_like_pinyin(value) else Kind.REPLACE
    return reading_kind(key, value) if _SLASHED.fullmatch(value) or _are_phones(value) else Kind.REPLACE


def _are_phones(value: str) -> bool:
    if not _CAPITALS.fullmatch(value):
        return False
    from ttsprep.ssml.phones import is_phone

    return all(map(is_phone, value.split(" ")))


def _is_like_pinyin(value: str) -> bool:
    if not value or len(value) > _LONGEST:
        return False
    folded = unicodedata.normalize("NFKD", value)
    marked = not _MARKS.isdisjoint(folded)
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    if not _LATIN.fullmatch(letters):
        return False
    return marked or bool(_TONED_WORD.match(letters)) or set(_PARTS.split(letters.lower())) <= toneless()
