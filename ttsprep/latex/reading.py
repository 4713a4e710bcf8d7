"""A parsed formula → speech: each part goes to what reads its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from ttsprep.latex.calls import call
from ttsprep.latex.fractions import fraction, root
from ttsprep.latex.lexicon import LANGUAGES, kinds, sign, table, words
from ttsprep.latex.nodes import (
    Call,
    Font,
    Fraction,
    Letter,
    Node,
    Number,
    Root,
    Row,
    Scripts,
    Symbol,
    Table,
    Unit,
    Word,
)
from ttsprep.latex.rows import RowReader
from ttsprep.latex.scripts import big_operator, scripts
from ttsprep.latex.shapes import plain, unwrapped
from ttsprep.latex.speaker import Speaker
from ttsprep.latex.tabular import read_table
from ttsprep.latex.units import unit_words

__all__ = ["Reader"]

_PLACE = re.compile(r"\{(\w+)\}")
_GROUPS = re.compile(r"\{,\}|\\,|,")  # between thousands
_NAME = re.compile(r"\s*[A-Za-z]{2,}\s*")


@cache
def _split(template: str) -> tuple[str, ...]:
    """A template as words, name of a part, words …"""
    return tuple(bit if index % 2 else bit.strip() for index, bit in enumerate(_PLACE.split(template)))


class Reader:
    """Reads the parts of one formula in one language into `out`."""

    def __init__(self, language: str, source: str) -> None:
        self.source = source
        self.language = language
        self.column = LANGUAGES.index(language)
        self.words = words(language)
        self.out = Speaker(language)
        self.depth = 0

    def row(self, row: Row | Sequence[Node], mode: str = "") -> None:
        """Parts in a row; `mode` ``limit`` reads arrows as approaching."""
        items = row.items if isinstance(row, Row) else row
        self.depth += 1
        RowReader(self, unwrapped(items), mode).read()
        self.depth -= 1

    def fill(self, template: str, start: int, end: int, **parts: Callable[[], None] | str) -> None:
        """Say a template: its first words at the place given, the others where they are heard."""
        for index, text in enumerate(_split(template)):
            part = parts[text] if index % 2 else text
            if callable(part):
                part()
            elif index == 0:
                self.out.say(part, start, end)
            else:
                self.out.say(part, glued=part.startswith("-"))

    def rows(self, **rows: Row | Sequence[Node] | None) -> dict[str, Callable[[], None] | str]:
        """Rows as parts of a template."""
        return {name: self._later(row) for name, row in rows.items() if row is not None}

    def _later(self, row: Row | Sequence[Node]) -> Callable[[], None]:
        return lambda: self.row(row)

    def symbol(self, node: Symbol) -> str:
        """The words of a sign."""
        known = sign(node.key)
        return known.words[self.column] if known else node.key.lstrip("\\")

    def node(self, node: Node, following: Node | None = None) -> None:
        """One part; `following` is what comes after it in its row."""
        _READERS[type(node)](self, node, following)


def _row(reader: Reader, node: Row, _following: Node | None) -> None:
    reader.row(node)


def _verbatim(reader: Reader, node: Letter | Word, _following: Node | None) -> None:
    reader.out.say(node.text, node.start, node.end)


def _number(reader: Reader, node: Number, _following: Node | None) -> None:
    text = node.text if node.text.isdigit() else _GROUPS.sub("", node.text)
    reader.out.say(text, node.start, node.end)


def _symbol(reader: Reader, node: Symbol, _following: Node | None) -> None:
    if node.kind == "big":
        big_operator(reader, node, None, None)
    elif node.kind == "percent":
        reader.out.say(reader.words["lone_percent"], node.start, node.end)
    else:
        reader.out.say(reader.symbol(node), node.start, node.end)


def _font(reader: Reader, node: Font, _following: Node | None) -> None:
    known = table("sets").get(plain(node.body)) if node.name in kinds("blackboard") else None
    if known:
        reader.out.say(known[reader.column], node.start, node.end)
    elif _NAME.fullmatch(node.inner) and node.name not in kinds("bold"):
        name = node.inner.strip()
        known_sign = sign(name)
        reader.out.say((known_sign.words[reader.column] if known_sign else "") or name, node.start, node.end)
    elif node.name in kinds("units") and unit_words(node.inner, reader.language):
        reader.out.say(unit_words(node.inner, reader.language), node.start, node.end)
    else:
        reader.row(node.body)


def _unit(reader: Reader, node: Unit, _following: Node | None) -> None:
    one = plain(node.number) == "1"
    if node.number is not None:
        reader.row(node.number)
    spoken = unit_words(node.inner, reader.language, one=one) or re.sub(r"[\\{}$\s]+", " ", node.inner).strip()
    start = node.start if node.number is None else max(node.at, node.number.end)
    reader.out.say(spoken, start, node.end)


def _call(reader: Reader, node: Call, _following: Node | None) -> None:
    call(reader, node)


_READERS: Mapping[type[Node], Callable[..., None]] = MappingProxyType(
    {
        Row: _row,
        Number: _number,
        Letter: _verbatim,
        Word: _verbatim,
        Symbol: _symbol,
        Font: _font,
        Unit: _unit,
        Fraction: fraction,
        Root: root,
        Scripts: scripts,
        Call: _call,
        Table: read_table,
    }
)
"""Kind of part → what reads it."""
