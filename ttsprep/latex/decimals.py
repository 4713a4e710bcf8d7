"""Reads numbers of several parts: recurring decimals, mixed numbers, ``1/2``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ttsprep.latex.nodes import Call, Fraction, Node, Number, Row
from ttsprep.latex.shapes import is_operand, plain, sign_of

if TYPE_CHECKING:
    from ttsprep.latex.rows import RowReader

__all__ = ["mixed", "recurring", "slash"]


def recurring(row: RowReader, at: int) -> int:
    """``0.\\dot{3}``, ``0.1\\overline{27}``, ``0.\\dot{1}4285\\dot{7}``: all digits, and which of them recur."""
    number = row.items[at]
    assert isinstance(number, Number)  # phrases are found by the kind of their first part
    whole, point, digits = number.text.partition(".")
    after = at + 1
    if not point:
        if sign_of(row.get(after))[0] != ".":
            return 0
        after += 1
    end, first, period = _period(row, after)
    if not end:
        return 0
    plain_digits = digits + first
    spoken = f"{whole}.{plain_digits}{period}"
    row.out.say(spoken, number.start, row.items[end - 1].end)
    if plain_digits:
        row.out.say(row.words["pause"])
        row.out.say(period)
    row.out.say(row.words["recurring"].format(x="").strip())
    return end - at


def _period(row: RowReader, at: int) -> tuple[int, str, str]:
    """Where the digits that begin at `at` end, those before the period, and the period; 0 if nothing recurs."""
    first, period, pending = "", "", ""
    end = 0
    while (item := row.get(at)) is not None:
        marked = _marked(item)
        if marked:
            period += pending + marked
            pending, end = "", at + 1
        elif isinstance(item, Number) and item.text.isdigit():
            if period:
                pending += item.text
            else:
                first += item.text
        else:
            break
        at += 1
    return end, first, period


def _marked(item: Node) -> str:
    """The digits under a dot or a line."""
    if not isinstance(item, Call) or item.name not in ("\\dot", "\\overline"):
        return ""
    text = plain(item.arguments[0])
    return text if text.isdigit() else ""


def mixed(row: RowReader, at: int) -> int:
    """``2\\frac{1}{3}``."""
    number, part = row.items[at], row.get(at + 1)
    if not isinstance(part, Fraction) or not (plain(part.above).isdigit() and plain(part.below).isdigit()):
        return 0
    row.reader.node(number)
    row.out.say(row.words["mixed"])
    row.reader.node(part, row.get(at + 2))
    return 2


def slash(row: RowReader, at: int) -> int:
    """``1/2`` by itself; in a longer product a slash is read where it stands."""
    above, mark, below = row.items[at], row.get(at + 1), row.get(at + 2)
    if sign_of(mark)[0] != "/" or below is None or row.operand or not (_is_number(above) and _is_number(below)):
        return 0
    if is_operand(row.get(at + 3)) or sign_of(row.get(at + 3))[0] in ("/", "(", "!", "|"):
        return 0
    upper, lower = Row(above.start, above.end, [above]), Row(below.start, below.end, [below])
    row.reader.node(Fraction(above.start, below.end, upper, lower), row.get(at + 3))
    return 3


def _is_number(node: Node) -> bool:
    return isinstance(node, Number) or (isinstance(node, Row) and plain(node).isdigit())
