"""Where the keys of a lexicon stand in a text: one pass, the longest key first.

>>> matcher = Matcher(["重庆", "重庆大学", "大学"])
>>> matcher.every("重庆大学")
[(0, 4), (0, 2), (2, 4)]
>>> leftmost(matcher.every("重庆大学"))
[(0, 4)]
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import add

__all__ = ["Matcher", "leftmost"]

_HEAD = 2
"""Keys are looked for by so many first characters (`every` counts on two): most places are done with one look."""


class Matcher:
    """Finds keys. The time is that of the text, whatever the number of keys."""

    __slots__ = ("_heads", "_keys", "_short")

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        heads: dict[str, int] = {}
        known = heads.get
        for key in self._keys:
            head = key[:_HEAD]
            heads[head] = known(head, 0) | 1 << len(key)
        self._heads = heads
        """The first characters of keys → the lengths of those, as bits."""
        self._short = frozenset(head for head in heads if len(head) < _HEAD)

    def every(self, text: str) -> list[tuple[int, int]]:
        """Start and end of every key, overlapping ones too: by starts, of those with one start the longest first."""
        keys, size, found = self._keys, len(text), list[tuple[int, int]]()
        # In C but for the places where a key may begin.
        for start, lengths in enumerate(map(self._heads.get, map(add, text, text[1:]))):
            if lengths:
                for length in _longest_first(lengths):
                    if text[start : start + length] in keys and start + length <= size:
                        found.append((start, start + length))
        if not self._short:
            return found
        singles = [(start, start + 1) for start, character in enumerate(text) if character in self._short]
        return sorted([*found, *singles], key=lambda place: (place[0], -place[1]))


@lru_cache(1 << 12)
def _longest_first(bits: int) -> list[int]:
    lengths = []
    while bits:
        lengths.append(bits.bit_length() - 1)
        bits ^= 1 << lengths[-1]
    return lengths


def leftmost(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the places, ordered as `Matcher.every` has them, that one pass from left to right takes."""
    taken, at = [], 0
    for start, end in places:
        if start >= at:
            taken.append((start, end))
            at = end
    return taken
