"""Where the keys of a lexicon stand in a text: one pass, the longest key first.

>>> matcher = Matcher(["重庆", "重庆大学", "大学"])
>>> matcher.every("重庆大学")
[(0, 4), (0, 2), (2, 4)]
>>> leftmost(matcher.every("重庆大学"))
[(0, 4)]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import add

__all__ = ["Matcher", "leftmost"]

_HEAD = 2
"""Keys are looked for by so many first characters (`every` counts on two): most places are done with one look."""


class Matcher:
    """Finds keys. The time is that of the text, whatever the number of keys."""

    __slots__ = ("_keys", "_lengths", "_short")

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in self._keys:
            lengths[key[:_HEAD]].add(len(key))
        self._short = frozenset(key for key in self._keys if len(key) < _HEAD)
        self._lengths = dict(lengths)

    def every(self, text: str) -> list[tuple[int, int]]:
        """Start and end of every key, overlapping ones too: by starts, of those with one start the longest first."""
        keys, found = self._keys, list[tuple[int, int]]()
        # In C but for the places where a key may begin.
        for start, lengths in enumerate(map(self._lengths.get, map(add, text, text[1:]))):
            if lengths:
                ends = [start + length for length in lengths if text[start : start + length] in keys]
                found += [(start, end) for end in sorted(ends, reverse=True) if end <= len(text)]
        if not self._short:
            return found
        singles = [(start, start + 1) for start, character in enumerate(text) if character in self._short]
        return sorted([*found, *singles], key=lambda place: (place[0], -place[1]))


def leftmost(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the places, ordered as `Matcher.every` has them, that one pass from left to right takes."""
    taken, at = [], 0
    for start, end in places:
        if start >= at:
            taken.append((start, end))
            at = end
    return taken
