"""Counted characters: what the service bills and what its limits mean (TXT-03 to TXT-05).

A Han ideograph counts 2, every other character 1; in SSML only character data counts, tags count 0.

    >>> count("你好"), count("中A文123"), count("中文。"), count("中 文。"), count("<speak>你好</speak>")
    (4, 8, 5, 6, 4)

What is a Han ideograph is decided here by Unicode: the Unified Ideographs with all their extensions, the
Compatibility Ideographs and 〇. For the marks that stand for an ideograph or a number (々 〆 〻 and the Hangzhou
numerals) the service says nothing: they count 2, so that a limit is never passed unawares (docs/assumptions.md).
"""

from __future__ import annotations

import re

from ttsprep.markup import character_data, is_ssml

__all__ = ["HAN", "count", "count_plain", "fitting"]

# Whole blocks: what is unassigned inside them can only become ideographs.
HAN = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b"  # 々 〆 〇 〡-〩 〸-〺 〻
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Extension A, Unified Ideographs, Compatibility Ideographs
    "\U00020000-\U0003ffff"  # the two ideographic planes
)
"""The inside of a character class (for `re`): every character that counts 2."""

# The table of the fast route: a text in UTF-16, its high bytes alone, tells nearly everything. Whatever does not
# fill a row of 256 is counted on its own.
_HAN_HIGH_BYTES = bytes([*range(0x34, 0xA0), 0xF9, 0xFA])
_SMALL_RUN_HIGH_BYTE = 0x30
_SMALL_RUN_LOW_BYTES = bytes([*range(0x05, 0x08), *range(0x21, 0x2A), *range(0x38, 0x3C)])
_HEXAGRAM_HIGH_BYTE = b"\x4d"
_HEXAGRAMS = re.compile("[\u4dc0-\u4dff]")
_ASTRAL_HIGH_BYTE = b"\xd8"
_IDEOGRAPHIC_PLANES = (b"\x02", b"\x03")


def _flags(of: bytes) -> bytes:
    """A translation table: 1 for these bytes, 0 for all others."""
    return bytes(byte in of for byte in range(256))


_IN_SMALL_RUN_ROW = _flags(bytes([_SMALL_RUN_HIGH_BYTE]))
_IN_SMALL_RUN = _flags(_SMALL_RUN_LOW_BYTES)


def count(text: str) -> int:
    """The counted characters of a text; SSML (first element ``<speak>``) without its tags.

    Character references in SSML count as they are written (``&lt;`` 4), the upper bound of what the service
    may do. Outside SSML ``<`` and ``>`` are ordinary characters.
    """
    return count_plain(character_data(text) if is_ssml(text) else text)


def count_plain(text: str) -> int:
    """The counted characters of a text in which every character is spoken or billed as it stands.

    >>> count_plain("<speak>"), count_plain("〇一 𠀀")
    (7, 7)
    """
    return len(text) if text.isascii() else len(text) + _han(text)


def _han(text: str) -> int:
    units = text.encode("utf-16-be", "surrogatepass")
    high = units[::2]
    found = len(high) - len(high.translate(None, _HAN_HIGH_BYTES))
    if _HEXAGRAM_HIGH_BYTE in high:
        found -= len(_HEXAGRAMS.findall(text))
    if _SMALL_RUN_HIGH_BYTE in high:
        found += _both(high.translate(_IN_SMALL_RUN_ROW), units[1::2].translate(_IN_SMALL_RUN))
    if _ASTRAL_HIGH_BYTE in high:
        planes = text.encode("utf-32-be", "surrogatepass")[1::4]
        found += sum(map(planes.count, _IDEOGRAPHIC_PLANES))
    return found


def _both(some: bytes, others: bytes) -> int:
    """At how many places both hold a 1: one wide AND instead of a loop."""
    return (int.from_bytes(some, "little") & int.from_bytes(others, "little")).bit_count()


def fitting(text: str, limit: int, start: int = 0) -> int:
    """The end of the longest ``text[start:end]`` that counts at most `limit`, every character as it stands.

    >>> fitting("你好 world", 5)
    3
    """
    low, high = start + limit // 2, start + limit
    if high <= start:
        return start
    high = min(high, len(text))
    low = min(low, high)
    left = limit - count_plain(text[start:low])
    while low < high:
        middle = (low + high + 1) // 2
        cost = count_plain(text[low:middle])
        if cost <= left:
            low, left = middle, left - cost
        else:
            high = middle - 1
    return low
