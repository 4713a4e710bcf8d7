"""Tables for a terminal: columns that line up also where characters are two cells wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["aligned", "width"]


def width(text: str) -> int:
    """How many cells of a terminal a text takes.

    >>> width("longan"), width("龙安"), width("e\\N{COMBINING ACUTE ACCENT}")
    (6, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


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
