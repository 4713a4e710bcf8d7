"""Reads what stands above and below: powers, subscripts, primes, limits of big operators."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ttsprep.latex.endings import is_factor
from ttsprep.latex.fractions import say_ordinal
from ttsprep.latex.lexicon import big, kinds, table
from ttsprep.latex.nodes import Call, Font, Fraction, Letter, Node, Number, Root, Row, Scripts, Symbol, Unit, Word
from ttsprep.latex.shapes import is_compound, is_operand, only, plain, unwrapped

if TYPE_CHECKING:
    from ttsprep.latex.reading import Reader
    from ttsprep.latex.rows import RowReader

__all__ = ["big_operator", "evaluated", "prescripts", "scripts", "suffixes"]


def scripts(reader: Reader, node: Scripts, following: Node | None) -> None:
    """A base with its scripts."""
    base = node.base
    if isinstance(base, Symbol) and base.kind == "big":
        big_operator(reader, base, node.below, node.above)
        return
    if isinstance(base, Symbol) and base.kind == "function":
        _function(reader, base, node)
        return
    if _brace(reader, node) or _space(reader, node) or _derivative(reader, node):
        return
    if base is not None:
        _base(reader, base, powered=_is_power(node))
    suffixes(reader, node, following)


def _brace(reader: Reader, node: Scripts) -> bool:
    """``\\underbrace{a+b}_{n}``."""
    base = node.base
    if not isinstance(base, Call) or base.name not in ("\\underbrace", "\\overbrace"):
        return False
    label = node.below if base.name == "\\underbrace" else node.above
    if label is None or (node.below and node.above):
        return False
    name = "underbrace" if base.name == "\\underbrace" else "overbrace"
    reader.row(base.arguments[0])
    reader.fill(reader.words[name], label.start, label.start, **reader.rows(n=label))
    return True


def _space(reader: Reader, node: Scripts) -> bool:
    """``\\mathbb{R}^n``, ``\\mathbb{Z}_+``."""
    base = node.base
    letter = plain(base.body) if isinstance(base, Font) and base.name in kinds("blackboard") else ""
    if isinstance(base, Symbol) and base.key in kinds("sets"):
        letter = base.key[1:]
    script = node.above or node.below
    if not letter or script is None or (node.above and node.below) or node.primes or base is None:
        return False
    if plain(script) in ("+", "*") and letter in table("positive"):
        reader.out.say(table("positive")[letter][reader.column], base.start, node.end)
    elif node.above and letter in table("spaces"):
        reader.fill(table("spaces")[letter][reader.column], base.start, base.start, **reader.rows(n=script))
    else:
        return False
    return True


def _derivative(reader: Reader, node: Scripts) -> bool:
    """``f^{(n)}``."""
    if node.base is None or node.above is None or node.below or node.primes or not _is_order(node.above):
        return False
    order = Row(node.above.start, node.above.end, unwrapped(node.above.items)[1:-1])
    if len(order.items) > 1 and reader.language == "en":
        return False
    number = partial(say_ordinal, reader, order)
    reader.fill(reader.words["order_of"], node.start, node.start, n=number, **reader.rows(y=[node.base]))
    return True


def prescripts(row: RowReader, at: int) -> int:
    """``{}^{14}_{6}\\mathrm{C}``: scripts of nothing belong to what follows."""
    item = row.items[at]
    assert isinstance(item, Scripts)  # phrases are found by the kind of their first part
    if not (item.base is None or (isinstance(item.base, Row) and not item.base.items)) or item.primes:
        return 0
    following = row.get(at + 1)
    if not isinstance(following, (Letter, Font, Word, Scripts)) or plain(item.above) in ("\\circ", "°"):
        return 0
    for name, script in (("before_above", item.above), ("before_below", item.below)):
        if script is not None and script.items:
            row.reader.fill(row.words[name], script.start, script.start, **row.reader.rows(n=script))
    return 1


def evaluated(reader: Reader, node: Scripts) -> None:
    """The scripts of a bar behind an expression: for which values it is taken."""
    name = "between" if node.above else "at"
    if node.below is None:
        suffixes(reader, node, None)
    else:
        start = node.base.end if node.base else node.start
        reader.fill(reader.words[name], start, start, **reader.rows(lower=node.below, upper=node.above))


def _is_power(node: Scripts) -> bool:
    return node.above is not None and bool(node.above.items) and _MARKS.get(plain(node.above)) != "degree"


def _base(reader: Reader, base: Node, *, powered: bool) -> None:
    """A base, in brackets where the power of a sum, fraction or root could be heard as that of its last part."""
    inner = only(base) if isinstance(base, Row) else base
    if (isinstance(base, Row) and is_compound(base)) or (powered and isinstance(inner, (Fraction, Root))):
        opening, closing = (Symbol(base.start, base.start, key, kind) for key, kind in (("(", "open"), (")", "close")))
        reader.out.say(reader.symbol(opening))
        reader.node(base)
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
    label = _label(reader, lone)
    if label:
        reader.fill(reader.words["below"], below.start, below.end, n=label)
    elif reader.language == "zh" and isinstance(lone, Number) and isinstance(node.base, Letter):
        reader.out.say(lone.text, below.start, below.end, glued=True)
    else:
        simple = plain(below).isalnum() or (lone is not None and not isinstance(lone, (Scripts, Fraction)))
        name = "below" if simple else "long_below"
        reader.fill(reader.words[name], below.start, below.start, **reader.rows(n=below))


def _label(reader: Reader, node: Node | None) -> str:
    """The name of an operator or function that stands alone in a script: ``T_{\\max}``."""
    if not isinstance(node, Symbol) or node.kind not in ("big", "function"):
        return ""
    names = table("labels").get(node.key)
    found: str = names[reader.column] if names else node.key.lstrip("\\")
    return found


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
    if written == "T" and _is_matrix(node.base):
        name = "transpose"
    if written == "c" and _is_matrix(node.base):
        name = "complement"
    if name == "degree" and isinstance(node.base, Number) and node.base.text == "1":
        name = "degree_one"
    if written == "-1" and isinstance(node.base, Letter) and node.base.text in ("f", "g", "h"):
        name = "inverse_function"
    if written and not written.replace("\\prime", ""):
        _primes(reader, Scripts(above.start, above.end, node.base, None, None, written.count("\\prime")))
    elif isinstance(node.base, Letter) and node.below is not None and node.base.text in _COUNTS and name != "star":
        reader.fill(reader.words["above"], above.start, above.start, **reader.rows(n=above))
    elif name:
        raised = reader.source.startswith("^", above.start - 1) if above.start else False
        reader.out.say(reader.words[name], above.start - raised, above.end)
    elif _is_charge(above):
        items = unwrapped(above.items)
        reader.fill(reader.words["above"], above.start, above.start, **reader.rows(n=items[:-1]))
        reader.out.say(reader.words["charge"][plain(above).endswith("-")], items[-1].start, items[-1].end)
    else:
        _power(reader, node, above, following)


_COUNTS = ("A", "C")
"""Letters of permutations and combinations: what stands above is no power."""


def _is_matrix(base: Node | None) -> bool:
    if isinstance(base, Font):
        return base.name in kinds("bold")
    return isinstance(base, Letter) and base.text.isupper()


def _is_charge(above: Row) -> bool:
    """``2-``: a sign behind a number."""
    items = unwrapped(above.items)
    return len(items) == 2 and isinstance(items[0], Number) and plain(above)[-1:] in ("+", "-")


def _is_order(above: Row) -> bool:
    """``f^{(n)}``."""
    items = unwrapped(above.items)
    ends = [item.key for item in (items[0], items[-1]) if isinstance(item, Symbol)] if items else []
    return len(items) > 2 and ends == ["(", ")"]


def _power(reader: Reader, node: Scripts, above: Row, following: Node | None) -> None:
    if isinstance(node.base, (Word, Call)) and not plain(above).isdigit() and not is_operand(node.base):
        reader.fill(reader.words["above"], above.start, above.start, **reader.rows(n=above))
        return
    lone = only(above)
    simple = isinstance(lone, (Number, Letter, Symbol, Word)) or plain(above).lstrip("-").isalnum()
    if reader.language == "zh":
        simple = simple or lone is not None
    name = "power" if simple else "long_power"
    reader.fill(reader.words[name], above.start, above.start, **reader.rows(n=above))
    if reader.language == "en" and simple and is_factor(following) and not isinstance(following, (Font, Unit)):
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
