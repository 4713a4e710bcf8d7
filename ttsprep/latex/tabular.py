"""Reads environments: cases, matrices, determinants, lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ttsprep.latex.endings import goes_on
from ttsprep.latex.lexicon import environments, table
from ttsprep.latex.nodes import Node, Row, Table, Word
from ttsprep.latex.shapes import plain, unwrapped

if TYPE_CHECKING:
    from ttsprep.latex.reading import Reader

__all__ = ["cases", "kind_of", "matrix", "read_table"]


def kind_of(node: Table) -> str:
    """``cases``, ``matrix``, ``determinant`` or ``lines``."""
    return environments().get(node.name, "lines")


def read_table(reader: Reader, node: Table, following: Node | None) -> None:
    """An environment."""
    kind = kind_of(node)
    if kind == "cases":
        cases(reader, node, following)
    elif kind == "lines":
        for index, row in enumerate(node.rows):
            if index:
                reader.out.say(reader.words["row_end"])
            reader.row([item for cell in row for item in cell.items])
    else:
        matrix(reader, node, kind)


def matrix(reader: Reader, node: Table, kind: str) -> None:
    """A matrix or determinant, row by row."""
    columns = max(map(len, node.rows), default=0)
    opening = reader.words[kind]
    reader.fill(opening, node.start, node.start, rows=str(len(node.rows)), columns=str(columns))
    for number, row in enumerate(node.rows, 1):
        if number > 1:
            reader.out.say(reader.words["row_end"])
        reader.fill(reader.words["row"], row[0].start, row[0].start, n=str(number))
        for index, cell in enumerate(row):
            if index:
                reader.out.say(reader.words["cell"])
            reader.row(cell)
    reader.out.say(reader.words[kind + "_end"])


def cases(reader: Reader, node: Table, following: Node | None) -> None:
    """Cases: value, condition; value, condition."""
    name = "cases" if any(len(row) > 1 for row in node.rows) else "system"
    reader.fill(reader.words[name], node.start, node.start, rows=str(len(node.rows)))
    for index, row in enumerate(node.rows):
        if index:
            reader.out.say(reader.words["row_end"])
        reader.row(row[0])
        for cell in row[1:]:
            if cell.items:
                reader.out.say(reader.words["cell" if _is_condition(cell) else "when"])
                reader.row(cell)
    if goes_on(following):
        reader.out.say(reader.words["cases_end"])


def _is_condition(cell: Row) -> bool:
    """Whether a cell says itself that it is a condition."""
    items = unwrapped(cell.items)
    first = items[0] if items else None
    if isinstance(first, Row):
        return _is_condition(first)
    written = first.text if isinstance(first, Word) else plain(cell)
    return written.lower().startswith(tuple(table("conditions")["words"].split()))
