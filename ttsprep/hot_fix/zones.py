"""The parts of a text in which no correction should act: formulas, and in SSML whatever is no plain text.

>>> barred("已知 $x=行$，行不行") == [Zone(3, 8, "a formula")]
True
>>> [tuple(zone) for zone in barred('<speak>行<phoneme alphabet="py" ph="hang2">行</phoneme></speak>')]
[(0, 7, 'markup'), (8, 53, 'an element with a reading of its own'), (53, 61, 'markup')]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ttsprep.markup import formulas, is_ssml

__all__ = ["Zone", "barred", "between"]

_ODD = re.compile("<[^<>]*>|&[^&;<>]*;")


class Zone(NamedTuple):
    """A stretch of a text, in words for a message."""

    start: int
    end: int
    what: str


def barred(text: str) -> list[Zone]:
    """The zones of a text in order; none overlap."""
    zones = list(_markup(text)) if is_ssml(text) else []
    known = between(zones, len(text))
    in_text = (Zone(start, end, "a formula") for start, end in formulas(text) if _within(start, end, known))
    return sorted([*zones, *in_text])


def between(zones: Iterable[Zone], length: int) -> list[tuple[int, int]]:
    """The stretches of a text of this length that lie between zones."""
    edges = [0, *(edge for zone in zones for edge in zone[:2]), length]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]


def _within(start: int, end: int, stretches: list[tuple[int, int]]) -> bool:
    index = bisect_right(stretches, (start, len(stretches) and stretches[-1][1])) - 1
    return index >= 0 and end <= stretches[index][1]


def _markup(text: str) -> Iterator[Zone]:
    """Everything but the text that is spoken as it stands."""
    at = 0
    for start, end, own in _speeches(text):
        if at < start:
            yield Zone(at, start, "markup")
        if own:
            yield Zone(start, end, "an element with a reading of its own")
        else:
            yield from (Zone(*odd.span(), "markup") for odd in _ODD.finditer(text, start, end))
        at = end
    if at < len(text):
        yield Zone(at, len(text), "markup")


def _speeches(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where words are spoken, and whether their element says how."""
    from ttsprep.ssml.hearing import Speech, heard

    at = 0
    for item in heard(text):
        if isinstance(item, Speech) and item.span.end > at:
            start = max(at, item.span.start)
            yield start, item.span.end, bool(item.alias or item.reading or item.interpret_as)
            at = item.span.end
