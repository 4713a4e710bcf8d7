"""Counted characters: what the service bills and what its limits mean (TXT-03 to TXT-05).

A Han ideograph counts 2, every other character 1; in SSML only character data counts, tags count 0.

    >>> count("你好"), count("中A文123"), count("中文。"), count("中 文。"), count("<speak>你好</speak>")
    (4, 8, 5, 6, 4)

What is a Han ideograph is decided here by Unicode: the Unified Ideographs with all their extensions, the
Compatibility Ideographs and 〇. For the marks that stand for an ideograph or a number (々 〆 〻 and the Hangzhou
numerals) the service says nothing: they count 2, so that a limit is never passed unawares (docs/assumptions.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from ttsprep.late import late_pattern
from ttsprep.markup import character_data, data_spans, is_ssml

__all__ = ["HAN", "count", "count_plain", "counts", "counts_spoken", "fitting"]

# Whole blocks: what is unassigned inside them can only become ideographs.
HAN = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b"  # 々 〆 〇 〡-〩 〸-〺 〻
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Extension A, Unified Ideographs, Compatibility Ideographs
    "\U00020000-\U0003ffff"  # the two ideographic planes
)
"""The inside of a character class (for `re`): every character that counts 2."""

# The fast route reads the text as UTF-16, a block at a time. Most high bytes decide alone; in three rows the low
# byte decides, so every byte is replaced by its class and the pairs of classes are counted as characters. A
# character above U+FFFF counts at its first unit: planes 2 and 3 begin with D840 to D8BF.
_BLOCK = 16_384  # the work stays in the processor's cache
_HAN_ROWS = bytes([*range(0x34, 0xA0), 0xF9, 0xFA])
_SMALL_RUNS, _30, _D8, _40_TO_BF, _OTHER, _4D, _C0_TO_FF = range(1, 8)
_CLASS_OF = {
    _SMALL_RUNS: {*range(0x05, 0x08), *range(0x21, 0x2A), *range(0x38, 0x3C)},
    _30: {0x30},
    _D8: {0xD8},
    _40_TO_BF: {*range(0x40, 0xC0)},
}
# Row 4D ends with the hexagrams, which are no ideographs. It is rare, and so has a table of its own.
_CLASS_OF_WITH_4D = {
    **_CLASS_OF,
    _40_TO_BF: _CLASS_OF[_40_TO_BF] - {0x4D},
    _4D: {0x4D},
    _C0_TO_FF: {*range(0xC0, 0x100)} - {0xD8},
}


def _translation(class_of: Mapping[int, set[int]]) -> bytes:
    return bytes(next((name for name, members in class_of.items() if byte in members), _OTHER) for byte in range(256))


_Row: TypeAlias = tuple[int, int, list[str]]


def _row(row: int, high: int, worth: int, *lows: int) -> _Row:
    """High byte, what a pair adds, the pairs as they stand in the translated text."""
    return row, worth, [chr(low | high << 8) for low in lows]


_CLASSES = _translation(_CLASS_OF)
_ROWS = (_row(0x30, _30, 1, _SMALL_RUNS), _row(0xD8, _D8, 1, _40_TO_BF))
_CLASSES_WITH_4D = _translation(_CLASS_OF_WITH_4D)
_ROWS_WITH_4D = (
    _row(0x30, _30, 1, _SMALL_RUNS),
    _row(0xD8, _D8, 1, _40_TO_BF, _4D),
    _row(0x4D, _4D, -1, _C0_TO_FF, _D8),
)
_HAN_RUN = late_pattern(f"[{HAN}]+")

# The same, one flag for each character: a bit per group of rows, set where both the high and the low byte agree.
_GROUPS = (
    ({*_HAN_ROWS} - {0x4D}, range(256)),
    ({0x30}, _CLASS_OF[_SMALL_RUNS]),
    ({0x4D}, range(0xC0)),
)
_ROW_BITS, _LOW_BITS = (
    bytes(sum(1 << bit for bit, group in enumerate(_GROUPS) if byte in group[side]) for byte in range(256))
    for side in (0, 1)
)
_IS_ASTRAL = bytes([0, *[255] * 255])
_IS_HAN_PLANE = bytes(byte in (2, 3) for byte in range(256))
_ANY_BIT = bytes([0, *[1] * 255])


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
    return sum([_han_in_block(text[start : start + _BLOCK]) for start in range(0, len(text), _BLOCK)])


def _han_in_block(text: str) -> int:
    try:
        units = text.encode("utf-16-le")
    except UnicodeEncodeError:  # a lone surrogate: such text cannot be sent, so its speed is no matter
        return sum(map(len, _HAN_RUN.findall(text)))
    high = units[1::2]
    found = len(high) - len(high.translate(None, _HAN_ROWS))
    classes_of, rows = (_CLASSES_WITH_4D, _ROWS_WITH_4D) if 0x4D in high else (_CLASSES, _ROWS)
    shared = [entry for entry in rows if entry[0] in high]
    if shared:
        classes = units.translate(classes_of).decode("utf-16-le")
        found += sum([worth * classes.count(pair) for _, worth, pairs in shared for pair in pairs])
    return found


def counts(text: str, cuts: Sequence[int]) -> list[int]:
    """The counted characters between each two neighbouring `cuts`, which ascend; every character as it stands.

    One pass for all, many times as fast as counting slice by slice.

    >>> counts("你好, world", [0, 2, 4, 9])
    [4, 2, 5]
    """
    if text.isascii():
        return [end - start for start, end in pairwise(cuts)]
    han = _han_flags(text).count
    return [end - start + han(b"\1", start, end) for start, end in pairwise(cuts)]


def counts_spoken(text: str, cuts: Sequence[int]) -> list[int]:
    """As `counts`, but for SSML without its tags: the sum is what `count` says of the whole text.

    >>> counts_spoken("<speak>你好。<break/>Bye</speak>", [0, 10, 29])
    [5, 3]
    """
    if not is_ssml(text):
        return counts(text, cuts)
    spans = list(data_spans(text))
    return counts("".join(text[start:end] for start, end in spans), _places_in(spans, cuts))


def _places_in(spans: Sequence[tuple[int, int]], cuts: Sequence[int]) -> list[int]:
    """Where the ascending `cuts` fall in the text that the spans make when joined."""
    places, before, rest = [], 0, iter([*spans, (cuts[-1], cuts[-1])])
    start, end = next(rest)
    for cut in cuts:
        while end < cut and (following := next(rest, None)):
            before += end - start
            start, end = following
        places.append(before + min(max(cut - start, 0), end - start))
    return places


def _han_flags(text: str) -> bytes:
    """A byte for each character: 1 for Han, 0 for others. One wide AND instead of a loop."""
    units = text.encode("utf-32-le", "surrogatepass")
    planes = units[2::4]
    flags = _wide(units[1::4].translate(_ROW_BITS)) & _wide(units[::4].translate(_LOW_BITS))
    if any(map(planes.__contains__, range(1, 17))):
        flags &= ~_wide(planes.translate(_IS_ASTRAL))
        flags |= _wide(planes.translate(_IS_HAN_PLANE))
    return flags.to_bytes(len(planes), "little").translate(_ANY_BIT)


def _wide(some: bytes) -> int:
    return int.from_bytes(some, "little")


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
