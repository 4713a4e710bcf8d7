"""Several parts of a row that are read together: mixed numbers, units, functions applied, intervals.

`phrase` tries what could begin at a part, by the kind of that part; each reader says its phrase and gives back how
many parts it took, or nothing and zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from ttsprep.latex import tabular
from ttsprep.latex.decimals import mixed, recurring, slash
from ttsprep.latex.groups import bracketed, measure, order_of_growth
from ttsprep.latex.lexicon import kinds, sign, table
from ttsprep.latex.nodes import Font, Fraction, Letter, Node, Number, Root, Row, Scripts, Symbol, Table, Unit, Word
from ttsprep.latex.scripts import prescripts
from ttsprep.latex.shapes import is_operand, plain, sign_of
from ttsprep.latex.unit_parts import is_unit, unit_text
from ttsprep.latex.units import unit_words

if TYPE_CHECKING:
    from ttsprep.latex.rows import RowReader

__all__ = ["phrase"]

_LONGEST_UNIT = 8


def phrase(row: RowReader, at: int) -> int:
    """How many parts were read together from `at` on; 0 if none."""
    item = row.items[at]
    following = row.get(at + 1)
    if isinstance(following, Symbol) and following.kind == "percent":
        used = _percent(row, at, following)
        if used:
            return used
    for read in _READERS.get(type(item), ()):
        used = read(row, at)
        if used:
            return used
    return 0


def _percent(row: RowReader, at: int, mark: Symbol) -> int:
    item = row.items[at]
    if not is_operand(item) or (isinstance(item, Symbol) and item.kind != "letter"):
        return 0
    row.reader.fill(row.words["percent"], mark.start, mark.end, x=lambda: row.reader.node(item))
    return 2


def _temperature(row: RowReader, at: int) -> int:
    """``25^\\circ C``."""
    item, letter = row.items[at], row.get(at + 1)
    if not (isinstance(item, Scripts) and item.above and letter and plain(item.above) in ("\\circ", "°")):
        return 0
    name = {"C": "celsius", "F": "fahrenheit"}.get(plain(Row(letter.start, letter.end, [letter])))
    if name is None or item.below or item.primes or (item.base and not _is_number(item.base)):
        return 0
    if item.base:
        row.reader.node(item.base)
    row.out.say(row.words[name], item.above.start, letter.end)
    return 2


def _is_number(node: Node) -> bool:
    return isinstance(node, Number) or (isinstance(node, Row) and plain(node).isdigit())


def _units(row: RowReader, at: int) -> int:
    """A unit after a number, of one command or several (``\\mathrm{m}/\\mathrm{s}``)."""
    before = row.get(at - 1)
    base = before.base if isinstance(before, Scripts) else before
    if not isinstance(base, Number) and not (isinstance(base, (Root, Fraction)) and is_unit(row.items[at])):
        return 0
    if isinstance(row.items[at], Symbol) and not _is_apart(row, at):
        return 0
    text, used, best, end = "", 0, "", 0
    one = isinstance(before, Number) and before.text == "1"
    while (part := row.get(at + used)) is not None and (written := unit_text(part)):
        joined = text + written
        text, used = joined if joined.strip() in table("units") else f"{text} {written}", used + 1
        if written != "/" and (spoken := unit_words(text, row.reader.language, one=one)):
            best, end = spoken, used
        if used > _LONGEST_UNIT:
            break
    if end:
        row.out.say(best, row.items[at].start, row.items[at + end - 1].end)
    return end


def _is_apart(row: RowReader, at: int) -> bool:
    """Whether a space is set before a part, as before a unit."""
    before, item = row.items[at - 1], row.items[at]
    return bool(re.search(r"~|\\[ ,;:]", row.reader.source[before.end : item.start]))


def _money(row: RowReader, at: int) -> int:
    """``\\$5``: the sum before its currency."""
    item, number = row.items[at], row.get(at + 1)
    names = table("currencies").get(_currency(item))
    if names is None or not isinstance(number, Number):
        return 0
    chinese, single, many = names
    word = chinese if row.reader.language == "zh" else single if number.text == "1" else many
    row.reader.node(number)
    row.out.say(word, item.start, item.end)
    return 2


def _currency(node: Node) -> str:
    if isinstance(node, Row) and len(node.items) == 1:
        return _currency(node.items[0])
    known = sign(node.text) if isinstance(node, Word) else None
    return known.key if known else node.key if isinstance(node, Symbol) else ""


def _nabla(row: RowReader, at: int) -> int:
    """``\\nabla\\cdot``, ``\\nabla\\times``."""
    item, mark = row.items[at], row.get(at + 1)
    name = {"\\cdot": "divergence", "\\times": "curl"}.get(sign_of(mark)[0])
    if sign_of(item)[0] != "\\nabla" or name is None or mark is None:
        return 0
    row.out.say(row.words[name], item.start, mark.end)
    return 2


def _application(row: RowReader, at: int) -> int:
    """``f(x)``: without its brackets where simple parts stand in them."""
    item, opening = row.items[at], row.get(at + 1)
    if not isinstance(opening, Symbol) or opening.key != "(":
        return 0
    base = item.base if isinstance(item, Scripts) else item
    name = base.text if isinstance(base, Letter) else base.key if isinstance(base, Symbol) else ""
    if name not in kinds("function_letters") or (name in "pP" and isinstance(item, Scripts) and item.above):
        return 0
    row.reader.node(item)
    close = row.pairs.close(at + 1) if row.pairs.opens(at + 1) else at
    inner = row.pairs.inside(at + 1) if isinstance(row.items[close], Symbol) and close > at else []
    several = row.reader.language == "en" and name not in "pP"  # a point may be P(1, 2)
    if not _is_simple_argument(inner, several=several):
        row.out.say(row.words["of"])
        return 1
    row.out.say(row.words["of"], opening.start, opening.end)
    row.reader.row(inner)
    return close + 1 - at


def _is_simple_argument(inner: Sequence[Node], *, several: bool) -> bool:
    """Whether a listener hears where the arguments end: letters and numbers, perhaps with an index, and commas."""
    commas = [node for node in inner if sign_of(node)[0] == ","] if several else []
    parts = [node for node in inner if node not in commas]
    return len(parts) == len(commas) + 1 and all(map(_is_simple, parts))


def _is_simple(node: Node) -> bool:
    if isinstance(node, Scripts):
        return node.above is None and node.base is not None and _is_simple(node.base)
    return isinstance(node, (Number, Letter)) or sign_of(node)[1] == "letter"


def _matrix(row: RowReader, at: int) -> int:
    """A table between delimiters that belong to it."""
    opening, inner, closing = row.items[at], row.get(at + 1), row.get(at + 2)
    if not isinstance(inner, Table) or sign_of(opening)[1] not in ("open", "bar"):
        return 0
    key, shut = sign_of(opening)[0], sign_of(closing)[1] in ("close", "bar") and isinstance(closing, Symbol)
    if key == "\\{" and not shut:
        tabular.cases(row.reader, inner, closing)
        return 2
    if tabular.kind_of(inner) != "matrix" or not shut:
        return 0
    tabular.matrix(row.reader, inner, "determinant" if key in ("\\lvert", "|") else "matrix")
    return 3


_Phrase = Callable[["RowReader", int], int]
_READERS: Mapping[type[Node], tuple[_Phrase, ...]] = MappingProxyType(
    {
        Number: (recurring, mixed, slash),
        Letter: (_application, order_of_growth),
        Scripts: (prescripts, _temperature, _units, _application),
        Symbol: (_units, _nabla, _application, _matrix, bracketed, _money),
        Row: (slash, _units, _money),
        Font: (_units, measure, order_of_growth),
        Word: (_units, _money),
        Unit: (_units,),
        Fraction: (),
        Root: (),
    }
)
