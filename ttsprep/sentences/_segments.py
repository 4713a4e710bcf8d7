"""What comes out: a segment, and the sequence of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import overload

from ttsprep.diagnostics import Span
from ttsprep.mapped import MappedText

__all__ = ["Reason", "Segment", "Segments"]


class Reason(IntEnum):
    """Why a segment ended."""

    TERMINATOR = 0
    """A mark that ends a sentence."""
    NEWLINE = 1
    """A line ended, or an item of a list in a line, with no such mark before."""
    LENGTH = 2
    """A limit of length; in Thai, which has no marks, a blank behind what is long enough; in Korean and Japanese the
    ending of a verb without its mark."""
    END = 3
    """The end of the text, with no such mark before it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, a part of one that is too long, several that are short, or what was left at the end."""

    mapped: MappedText
    """The text with its source."""
    start: int
    """Where it begins in the text that was split, in code points."""
    reason: Reason

    @property
    def text(self) -> str:
        """The text, with the blanks that belong to it."""
        return self.mapped.text

    @property
    def end(self) -> int:
        """Where it ends in the text that was split."""
        return self.start + len(self.mapped)

    @property
    def source(self) -> Span:
        """What it was made from."""
        return self.mapped.source_span(0, len(self.mapped))

    @property
    def complete(self) -> bool:
        """Whether the service will speak it without waiting for more text: it ended with a terminator (FLW-03)."""
        return self.reason is Reason.TERMINATOR


class Segments(Sequence[Segment]):
    """The sentences of a text: an array of cuts that makes a `Segment` only where one is asked for."""

    __slots__ = ("_source", "cuts", "reasons")

    cuts: array[int]
    """Where the segments meet, ascending: 0, the end of the first, …, the length of the text."""
    reasons: bytes
    """A `Reason` for each segment."""

    def __init__(self, text: MappedText | str, cuts: array[int], reasons: bytes) -> None:
        self._source, self.cuts, self.reasons = text, cuts, reasons

    @property
    def mapped(self) -> MappedText:
        """The text that was split."""
        if isinstance(self._source, str):
            self._source = MappedText.of(self._source)
        return self._source

    def __len__(self) -> int:
        return len(self.reasons)

    @overload
    def __getitem__(self, index: int) -> Segment: ...

    @overload
    def __getitem__(self, index: slice) -> list[Segment]: ...

    def __getitem__(self, index: int | slice) -> Segment | list[Segment]:
        places = range(len(self.reasons))[index]
        return [self._make(place) for place in places] if isinstance(places, range) else self._make(places)

    def __iter__(self) -> Iterator[Segment]:
        return map(self._make, range(len(self.reasons)))

    def texts(self) -> list[str]:
        """The text of every segment, faster than one by one.

        >>> Segments(MappedText.verbatim("一。二。"), array("q", [0, 2, 4]), bytes(2)).texts()
        ['一。', '二。']
        """
        text, cuts = str(self._source), self.cuts.tolist()
        return [text[start:end] for start, end in pairwise(cuts)]

    def _make(self, place: int) -> Segment:
        start, end = self.cuts[place], self.cuts[place + 1]
        return Segment(self.mapped[start:end], start, Reason(self.reasons[place]))

    def __repr__(self) -> str:
        return f"<Segments: {len(self)} of {len(self.mapped)} characters>"
