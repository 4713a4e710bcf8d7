"""Where the keys of a lexicon stand in a text: one pass, the longest key first.

>>> matcher = Matcher(["重庆", "重庆大学", "大学"])
>>> matcher.every("重庆大学")
[(0, 4), (0, 2), (2, 4)]
>>> leftmost(matcher.every("重庆大学"))
[(0, 4)]
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Matcher", "leftmost"]

_HEAD = 2
"""Keys are looked for by so many first characters: most places of a text are done with one look."""


class Matcher:
    """Finds keys. The time is that of the text, whatever the number of keys."""

    __slots__ = ("_keys", "_lengths", "_short")

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        lengths: dict[str, set[int]] = {}
        for key in self._keys:
            lengths.setdefault(key[:_HEAD], set()).add(len(key))
        self._short = frozenset(key for key in self._keys if len(key) < _HEAD)
        self._lengths = {
            head: tuple(sorted(found, reverse=True)) for head, found in lengths.items() if len(head) == _HEAD
        }

    def every(self, text: str) -> list[tuple[int, int]]:
        """Start and end of every key, overlapping ones too: by starts, of those with one start the longest first."""
        keys, lengths, short = self._keys, self._lengths, self._short
        found: list[tuple[int, int]] = []
        for start, character in enumerate(text):
            if at_head := lengths.get(text[start : start + _HEAD]):
                ends = [start + length for length in at_head if text[start : start + length] in keys]
                found += [(start, end) for end in ends if end <= len(text)]
            if character in short:
                found.append((start, start + 1))
        return found


def leftmost(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the places, ordered as `Matcher.every` has them, that one pass from left to right takes."""
    taken, at = [], 0
    for start, end in places:
        if start >= at:
            taken.append((start, end))
            at = end
    return taken
