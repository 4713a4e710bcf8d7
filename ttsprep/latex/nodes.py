"""The parts of a formula: small values, each with the span of its source."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Call",
    "Font",
    "Fraction",
    "Letter",
    "Node",
    "Number",
    "Root",
    "Row",
    "Scripts",
    "Symbol",
    "Table",
    "Unit",
    "Word",
]


@dataclass(slots=True)
class Node:
    """A part of a formula: where it begins and ends in the source."""

    start: int
    end: int


@dataclass(slots=True)
class Number(Node):
    """Digits, with a point perhaps."""

    text: str


@dataclass(slots=True)
class Letter(Node):
    """One letter."""

    text: str


@dataclass(slots=True)
class Word(Node):
    """Text to be read as it stands; `known` is False for the name of an unknown command."""

    text: str
    known: bool = True


@dataclass(slots=True)
class Symbol(Node):
    """A sign of the table of symbols: its key there, and its kind."""

    key: str
    kind: str


@dataclass(slots=True)
class Row(Node):
    """Parts in a row."""

    items: list[Node]


@dataclass(slots=True)
class Fraction(Node):
    """``\\frac{above}{below}``; `choose` for a binomial written with ``\\choose``."""

    above: Row
    below: Row
    choose: bool = False


@dataclass(slots=True)
class Root(Node):
    """``\\sqrt[index]{body}``."""

    index: Row | None
    body: Row


@dataclass(slots=True)
class Scripts(Node):
    """A base with what stands below, above and how many primes."""

    base: Node | None
    below: Row | None
    above: Row | None
    primes: int


@dataclass(slots=True)
class Font(Node):
    """``\\mathrm{kg}``: a command of the tables of fonts or units, and what stands in its braces."""

    name: str
    body: Row
    inner: str


@dataclass(slots=True)
class Unit(Node):
    """``\\unit{km/h}``, with its number in ``\\qty{5}{km/h}``."""

    number: Row | None
    inner: str
    at: int


@dataclass(slots=True)
class Call(Node):
    """A command with its arguments: an accent, a binomial, an arrow with words."""

    name: str
    arguments: tuple[Row, ...]


@dataclass(slots=True)
class Table(Node):
    """An environment, row by row, cell by cell."""

    name: str
    rows: list[list[Row]]
