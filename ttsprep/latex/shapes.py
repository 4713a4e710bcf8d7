"""What parts of a formula look like: simple or not, a unit, a derivative. Nothing here speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ttsprep.latex.nodes import Font, Fraction, Letter, Node, Number, Root, Row, Scripts, Symbol, Table, Word

__all__ = [
    "Brackets",
    "Derivative",
    "derivative",
    "has_operator",
    "is_compound",
    "is_operand",
    "only",
    "plain",
    "sign_of",
    "unwrapped",
]


def unwrapped(items: Sequence[Node]) -> list[Node]:
    """The parts of a row, those of rows that are its only part."""
    found = list(items)
    while len(found) == 1 and isinstance(found[0], Row):
        found = list(found[0].items)
    return found


def only(row: Row | None) -> Node | None:
    """The only part of a row."""
    items = unwrapped(row.items) if row else []
    return items[0] if len(items) == 1 else None


def plain(row: Row | None) -> str:
    """A row of letters, numbers and signs as a string; empty for anything else."""
    texts = []
    for item in unwrapped(row.items) if row else []:
        if isinstance(item, Font):
            texts.append(plain(item.body))
        elif isinstance(item, (Number, Letter, Word)):
            texts.append(item.text)
        elif isinstance(item, Symbol):
            texts.append(item.key)
        else:
            return ""
    return "".join(texts)


def is_operand(node: Node | None) -> bool:
    """Whether an operator after this part stands between two operands."""
    if isinstance(node, Scripts):
        return node.base is None or is_operand(node.base)
    if isinstance(node, Symbol):
        return node.kind in ("letter", "word", "postfix", "percent", "close")
    return node is not None


def is_compound(row: Row) -> bool:
    """Whether a listener needs to be told where a row ends: an operator, relation or mark outside of brackets.

    A sign before the first operand is none.
    """
    depth = 0
    before: Node | None = None
    for item in unwrapped(row.items):
        if isinstance(item, Symbol):
            depth += (item.kind == "open") - (item.kind == "close")
        if depth <= 0 and _runs_on(item, before):
            return True
        before = item
    return any(_is_big(item) for item in row.items)


def _runs_on(item: Node, before: Node | None) -> bool:
    if isinstance(item, Symbol):
        return item.kind in ("relation", "mark") or (item.kind == "binary" and is_operand(before))
    if isinstance(item, Fraction):
        return before is not None and is_operand(before)
    return isinstance(item, Table) or (isinstance(item, Row) and len(item.items) > 1 and is_compound(item))


def has_operator(row: Row, *, sign: bool) -> bool:
    """Whether a root, function or other operator in a row could be taken to reach beyond it; `sign`: or a sign."""
    kinds = {"function", "big", "prefix"} | ({"binary"} if sign else set())
    for item in unwrapped(row.items):
        base = item.base if isinstance(item, Scripts) else item
        if isinstance(base, Root) or (isinstance(base, Symbol) and base.kind in kinds):
            return True
    return False


def _is_big(item: Node) -> bool:
    base = item.base if isinstance(item, Scripts) else item
    return isinstance(base, Symbol) and base.kind == "big"


class Derivative(NamedTuple):
    """``d^n y / dx^n``: whether it is partial, its order, what is derived, by what."""

    partial: bool
    order: Row | None
    of: list[Node]
    by: list[list[Node]]


def derivative(fraction: Fraction) -> Derivative | None:
    """What a fraction says if it is a derivative."""
    above, below = unwrapped(fraction.above.items), unwrapped(fraction.below.items)
    if not above or len(below) < 2:
        return None
    head = above[0]
    order = head.above if isinstance(head, Scripts) and not head.below and not head.primes else None
    mark = _differential(head.base if order and isinstance(head, Scripts) else head)
    by = _variables(below, mark) if mark else None
    return Derivative(mark == "\\partial", order, above[1:], by) if by else None


def _differential(node: Node | None) -> str:
    if isinstance(node, Font):
        node = only(node.body)
    if isinstance(node, Letter) and node.text == "d":
        return "d"
    return "\\partial" if isinstance(node, Symbol) and node.key == "\\partial" else ""


def _variables(below: list[Node], mark: str) -> list[list[Node]] | None:
    """The variables of ``dx``, ``\\partial x\\partial y``, without their powers; None for anything else."""
    found: list[list[Node]] = []
    at = 0
    while at < len(below):
        if _differential(below[at]) != mark or at + 1 >= len(below):
            return None
        variable = below[at + 1]
        if isinstance(variable, Scripts) and variable.above and variable.base and not variable.primes:
            base = variable.base
            below_only = Scripts(variable.start, variable.above.start, base, variable.below, None, 0)
            variable = below_only if variable.below else base
        if not is_operand(variable):
            return None
        found.append([variable])
        at += 2
    return found


def sign_of(node: Node | None) -> tuple[str, str]:
    """Key and kind of a sign, also where it has scripts."""
    if isinstance(node, Scripts):
        node = node.base
    return (node.key, node.kind) if isinstance(node, Symbol) else ("", "")


class Brackets:
    """Which brackets of a row belong together, and the commas right inside of each pair."""

    def __init__(self, items: Sequence[Node], keys: Sequence[tuple[str, str]]) -> None:
        self._items = items
        self._keys = keys
        self._closers: dict[int, int] = {}
        self._commas: dict[int, list[int]] = {}
        stack: list[int] = []
        for at, (key, kind) in enumerate(keys):
            if kind == "open":
                stack.append(at)
                self._commas[at] = []
            elif kind == "close" and stack:
                self._closers[stack.pop()] = at
            elif key == "," and stack:
                self._commas[stack[-1]].append(at)

    def opens(self, at: int) -> bool:
        """Whether a bracket that is closed opens at `at`."""
        return at in self._closers

    def close(self, at: int) -> int:
        """Where the bracket that opens at `at` is closed; 0 if it is not."""
        return self._closers.get(at, 0)

    def keys(self, at: int) -> tuple[str, str]:
        """The pair of brackets that opens at `at`."""
        return self._keys[at][0], self._keys[self._closers[at]][0]

    def inside(self, at: int) -> list[Node]:
        """What stands in the pair that opens at `at`."""
        return list(self._items[at + 1 : self._closers[at]])

    def halves(self, at: int) -> tuple[list[Node], list[Node]] | None:
        """What stands on both sides of the one comma in the pair that opens at `at`."""
        close, commas = self._closers.get(at, 0), self._commas.get(at, [])
        if not close or len(commas) != 1:
            return None
        first, second = list(self._items[at + 1 : commas[0]]), list(self._items[commas[0] + 1 : close])
        return (first, second) if first and second else None
