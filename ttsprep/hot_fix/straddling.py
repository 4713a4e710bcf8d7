"""Keys that stand in a text by chance: the end of one word and the beginning of the next.

>>> straddled("双重庆祝", 1, 3)
Straddled(words='双重 庆', certain=False)
>>> straddled("首都市长", 1, 3).certain, straddled("去重庆大学", 1, 3)
(True, None)

The dictionary is that of pypinyin, which has the words whose reading is not plain from their characters. So as many
words on both sides are a doubt, fewer on the side without the key are certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ttsprep.hot_fix.readings import phrases, simplified

__all__ = ["Straddled", "straddled"]

_AROUND = 8
"""Characters on either side that are looked at."""


class Straddled(NamedTuple):
    """The words that a key is made of parts of; `certain` where the text is fewer words that way."""

    words: str
    certain: bool


def straddled(text: str, start: int, end: int) -> Straddled | None:
    """What ``text[start:end]`` cuts through, if it does. Raises ModuleNotFoundError without pypinyin."""
    written, text = text, simplified(text)
    crossing = list(_crossing(text, start, end))
    if not crossing:
        return None
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = {at: _words(text[low:at]) for at in range(low, end + _AROUND)}
    after = {at: _words(text[at:high]) for at in range(start - _AROUND, high + 1) if at >= 0}
    one = min(crossing, key=lambda word: before[word[0]] + after[word[1]])
    with_it, with_key = before[one[0]] + 1 + after[one[1]], _with_key(before, after, text, start, end)
    if with_it > with_key:
        return None
    beside = next((word for word in crossing if word[0] == one[1] or word[1] == one[0]), one)
    first, last = min(one, beside), max(one, beside)
    edges = sorted({min(start, first[0]), *first, *last, max(end, last[1])})
    return Straddled(" ".join(written[a:b] for a, b in pairwise(edges)), with_it < with_key)


def _with_key(before: dict[int, int], after: dict[int, int], text: str, start: int, end: int) -> int:
    """How many words there are if the key is one, or stands inside one."""
    begins, stops = range(max(0, start - _AROUND), start + 1), range(end, min(len(text), end + _AROUND) + 1)
    around = [(begin, stop) for begin in begins for stop in stops if text[begin:stop] in phrases()]
    return min(before[begin] + 1 + after[stop] for begin, stop in [(start, end), *around])


def _crossing(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Words of the dictionary that share a part with the stretch, and neither hold it nor stand in it."""
    known = phrases()
    for inside in range(start + 1, end):
        for before in range(start - 1, max(-1, start - _AROUND), -1):
            if text[before:inside] in known:
                yield before, inside
        for after in range(end + 1, min(len(text), end + _AROUND) + 1):
            if text[inside:after] in known:
                yield inside, after


@lru_cache(4096)
def _words(text: str) -> int:
    """The fewest words that a short text is made of."""
    least = [0] * (len(text) + 1)
    for at in range(len(text) - 1, -1, -1):
        stops = [at + 1, *(stop for stop in range(at + 2, len(text) + 1) if text[at:stop] in phrases())]
        least[at] = 1 + min(least[stop] for stop in stops)
    return least[0]
