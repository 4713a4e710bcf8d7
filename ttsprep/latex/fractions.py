"""Reads fractions, derivatives and roots."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ttsprep.latex.endings import is_factor, say_end
from ttsprep.latex.lexicon import by_spelling, table
from ttsprep.latex.nodes import Fraction, Node, Root, Row
from ttsprep.latex.shapes import Derivative, derivative, has_operator, is_compound, plain, unwrapped

if TYPE_CHECKING:
    from ttsprep.latex.reading import Reader

__all__ = ["fraction", "root", "say_ordinal"]


def derived(node: Fraction) -> Derivative | None:
    """The derivative that a fraction stands for."""
    return None if node.choose else derivative(node)


def fraction(reader: Reader, node: Fraction, following: Node | None) -> None:
    """A fraction, binomial or derivative."""
    found = derived(node)
    if node.choose:
        binomial = by_spelling("two")["\\binom"][reader.column]
        reader.fill(binomial, node.start, node.start, **reader.rows(x=node.above, y=node.below))
    elif found:
        _derivative(reader, node, found)
    elif reader.language == "en" and _ordinal(reader, node):
        pass
    elif _is_long(reader, node):
        name = "nested_fraction" if _nested(node) else "long_fraction"
        reader.fill(reader.words[name], node.start, node.start, **reader.rows(above=node.above, below=node.below))
        if is_factor(following):
            reader.out.say(reader.words["product"])
    else:
        reader.fill(reader.words["fraction"], node.start, node.start, **reader.rows(above=node.above, below=node.below))
        if reader.language == "zh" or is_factor(following):
            say_end(reader, "fraction_end", following, compound=is_compound(node.above))


def _is_long(reader: Reader, node: Fraction) -> bool:
    """Whether a fraction needs words around it: what is heard first could else reach beyond it."""
    if is_compound(node.below) or _nested(node):
        return True
    if reader.language == "zh":
        return has_operator(node.below, sign=True)
    return is_compound(node.above) or has_operator(node.above, sign=False)


def _nested(node: Fraction) -> bool:
    """Whether a fraction stands in a fraction, also within a group, power or root."""
    return any(map(_has_fraction, (node.above, node.below)))


def _has_fraction(row: Row) -> bool:
    return any(
        isinstance(item, Fraction)
        or (isinstance(item, Row) and _has_fraction(item))
        or (isinstance(item, Root) and _has_fraction(item.body))
        for item in row.items
    )


def _ordinal(reader: Reader, node: Fraction) -> bool:
    """``2 thirds``."""
    above, below = plain(node.above), plain(node.below)
    names = table("fractions").get(below)
    if names is None or not above.isdigit():
        return False
    reader.row(node.above)
    reader.out.say(names[above != "1"], node.below.start, node.below.end)
    return True


def _derivative(reader: Reader, node: Fraction, found: Derivative) -> None:
    name = ("partial" if found.partial else "derivative") if found.of else "operator"
    if not found.of and found.partial:
        name = "partial_operator"
    ordered = found.order is not None or len(found.by) > 1
    by = partial(_variables, reader, found.by)
    count = partial(_order, reader, found)
    parts = reader.rows(y=found.of)
    reader.fill(reader.words[name + ("_order" if ordered else "")], node.start, node.start, x=by, n=count, **parts)


def _order(reader: Reader, found: Derivative) -> None:
    if found.order:
        say_ordinal(reader, found.order)
    else:
        reader.out.say(ordinal(reader, str(len(found.by))))


def ordinal(reader: Reader, written: str) -> str:
    """``second`` or ``n-th`` for a number or letter in English, the number itself in Chinese."""
    if reader.language == "zh":
        return written
    return str(table("ordinals").get(written, written + "-th"))


def say_ordinal(reader: Reader, order: Row) -> None:
    """The place in a row of derivatives or roots."""
    written = plain(order)
    if written.isalnum():
        reader.out.say(ordinal(reader, written), order.start, order.end)
    else:
        reader.row(order)
        reader.out.say("-th" if reader.language == "en" else "", glued=True)


def _variables(reader: Reader, by: Sequence[list[Node]]) -> None:
    for index, variable in enumerate(by):
        if index:
            reader.out.say(reader.words["also"])
        reader.row(variable)


def root(reader: Reader, node: Root, following: Node | None) -> None:
    """A square, cube or other root."""
    index = plain(node.index)
    name = "root" if node.index is None or index == "2" else "cube_root" if index == "3" else "index_root"
    if name == "cube_root" and reader.language == "zh":
        name = "index_root"
    parts = reader.rows(x=node.body)
    if node.index is not None:
        parts["n"] = partial(say_ordinal, reader, node.index)
    reader.fill(reader.words[name], node.start, node.start, **parts)
    say_end(reader, "root_end", following, compound=is_compound(node.body) or len(unwrapped(node.body.items)) > 1)
