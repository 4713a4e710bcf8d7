"""Reads what stands in brackets that mean more than grouping: intervals, inner products, expectations, big O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ttsprep.latex.endings import is_factor
from ttsprep.latex.lexicon import kinds, table
from ttsprep.latex.nodes import Call, Font, Letter, Node, Row, Scripts, Symbol
from ttsprep.latex.scripts import suffixes
from ttsprep.latex.shapes import is_compound, plain, sign_of

if TYPE_CHECKING:
    from ttsprep.latex.rows import RowReader

__all__ = ["bracketed", "measure", "order_of_growth"]

_DEEPEST = 12  # brackets within brackets: the parser bounds braces only
_BEFORE_INTERVALS = frozenset(
    ("\\in", "\\notin", "\\cup", "\\cap", "\\subset", "\\subseteq", "\\supset", "\\supseteq", "\\setminus")
)
_INTERVALS = {("(", ")"): "open", ("[", "]"): "closed", ("[", ")"): "closed_open", ("(", "]"): "open_closed"}


def bracketed(row: RowReader, at: int) -> int:
    """An interval or an inner product."""
    halves = None if row.reader.depth > _DEEPEST else row.pairs.halves(at)
    if halves is None:
        return 0
    keys = row.pairs.keys(at)
    if keys == ("\\langle", "\\rangle"):
        return _inner_product(row, at, *halves)
    name = _INTERVALS.get(keys)
    if name is None or not _is_interval(row, at, name, halves):
        return 0
    template = row.words["interval_" + name]
    start = row.items[at].start
    row.reader.fill(template, start, start + 1, **row.reader.rows(x=halves[0], y=halves[1]))
    return _closed(row, at)


def _is_interval(row: RowReader, at: int, name: str, halves: Sequence[Sequence[Node]]) -> bool:
    """Mixed brackets are; round ones behind the sign of a set; square ones unless they could be a commutator."""
    before = row.get(at - 1)
    if name == "open":
        return sign_of(before)[0] in _BEFORE_INTERVALS
    if name == "closed":
        operators = all(len(half) == 1 and _is_operator(half[0]) for half in halves)
        return not operators and (not row.operand or _is_class(before))
    return not row.operand


def _is_class(node: Node | None) -> bool:
    """``C`` or ``C^1``: functions that are continuous on an interval."""
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Letter) and base.text == "C"


def _is_operator(node: Node) -> bool:
    return (isinstance(node, Letter) and node.text.isupper()) or (isinstance(node, Call) and node.name == "\\hat")


def _inner_product(row: RowReader, at: int, first: list[Node], second: list[Node]) -> int:
    if any(is_compound(Row(0, 0, half)) for half in (first, second)):
        return 0
    if row.operand and row.reader.language == "zh":
        row.out.say(row.words["fraction_product"])
    start = row.items[at].start
    row.reader.fill(row.words["inner_product"], start, start, **row.reader.rows(x=first, y=second))
    return _closed(row, at)


def _closed(row: RowReader, at: int) -> int:
    """The scripts of the closing bracket; how many parts the pair has."""
    close = row.pairs.close(at)
    closing = row.items[close]
    if isinstance(closing, Scripts):
        suffixes(row.reader, closing, row.get(close + 1))
    return close + 1 - at


def _opens(row: RowReader, at: int) -> bool:
    return row.reader.depth <= _DEEPEST and row.pairs.opens(at)


def measure(row: RowReader, at: int) -> int:
    """``\\mathbb{E}[X]``."""
    item = row.items[at]
    assert isinstance(item, Font)  # phrases are found by the kind of their first part
    names = table("measures").get(plain(item.body)) if item.name in kinds("blackboard") else None
    if names is None or not _opens(row, at + 1):
        return 0
    whole, bare = names[row.reader.column]
    inner, close = row.pairs.inside(at + 1), row.pairs.close(at + 1)
    if len(inner) == 1 and isinstance(row.items[close], Symbol):
        row.reader.fill(whole, item.start, item.end, **row.reader.rows(x=inner))
        return close + 1 - at
    row.out.say(bare, item.start, item.end)
    return 1


def order_of_growth(row: RowReader, at: int) -> int:
    """``O(n^2)``."""
    item = row.items[at]
    letter = plain(item.body) if isinstance(item, Font) else item.text if isinstance(item, Letter) else ""
    if letter not in table("growth") or not _opens(row, at + 1) or row.pairs.keys(at + 1) != ("(", ")"):
        return 0
    name = table("growth")[letter][row.reader.column]
    inner, close = row.pairs.inside(at + 1), row.pairs.close(at + 1)
    row.out.say(name, item.start, item.end)
    plainly = isinstance(row.items[close], Symbol) and not is_factor(row.get(close + 1))
    if not inner or is_compound(Row(0, 0, inner)) or not plainly:
        return 1
    row.reader.row(inner)
    return close + 1 - at
