"""`MappedText`: a text whose every character knows which part of the source it came from.

A text that was cleaned or rewritten is a sequence of *pieces*. A verbatim piece is a slice of the source, a
replaced piece stands for a stretch of it, an inserted piece stands between two characters of it:

    >>> build = Builder()
    >>> build.verbatim("Title", 2)          # from "# Title"
    >>> build.inserted("。", 7)             # a pause the listener needs
    >>> spoken = build.build()
    >>> str(spoken), spoken.source_span(0, 5), spoken.source_span(5, 6)
    ('Title。', Span(start=2, end=7), Span(start=7, end=7))

No stage ever searches for its own output in its input. Text that is heard elsewhere than where it stands (a
table header repeated before each row, a footnote read at the end) is *inserted* at the place where it is heard,
so that source positions never run backwards.

The pieces are four shared columns, made once; a slice stores only its text and an offset into them and costs
nothing more until somebody asks where it came from.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from operator import gt

from ttsprep.diagnostics import Span

__all__ = ["Builder", "Kind", "MappedText", "Piece"]


class Kind(IntEnum):
    """How a piece of output relates to the source."""

    VERBATIM = 0
    """The same characters as in the source."""
    REPLACED = 1
    """Other characters for a stretch of the source (an entity decoded, a formula read out)."""
    INSERTED = 2
    """Characters that the source does not have; its span is empty."""


# Plain integers: the loops below run once per piece.
_VERBATIM, _REPLACED, _INSERTED = map(int, Kind)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a `MappedText`: its kind, its text, and its spans in the output and in the source."""

    kind: Kind
    text: str
    output: Span
    source: Span


class _Columns:
    """The pieces of one text, column-wise and immutable: where each begins in the output (strictly
    ascending from 0), its source span (starts ascend, ends ascend), its kind.
    """

    __slots__ = ("end", "kind", "out", "start")

    def __init__(self, out: Iterable[int], start: Iterable[int], end: Iterable[int], kind: bytes) -> None:
        self.out, self.start, self.end = array("q", out), array("q", start), array("q", end)
        self.kind = kind
        if len(kind) > 1 and (any(map(gt, self.start, self.start[1:])) or any(map(gt, self.end, self.end[1:]))):
            raise ValueError("source positions of the pieces run backwards")


class MappedText:
    """An immutable text with its pieces; made by `Builder`, `MappedText.verbatim` or by cutting and joining.

    Slicing (``text[a:b]``), ``len``, ``str`` and ``==`` work as for strings; equality compares pieces too.
    """

    __slots__ = ("_columns", "_offset", "text")

    text: str

    def __init__(self, text: str, columns: _Columns, offset: int = 0) -> None:
        self.text = text
        self._columns = columns
        self._offset = offset

    @classmethod
    def verbatim(cls, text: str, start: int = 0) -> MappedText:
        """A text that is its own source; `start` is where it begins there.

        >>> MappedText.verbatim("abc", 10).source_span(1, 2)
        Span(start=11, end=12)
        """
        if not text:
            return cls(text, _Columns((), (), (), b""))
        return cls(text, _Columns((0,), (start,), (start + len(text),), bytes((_VERBATIM,))))

    @classmethod
    def of(cls, text: MappedText | str) -> MappedText:
        """`text` itself if it is mapped, otherwise the string as its own source."""
        return text if isinstance(text, MappedText) else cls.verbatim(text)

    @classmethod
    def concat(cls, parts: Iterable[MappedText]) -> MappedText:
        """The parts in a row; neighbouring slices of one text become one slice again.

        Raises ValueError where a part lies before its predecessor in the source.
        """
        runs: list[list[MappedText]] = []
        for part in filter(None, parts):
            if runs and runs[-1][-1]._touches(part):
                runs[-1].append(part)
            else:
                runs.append([part])
        joined = [MappedText("".join(map(str, run)), run[0]._columns, run[0]._offset) for run in runs]
        if len(joined) == 1:
            return joined[0]
        build = Builder()
        for part in joined:
            build.extend(part)
        return build.build()

    def _touches(self, after: MappedText) -> bool:
        return self._columns is after._columns and self._offset + len(self.text) == after._offset

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"MappedText({self.text!r}, {len(list(self._rows()))} pieces)"

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MappedText):
            return NotImplemented
        return self.text == other.text and list(self._rows()) == list(other._rows())

    def __hash__(self) -> int:
        return hash(self.text)

    def __getitem__(self, cut: slice) -> MappedText:
        begin, end, step = cut.indices(len(self.text))
        if step != 1:
            raise ValueError("a mapped text can be cut, not strided")
        return MappedText(self.text[begin:end], self._columns, self._offset + begin)

    def _rows(self) -> Iterator[tuple[int, int, int, int, int]]:
        """(kind, begin, end, source start, source end) of each piece, cut to this text."""
        columns, offset, size = self._columns, self._offset, len(self.text)
        out, kinds = columns.out, columns.kind
        index = bisect_right(out, offset) - 1
        while size and index < len(kinds):
            base = out[index] - offset
            if base >= size:
                return
            after = out[index + 1] - offset if index + 1 < len(kinds) else size
            begin, end = max(base, 0), min(after, size)
            start, stop = columns.start[index], columns.end[index]
            if kinds[index] == _VERBATIM:
                start, stop = start + begin - base, start + end - base
            yield kinds[index], begin, end, start, stop
            index += 1

    def pieces(self) -> Iterator[Piece]:
        """The pieces in order, with spans in this text and in the source."""
        for kind, begin, end, start, stop in self._rows():
            yield Piece(Kind(kind), self.text[begin:end], Span(begin, end), Span(start, stop))

    def replay(self, source: str) -> str:
        """The text made anew from `source` and the pieces; equal to ``str(self)``, or the map is wrong."""
        return "".join(
            piece.source.of(source) if piece.kind is Kind.VERBATIM else piece.text for piece in self.pieces()
        )

    def source_span(self, start: int, end: int) -> Span:
        """The source of ``text[start:end]``: exact where it cuts verbatim pieces, whole where it cuts others.

        An empty range gives the empty span where it stands. Raises ValueError outside the text.
        """
        return self.source_spans((start, end))[0]

    def source_spans(self, cuts: Sequence[int]) -> list[Span]:
        """The source of every stretch between neighbouring cuts, which ascend; one sweep for all.

        >>> MappedText.verbatim("abcdef").source_spans([0, 2, 6])
        [Span(start=0, end=2), Span(start=2, end=6)]
        """
        if cuts and not 0 <= cuts[0] <= cuts[-1] <= len(self.text):
            raise ValueError(f"{cuts[0]}..{cuts[-1]} is outside the text of {len(self.text)} characters")
        return [Span(*self._source_range(a, b)) for a, b in pairwise(cuts)]

    def _source_range(self, begin: int, end: int) -> tuple[int, int]:
        columns = self._columns
        if not columns.kind:
            return 0, 0
        if begin == end:
            start, _ = self._insertion_place(begin)
            return start, start
        first = bisect_right(columns.out, self._offset + begin) - 1
        start = self._source_at(first, begin, columns.start)
        last = bisect_right(columns.out, self._offset + end - 1, lo=first) - 1
        return start, self._source_at(last, end, columns.end)

    def _insertion_place(self, position: int) -> tuple[int, int]:
        """Where text put in at `position` stands; in the middle of a replaced piece, for all of its source."""
        columns, at = self._columns, self._offset + position
        if not columns.kind:
            return 0, 0
        index = bisect_right(columns.out, at) - 1
        if position == len(self.text) and columns.out[index] < at:
            end = self._source_at(index, position, columns.end)
            return end, end
        if columns.kind[index] == _VERBATIM or columns.out[index] == at:
            start = self._source_at(index, position, columns.start)
            return start, start
        return columns.start[index], columns.end[index]

    def _source_at(self, index: int, position: int, edge: array[int]) -> int:
        columns = self._columns
        if columns.kind[index] != _VERBATIM:
            return edge[index]
        return columns.start[index] + self._offset + position - columns.out[index]

    def edit(self, edits: Iterable[tuple[int, int, str]]) -> MappedText:
        """The text with each ``(start, end, replacement)`` done; edits ascend and do not overlap.

        The replacement is inserted where ``start == end`` and otherwise replaces the source of what it
        covers. One merge pass: give all edits at once.

            >>> MappedText.verbatim("1 + 1").edit([(2, 3, "plus")]).text
            '1 plus 1'

        Raises ValueError for edits out of order or outside the text.
        """
        build, at = Builder(), 0
        for start, end, replacement in edits:
            if not at <= start <= end <= len(self.text):
                raise ValueError(f"edit {start}..{end} is out of order or outside the text")
            build.extend(self[at:start])
            source = self._source_range(start, end) if start < end else self._insertion_place(start)
            if source[0] == source[1]:
                build.inserted(replacement, source[0])
            else:
                build.replaced(replacement, *source)
            at = end
        build.extend(self[at:])
        return build.build()


class Builder:
    """Collects pieces from left to right; `build` makes the text. Empty pieces are left out."""

    __slots__ = ("_end", "_kind", "_out", "_parts", "_size", "_start")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._out: list[int] = []
        self._start: list[int] = []
        self._end: list[int] = []
        self._kind = bytearray()
        self._size = 0

    def __len__(self) -> int:
        """The length of the text so far, in code points."""
        return self._size

    def verbatim(self, text: str, start: int) -> None:
        """Append a slice of the source that begins at `start`."""
        size = len(text)
        if self._end and self._end[-1] == start and self._kind[-1] == _VERBATIM:
            self._end[-1] = start + size
        elif text:
            self._out.append(self._size)
            self._start.append(start)
            self._end.append(start + size)
            self._kind.append(_VERBATIM)
        self._parts.append(text)
        self._size += size

    def replaced(self, text: str, start: int, end: int) -> None:
        """Append text that stands for the source from `start` to `end`."""
        self._add(_REPLACED, text, start, end)

    def inserted(self, text: str, at: int) -> None:
        """Append text that the source does not have, at source position `at`."""
        self._add(_INSERTED, text, at, at)

    def extend(self, text: MappedText) -> None:
        """Append a mapped text with all its pieces."""
        for kind, begin, end, start, stop in text._rows():
            self._add(kind, text.text[begin:end], start, stop)

    def _add(self, kind: int, text: str, start: int, end: int) -> None:
        if text:
            self._parts.append(text)
            self._out.append(self._size)
            self._start.append(start)
            self._end.append(end)
            self._kind.append(kind)
            self._size += len(text)

    def build(self) -> MappedText:
        """The text. Raises ValueError where source positions ran backwards."""
        columns = _Columns(self._out, self._start, self._end, bytes(self._kind))
        return MappedText("".join(self._parts), columns)
