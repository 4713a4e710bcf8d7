"""Sentences: where one ends, in a whole text and in a stream.

    >>> [segment.text for segment in split("Dr. Smith paid $3.14. 他说：“好！”然后走了。")]
    ['Dr. Smith paid $3.14. ', '他说：“好！”', '然后走了。']

Segments joined are the text, character for character. A sentence takes with it its closing quotes and brackets,
emoji and references (``[1]``) right behind its mark, the blanks behind it and one line ending; a newline always ends a
sentence. Blank lines lead the sentence after them.

A stream decides as the whole text does, however it is cut into chunks: there is one scanner, and a whole text is one
chunk that is final.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import overload

from ttsprep.diagnostics import Span
from ttsprep.mapped import MappedText
from ttsprep.sentences._cutting import cut
from ttsprep.sentences._options import LANGUAGES, Options, Segmenter
from ttsprep.sentences._scanner import Scanner

__all__ = ["LANGUAGES", "Reason", "Segment", "Segments", "SentenceStream", "cut", "split"]


class Reason(IntEnum):
    """Why a segment ended."""

    TERMINATOR = 0
    """A mark that ends a sentence."""
    NEWLINE = 1
    """A line ending with no such mark before it."""
    LENGTH = 2
    """A limit of length; given by stages that cut a sentence."""
    END = 3
    """The end of the text, with no such mark before it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, or what was left at the end."""

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

    __slots__ = ("cuts", "mapped", "reasons")

    mapped: MappedText
    """The text that was split."""
    cuts: array[int]
    """Where the segments meet, ascending: 0, the end of the first, …, the length of the text."""
    reasons: bytes
    """A `Reason` for each segment."""

    def __init__(self, mapped: MappedText, cuts: array[int], reasons: bytes) -> None:
        self.mapped, self.cuts, self.reasons = mapped, cuts, reasons

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

    def _make(self, place: int) -> Segment:
        start, end = self.cuts[place], self.cuts[place + 1]
        return Segment(self.mapped[start:end], start, Reason(self.reasons[place]))

    def __repr__(self) -> str:
        return f"<Segments: {len(self)} of {len(self.mapped)} characters>"


def split(text: MappedText | str, *, language: str | None = None) -> Segments:
    """The sentences of `text`.

    `language` is one of `LANGUAGES` or None. Raises ValueError for any other.

    >>> [segment.reason.name for segment in split("圆周率是3.14。真的？！好")]
    ['TERMINATOR', 'TERMINATOR', 'END']
    """
    mapped = MappedText.of(text)
    found, reasons = Scanner(Options(language)).scan(mapped.text, final=True)
    cuts = array("q", [0]) + found
    if cuts[-1] < len(mapped):
        cuts.append(len(mapped))
        reasons.append(Reason.END)
    return Segments(mapped, cuts, bytes(reasons))


class SentenceStream:
    """`split` for a text that comes in chunks: all strings, or all mapped texts in order of their source.

    >>> stream = SentenceStream()
    >>> [[s.text for s in stream.feed(chunk)] for chunk in ("3", ".", "1", "4 is pi. ", "Tha")]
    [[], [], [], [], ['3.14 is pi. ']]
    >>> [s.text for s in stream.close()]
    ['Tha']
    """

    def __init__(self, *, language: str | None = None) -> None:
        self._scanner = Scanner(_known(language))
        self._text = ""
        self._parts: list[MappedText] = []
        self._mapped = False
        self._start = 0
        self._closed = False

    def feed(self, chunk: MappedText | str) -> list[Segment]:
        """The sentences that `chunk` makes certain. Raises ValueError after `close`, TypeError for a chunk of
        another kind than the ones before.
        """
        if self._closed:
            raise ValueError("the stream is closed")
        self._append(chunk)
        return self._release(self._scanner.scan(self._text, final=False))

    def close(self) -> list[Segment]:
        """The sentences that are left; the stream takes no more. Closing again gives nothing."""
        if self._closed:
            return []
        self._closed = True
        cuts = self._scanner.scan(self._text, final=True)
        if (cuts[-1][0] if cuts else 0) < len(self._text):
            cuts.append((len(self._text), Reason.END))
        return self._release(cuts)

    def _append(self, chunk: MappedText | str) -> None:
        mapped = isinstance(chunk, MappedText)
        if self._start + len(self._text) and mapped != self._mapped:
            raise TypeError("chunks of a stream are all strings or all mapped texts")
        self._mapped = mapped
        if isinstance(chunk, MappedText):
            self._parts.append(chunk)
        # With no second reference to it the string grows in place: the stream stays linear in a long sentence.
        text, self._text = self._text, ""
        text += str(chunk)
        self._text = text

    def _release(self, cuts: list[tuple[int, int]]) -> list[Segment]:
        if not cuts:
            return []
        mapped = MappedText.concat(self._parts) if self._mapped else MappedText.verbatim(self._text, self._start)
        released, at = [], 0
        for end, reason in cuts:
            released.append(Segment(mapped[at:end], self._start + at, Reason(reason)))
            at = end
        self._scanner.forget(self._text, at)
        self._parts, self._text = [mapped[at:]], self._text[at:]
        self._start += at
        return released


def _known(language: str | None) -> str | None:
    if language is not None and language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not one of {', '.join(LANGUAGES)}")
    return language
