"""Tables for a terminal: columns that line up also where characters are two cells wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ttsprep.report import width

__all__ = ["aligned", "width"]


def aligned(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; the last column is not padded.

    >>> print(*aligned(["name", "word"], [["a", "x"], ["你好", "y"]]), sep="\\n")
    name  word
    a     x
    你好  y
    """
    table = [list(header), *map(list, rows)]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = [cell + " " * (space - width(cell)) for cell, space in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()
