"""What two sequences have in common, in time that is about linear in their lengths.

>>> aligned("the quick fox".split(), "the slow quick fox".split())
[(0, 0, 1), (1, 2, 2)]

Stretches that occur once in either sequence are anchors; between anchors, where little is left, `difflib` looks at
every item. Where much is left that has no anchor, it has nothing in common.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

__all__ = ["aligned"]

Block = tuple[int, int, int]
"""Where a common stretch begins in either sequence, and its length."""

_STRETCH = 8
"""So many items in a row make an anchor, if they occur once."""
_CLOSE_LOOK = 40_000
"""So many pairs of items are looked at one by one between two anchors."""
_LOOKS = 4_000_000
"""So many pairs of items are looked at in all."""


def aligned(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The common stretches in order, none touching the next in both sequences."""
    blocks: list[Block] = []
    for i, j, size in _Alignment(a, b).blocks(0, len(a), 0, len(b)):
        if blocks and blocks[-1][0] + blocks[-1][2] == i and blocks[-1][1] + blocks[-1][2] == j:
            blocks[-1] = (blocks[-1][0], blocks[-1][1], blocks[-1][2] + size)
        elif size:
            blocks.append((i, j, size))
    return blocks


class _Alignment:
    def __init__(self, a: Sequence[str], b: Sequence[str]) -> None:
        self._a, self._b = a, b
        self._looks = _LOOKS

    def blocks(self, i: int, i_end: int, j: int, j_end: int) -> Iterator[Block]:
        """The common stretches of two parts."""
        head = self._head(i, i_end, j, j_end)
        yield i, j, head
        i, j = i + head, j + head
        tail = self._tail(i, i_end, j, j_end)
        i_end, j_end = i_end - tail, j_end - tail
        for begin, start in self._anchors(i, i_end, j, j_end):
            if begin >= i and start >= j:
                before = self._tail(i, begin, j, start)
                yield from self._closely(i, begin - before, j, start - before)
                size = before + self._head(begin, i_end, start, j_end)
                yield begin - before, start - before, size
                i, j = begin - before + size, start - before + size
        yield from self._closely(i, i_end, j, j_end)
        yield i_end, j_end, tail

    def _head(self, i: int, i_end: int, j: int, j_end: int) -> int:
        size, most = 0, min(i_end - i, j_end - j)
        while size < most and self._a[i + size] == self._b[j + size]:
            size += 1
        return size

    def _tail(self, i: int, i_end: int, j: int, j_end: int) -> int:
        size, most = 0, min(i_end - i, j_end - j)
        while size < most and self._a[i_end - 1 - size] == self._b[j_end - 1 - size]:
            size += 1
        return size

    def _anchors(self, i: int, i_end: int, j: int, j_end: int) -> list[tuple[int, int]]:
        """Where stretches stand that occur once in either part: the longest row that ascends in both."""
        if (i_end - i) * (j_end - j) <= _CLOSE_LOOK:
            return []
        ours, theirs = _once(self._a, i, i_end), _once(self._b, j, j_end)
        return _ascending([(at, theirs[key]) for key, at in ours.items() if key in theirs])

    def _closely(self, i: int, i_end: int, j: int, j_end: int) -> Iterator[Block]:
        work = (i_end - i) * (j_end - j)
        if not work or work > min(25 * _CLOSE_LOOK, self._looks):
            return
        self._looks -= work
        matcher = SequenceMatcher(None, self._a[i:i_end], self._b[j:j_end], autojunk=False)
        for begin, start, size in matcher.get_matching_blocks():
            yield i + begin, j + start, size


def _once(items: Sequence[str], begin: int, end: int) -> dict[tuple[str, ...], int]:
    """The stretches that occur once, with their places in ascending order."""
    stretches = list(zip(*(items[begin + step : end] for step in range(_STRETCH)), strict=False))
    times = Counter(stretches)
    return {stretch: begin + at for at, stretch in enumerate(stretches) if times[stretch] == 1}


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs, which ascend in their first items, that ascends in the second ones too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [place]
        last[at : at + 1] = [index]
    row: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        row.append(pairs[index])
        index = before[index]
    return row[::-1]
