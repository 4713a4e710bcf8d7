"""Keys that match some occurrences of a word only: the word with as many of its neighbours as that takes.

>>> widen("行人去银行，行人回家。", "行", [4])
{'银行': (1,)}

Some places may need another key than others, and places that are too near to each other share one:

>>> widen("不行和可行，行人不行", "行", [1, 4, 9])
{'不行': (1,), '可行': (1,)}
>>> widen("行不行，行人不多", "行", [0, 2])
{'行不行': (0, 2)}

A key is never longer than its limits: without a neighbour inside them nothing can be told apart.

>>> widen("行。行。", "行", [0], limits=[(0, 1), (2, 3)]) is None
True
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from ttsprep.lexicon.matching import Matcher, leftmost

__all__ = ["LONGEST", "occurrences", "widen"]

LONGEST = 24
"""Characters that are added to a key at most."""
_ROUNDS = 8
_REPAIRS, _LOOKS = 32, 10_000
"""How many places are looked at one by one, and how many occurrences of the word are looked at in doing so."""
_LEAST = (0, 1, 2, 3, 4, 6, 8, 12, LONGEST)
"""By how many characters keys grow at least: one attempt after the other, as long as keys are in each other's way."""

_FEW = 16

_Pattern = tuple[int, ...]
"""Where in a key the word stands that is to change."""


def widen(
    text: str,
    key: str,
    wanted: Collection[int],
    *,
    limits: Sequence[tuple[int, int]] | None = None,
    whole: Sequence[tuple[int, int]] = (),
    context: tuple[int, int] = (0, 0),
) -> dict[str, _Pattern] | None:
    """Keys that change the occurrences of `key` which begin at `wanted`, and no other: each with the offsets in it at
    which the word is to change. Used as `ttsprep.hot_fix.apply` does, they reach exactly those. None if no keys can.

    `limits`, ascending, are the stretches of the text out of which no key may reach; by default the whole text. At most
    `LONGEST` characters are added. `whole`, ascending too, are stretches that a key holds as a whole or not at all.
    `context` says how many characters before and behind the word belong to it by its
    meaning: of keys that are as short, that inside the context is taken, then that with most places.

    Raises ValueError for places where the key does not stand, or that overlap.
    """
    places = _Places(text, key, sorted(wanted), limits if limits is not None else [(0, len(text))], whole, context)
    for least in _LEAST:
        keys = places.windows(least)
        if keys is None:
            return None
        if found := _settled(places, keys):
            return found
    return _repaired(places)


def _repaired(places: _Places) -> dict[str, _Pattern] | None:
    """The shortest keys, with another one for each place that these miss because a key before it is in the way: one
    that begins behind that, or a longer one in its stead.
    """
    keys = places.windows() or {}
    for _ in range(min(_REPAIRS, _LOOKS // len(places.all))):
        taken = leftmost(_every(places.text, keys))
        missed = set(places.wanted) - places.reached(keys, taken)
        if not missed:
            return _used(places.text, keys, taken)
        place = min(missed)
        start, free = max((stretch for stretch in taken if stretch[0] <= place), default=(place, 0))
        more = places.behind(free, place)
        if not more.keys() - keys.keys():
            more = places.longer(start, place)
        if not more.keys() - keys.keys():
            return None
        keys = {**keys, **more}
    return None


def _used(text: str, keys: Mapping[str, _Pattern], taken: Iterable[tuple[int, int]]) -> dict[str, _Pattern]:
    used = {text[start:end] for start, end in taken}
    return {known: pattern for known, pattern in keys.items() if known in used}


def _settled(places: _Places, keys: dict[str, _Pattern]) -> dict[str, _Pattern] | None:
    """Those of the keys that are used, together with what keys that get into each other's way were joined to."""
    text = places.text
    for _ in range(_ROUNDS):
        taken = leftmost(_every(text, keys))
        if places.reached(keys, taken) == set(places.wanted):
            return _used(text, keys, taken)
        more = places.joined(keys)
        if more is None:
            return None
        keys = more
    return None


def occurrences(text: str, key: str) -> Iterator[int]:
    """Where a key begins in a text; occurrences may overlap."""
    at = text.find(key)
    while at >= 0:
        yield at
        at = text.find(key, at + 1)


def _every(text: str, keys: Collection[str]) -> list[tuple[int, int]]:
    """As `Matcher.every`, which is the slower one for a few keys."""
    if len(keys) > _FEW:
        return Matcher(keys).every(text)
    found = ((at, at + len(key)) for key in keys for at in occurrences(text, key))
    return sorted(found, key=lambda place: (place[0], -place[1]))


class _Places:
    """The occurrences of a key in a text, and which of them are wanted."""

    def __init__(
        self,
        text: str,
        key: str,
        wanted: list[int],
        limits: Sequence[tuple[int, int]],
        whole: Sequence[tuple[int, int]],
        context: tuple[int, int],
    ) -> None:
        self.text, self.key, self.wanted, self._limits, self._context = text, key, wanted, limits, context
        self.all = list(occurrences(text, key))
        self._starts = [start for start, _ in limits]
        self._whole = dict(whole)
        self._whole_starts = [start for start, _ in whole]
        overlap = any(after - before < len(key) for before, after in pairwise(wanted))
        if overlap or not set(wanted) <= set(self.all):
            raise ValueError(f"{key!r} does not stand at each of {wanted}, or they overlap")

    def windows(self, least: int = 0) -> dict[str, _Pattern] | None:
        """A key for each wanted place by itself, as short as possible, but with `least` characters more than the word
        where there are so many.
        """
        keys: dict[str, _Pattern] = {}
        left = self.wanted
        for added in (*range(least, LONGEST + 1), *range(least - 1, -1, -1)):
            roomy = [place for place in left if self._room(place) >= added]
            if not least and len(roomy) < len(left):
                return None  # no shorter key would do for the others
            chosen = self._of_size(added, roomy)
            keys.update(chosen.values())
            left = [place for place in left if place not in chosen]
            if not left:
                return keys
        return None

    def _of_size(self, added: int, left: list[int]) -> dict[int, tuple[str, _Pattern]]:
        """Place → the key that has so many more characters, with its pattern; for the places that have one."""
        found: dict[int, list[tuple[str, _Pattern]]] = {}
        worth: Counter[str] = Counter()
        for before in range(added, -1, -1):
            inside = before <= self._context[0] and added - before <= self._context[1]
            needed = {place: self._window(place, before, added - before) for place in left}
            fitting = self._consistent(set(filter(None, needed.values())), before)
            for place, window in needed.items():
                if window in fitting:
                    found.setdefault(place, []).append((window, fitting[window]))
                    worth[window] += 1 + inside * len(self.all)
        return {place: max(choice, key=lambda pair: worth[pair[0]]) for place, choice in found.items()}

    def behind(self, start: int, place: int) -> dict[str, _Pattern]:
        """The shortest key for a place that does not begin before `start`; none if there is none."""
        for added in range(LONGEST + 1):
            for before in range(min(added, place - start) + 1):
                window = self._window(place, before, added - before)
                if window and (found := self._consistent({window}, before)):
                    return found
        return {}

    def longer(self, start: int, place: int) -> dict[str, _Pattern]:
        """The shortest key from `start` on that holds a place behind that; none if there is none."""
        for end in range(place + len(self.key), min(len(self.text), start + 2 * LONGEST) + 1):
            window, pattern = self.text[start:end], self._pattern(start, end)
            if self._may_be_joined(start, end, window, pattern):
                return {window: pattern}
        return {}

    def _room(self, place: int) -> int:
        """How many characters may be added at a place."""
        index = bisect_right(self._starts, place) - 1
        low, high = self._limits[index] if index >= 0 else (0, 0)
        return high - low - len(self.key)

    def _cuts(self, at: int) -> bool:
        """Whether an edge lies inside of what is to stay whole."""
        index = bisect_left(self._whole_starts, at) - 1
        return index >= 0 and self._whole[self._whole_starts[index]] > at

    def _window(self, place: int, before: int, after: int) -> str:
        """The key with its neighbours, "" where they reach out of the limits or are cut."""
        index = bisect_right(self._starts, place) - 1
        start, end = place - before, place + len(self.key) + after
        if index < 0 or start < self._limits[index][0] or end > self._limits[index][1]:
            return ""
        if self._cuts(start) or self._cuts(end):
            return ""
        return self.text[start:end]

    def _consistent(self, windows: set[str], before: int) -> dict[str, _Pattern]:
        """Those windows in which the same places are wanted wherever they stand in the text."""
        patterns: dict[str, _Pattern | None] = {}
        length = len(next(iter(windows), ""))
        for place in self.all if windows else ():
            start = place - before
            window = self.text[start : start + length] if start >= 0 else ""
            if window in windows and len(window) == length:
                pattern = self._pattern(start, start + length)
                patterns[window] = pattern if patterns.get(window, pattern) == pattern else None
        return {window: pattern for window, pattern in patterns.items() if pattern}

    def _pattern(self, start: int, end: int) -> _Pattern:
        """The wanted places that lie wholly in a stretch, from its start."""
        first = bisect_left(self.wanted, start)
        last = bisect_right(self.wanted, end - len(self.key))
        return tuple(place - start for place in self.wanted[first:last])

    def reached(self, keys: Mapping[str, _Pattern], taken: Sequence[tuple[int, int]]) -> set[int]:
        """What changes where these keys are used."""
        return {start + offset for start, end in taken for offset in keys[self.text[start:end]]}

    def joined(self, keys: Mapping[str, _Pattern]) -> dict[str, _Pattern] | None:
        """The keys, and one more for each stretch in which several overlap; None where such a key cannot be."""
        more = dict(keys)
        for start, end in _clusters(_every(self.text, keys)):
            window = self.text[start:end]
            if window not in more:
                pattern = self._pattern(start, end)
                if not self._may_be_joined(start, end, window, pattern):
                    return None
                more[window] = pattern
        return more if len(more) > len(keys) else None

    def _may_be_joined(self, start: int, end: int, window: str, pattern: _Pattern) -> bool:
        index = bisect_right(self._starts, start) - 1
        within = index >= 0 and end <= self._limits[index][1] and len(window) <= len(self.key) + 2 * LONGEST
        whole = not self._cuts(start) and not self._cuts(end)
        return (
            within
            and whole
            and all(self._pattern(at, at + len(window)) == pattern for at in occurrences(self.text, window))
        )


def _clusters(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Overlapping stretches as one."""
    start, end = 0, 0
    for begin, stop in places:
        if begin >= end:
            if end:
                yield start, end
            start, end = begin, stop
        end = max(end, stop)
    if end:
        yield start, end
