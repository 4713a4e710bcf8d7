"""Reads what is not a row: fractions, roots, scripts, big operators, accents, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ttsprep.latex.lexicon import big, by_spelling, environments, table
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
from ttsprep.latex.shapes import Derivative, derivative, has_operator, is_compound, is_operand, only, plain, unwrapped

if TYPE_CHECKING:
    from ttsprep.latex.reading import Reader

__all__ = [
    "big_operator",
    "call",
    "cases",
    "derived",
    "fraction",
    "kind_of",
    "matrix",
    "read_table",
    "root",
    "scripts",
    "suffixes",
]


def _goes_on(following: Node | None) -> bool:
    """Whether what follows could be taken for a part of what was read."""
    base = following.base if isinstance(following, Scripts) else following
    if isinstance(base, Symbol):
        return base.kind not in ("relation", "close", "mark", "bar")
    return base is not None


def _is_factor(following: Node | None) -> bool:
    base = following.base if isinstance(following, Scripts) else following
    if isinstance(base, Letter) and base.text == "d":  # as in dx
        return False
    return _goes_on(following) and not (isinstance(base, Symbol) and base.kind in ("binary", "postfix"))


def _end(reader: Reader, word: str, following: Node | None, *, compound: bool) -> None:
    """What tells a listener that a fraction or root ends where more follows."""
    if not _goes_on(following):
        return
    if compound:
        reader.out.say(reader.words[word])
    elif _is_factor(following):
        reader.out.say(reader.words["product"])
    else:
        reader.out.say(reader.words["pause"])


# --- fractions


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
        if _is_factor(following):
            reader.out.say(reader.words["product"])
    else:
        reader.fill(reader.words["fraction"], node.start, node.start, **reader.rows(above=node.above, below=node.below))
        if reader.language == "zh" or _is_factor(following):
            _end(reader, "fraction_end", following, compound=is_compound(node.above))


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
        reader.row(found.order)
    else:
        reader.out.say(str(len(found.by)))


def _variables(reader: Reader, by: Sequence[list[Node]]) -> None:
    for index, variable in enumerate(by):
        if index:
            reader.out.say(reader.words["also"])
        reader.row(variable)


# --- roots


def root(reader: Reader, node: Root, following: Node | None) -> None:
    """A square, cube or other root."""
    index = plain(node.index)
    name = "root" if node.index is None or index == "2" else "cube_root" if index == "3" else "index_root"
    if name == "cube_root" and reader.language == "zh":
        name = "index_root"
    reader.fill(reader.words[name], node.start, node.start, **reader.rows(x=node.body, n=node.index))
    _end(reader, "root_end", following, compound=is_compound(node.body) or len(unwrapped(node.body.items)) > 1)


# --- scripts


def scripts(reader: Reader, node: Scripts, following: Node | None) -> None:
    """A base with its scripts."""
    base = node.base
    if isinstance(base, Symbol) and base.kind == "big":
        big_operator(reader, base, node.below, node.above)
        return
    if isinstance(base, Symbol) and base.kind == "function":
        _function(reader, base, node)
        return
    if isinstance(base, Call) and base.name in ("\\underbrace", "\\overbrace"):
        reader.node(base)
    elif base is not None:
        _base(reader, base)
    suffixes(reader, node, following)


def _base(reader: Reader, base: Node) -> None:
    if isinstance(base, Row) and is_compound(base):
        opening, closing = (Symbol(base.start, base.start, key, kind) for key, kind in (("(", "open"), (")", "close")))
        reader.out.say(reader.symbol(opening))
        reader.row(base)
        reader.out.say(reader.symbol(closing))
    else:
        reader.node(base)


def suffixes(reader: Reader, node: Scripts, following: Node | None) -> None:
    """What is said behind a base: below, primes, above."""
    if node.below is not None and node.below.items:
        _below(reader, node)
    if node.primes:
        _primes(reader, node)
    if node.above is not None and node.above.items:
        _above(reader, node, following)


def _below(reader: Reader, node: Scripts) -> None:
    below = node.below
    assert below is not None  # asked by the only caller
    lone = only(below)
    if isinstance(node.base, Symbol) and node.base.kind in ("bar", "close") and node.above:
        between = reader.words["between"]
        reader.fill(between, below.start, below.start, **reader.rows(lower=below, upper=node.above))
        node.above = None
    elif reader.language == "zh" and isinstance(lone, Number) and isinstance(node.base, Letter):
        reader.out.say(lone.text, below.start, below.end, glued=True)
    else:
        name = "below" if len(unwrapped(below.items)) == 1 or plain(below).isalnum() else "long_below"
        reader.fill(reader.words[name], below.start, below.start, **reader.rows(n=below))


def _primes(reader: Reader, node: Scripts) -> None:
    before = node.below or node.base
    at = before.end if before else node.start
    end = min(node.end, at + node.primes)
    if isinstance(node.base, Number) and node.primes <= 2:
        reader.out.say(reader.words["minute" if node.primes == 1 else "second"], at, end)
        return
    names = reader.words["primes"]
    if node.primes <= len(names):
        reader.out.say(names[node.primes - 1], at, end)
    else:
        reader.out.say(f"{node.primes} {reader.words['many_primes']}", at, end)


_MARKS = {
    "\\circ": "degree",
    "°": "degree",
    "*": "star",
    "\\star": "star",
    "+": "plus",
    "-": "minus",
    "\\dagger": "dagger",
    "\\top": "transpose",
    "\\complement": "complement",
    "2": "squared",
    "3": "cubed",
}


def _above(reader: Reader, node: Scripts, following: Node | None) -> None:
    above = node.above
    assert above is not None  # asked by the only caller
    written = plain(above)
    name = _MARKS.get(written, "")
    if written in ("T", "\\mathrm{T}") and isinstance(node.base, Letter) and node.base.text.isupper():
        name = "transpose"
    if written == "-1" and isinstance(node.base, Letter) and node.base.text in ("f", "g", "h"):
        name = "inverse_function"
    if written and not written.replace("\\prime", ""):
        _primes(reader, Scripts(above.start, above.end, node.base, None, None, written.count("\\prime")))
    elif name:
        reader.out.say(reader.words[name], above.start - 1 if above.start > 0 else 0, above.end)
    elif _is_order(above):
        reader.fill(reader.words["order"], above.start, above.start, **reader.rows(n=unwrapped(above.items)[1:-1]))
    else:
        _power(reader, node, above, following)


def _is_order(above: Row) -> bool:
    """``f^{(n)}``."""
    items = unwrapped(above.items)
    ends = [item.key for item in (items[0], items[-1]) if isinstance(item, Symbol)] if items else []
    return len(items) > 2 and ends == ["(", ")"]


def _power(reader: Reader, node: Scripts, above: Row, following: Node | None) -> None:
    if isinstance(node.base, (Word, Call)) and not plain(above).isdigit() and not is_operand(node.base):
        reader.fill(reader.words["above"], above.start, above.start, **reader.rows(n=above))
        return
    simple = len(unwrapped(above.items)) == 1 or plain(above).lstrip("-").isalnum()
    name = "power" if simple else "long_power"
    reader.fill(reader.words[name], above.start, above.start, **reader.rows(n=above))
    if reader.language == "en" and simple and _is_factor(following) and not isinstance(following, (Font, Unit)):
        reader.out.say(reader.words["pause"])


def _function(reader: Reader, base: Symbol, node: Scripts) -> None:
    """``\\sin^2``, ``\\log_2``, ``\\sin^{-1}``."""
    written = plain(node.above)
    if written == "-1":
        reader.fill(reader.words["inverse"], base.start, node.end, x=reader.symbol(base))
    elif node.below is not None and base.key == "\\log":
        reader.fill(reader.words["base"], base.start, base.end, x=reader.symbol(base), **reader.rows(n=node.below))
    else:
        reader.node(base)
        if node.below is not None:
            reader.fill(reader.words["below"], base.end, base.end, **reader.rows(n=node.below))
    if node.primes:
        _primes(reader, node)
    if node.above is not None and written != "-1":
        name = {"2": "function_squared", "3": "function_cubed"}.get(written, "function_power")
        reader.fill(reader.words[name], node.above.start, node.above.end, **reader.rows(n=node.above))


def big_operator(reader: Reader, base: Symbol, below: Row | None, above: Row | None) -> None:
    """A sum, integral or limit with what stands below and above it."""
    both, lower, bare = big(base.key, reader.language)
    if below is None or not below.items:
        reader.fill(bare, base.start, base.end)
        if above is not None:
            reader.fill(reader.words["above"], above.start, above.start, **reader.rows(n=above))
        return
    chosen = both if above is not None and above.items else lower
    parts = reader.rows(upper=above)
    reader.fill(chosen, base.start, base.end, lower=partial(_limit, reader, below), **parts)


def _limit(reader: Reader, below: Row) -> None:
    """``x\\to 0^+``: from which side; lines of a ``\\substack`` with pauses."""
    items = unwrapped(below.items)
    last = items[-1]
    side = plain(last.above) if isinstance(last, Scripts) and last.above and not last.below else ""
    name = {"+": "from_above", "-": "from_below"}.get(side)
    arrow = any(isinstance(item, Symbol) and item.key == "\\to" for item in items)
    if name is None or not arrow or not isinstance(last, Scripts) or last.base is None:
        reader.row(items, "limit")
        return
    place = last.above.start if last.above else last.end
    reader.row([*items[:-1], last.base], "limit")
    reader.out.say(reader.words[name], place, last.end)


# --- commands with arguments


def call(reader: Reader, node: Call) -> None:
    """An accent, a binomial, an arrow with words, a chemical formula."""
    if node.name == "\\ce":
        _chemistry(reader, node)
        return
    for name in ("accents", "arrows", "two"):
        row = by_spelling(name).get(node.name)
        if row:
            template = row[reader.column]
            parts = dict(zip("xy", node.arguments, strict=False))
            if name == "arrows" and not node.arguments[0].items:
                template = re.split("[，{]| with", template)[0]
            reader.fill(template, node.start, node.start, **reader.rows(**parts))
            return


_CHEMICAL = re.compile(
    r"(?:(?P<equilibrium><=>>?|<<=>|<->|⇌)|(?P<produces>->|→|=))(?:\[(?P<over>[^\]]*)\])?"
    r"|(?P<plus>(?<=\s)\+(?=\s))|(?P<word>[^\s]+?(?=\s|->|<=|=|→|$))|\s+"
)


def _chemistry(reader: Reader, node: Call) -> None:
    """Substances as they are written, arrows and plus signs in words."""
    body = node.arguments[0]
    for found in _CHEMICAL.finditer(reader.source[body.start : body.end]):
        start, end = body.start + found.start(), body.start + found.end()
        arrow = "equilibrium" if found["equilibrium"] else "produces" if found["produces"] else ""
        if arrow:
            over = re.sub(r"[_^{}$\\]", "", found["over"] or "").strip()
            reader.out.say(reader.words[arrow], start, end)
            reader.out.say(f"{reader.words['pause']} {over}{reader.words['pause']}" if over else "")
        elif found["plus"]:
            known = Symbol(start, end, "+", "binary")
            reader.out.say(reader.symbol(known), start, end)
        elif found["word"]:
            reader.out.say(re.sub(r"[_^{}$\\]", "", found["word"]), start, end)


# --- tables


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
    if _goes_on(following):
        reader.out.say(reader.words["cases_end"])


def _is_condition(cell: Row) -> bool:
    """Whether a cell says itself that it is a condition."""
    items = unwrapped(cell.items)
    first = items[0] if items else None
    if isinstance(first, Row):
        return _is_condition(first)
    written = first.text if isinstance(first, Word) else plain(cell)
    return written.lower().startswith(tuple(table("conditions")["words"].split()))
