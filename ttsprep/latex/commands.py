"""How the parser reads each kind of command: its arguments, and the node that comes of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from ttsprep.latex.lexicon import by_spelling, environments, kinds, sign, silent
from ttsprep.latex.nodes import Call, Font, Fraction, Node, Root, Row, Symbol, Table, Unit, Word
from ttsprep.latex.shapes import plain
from ttsprep.latex.tokens import Token, quoted
from ttsprep.rules import formula_command_unknown

if TYPE_CHECKING:
    from ttsprep.latex.parsing import Parser

__all__ = ["reader_of"]

_Reader = Callable[["Parser", Token], Node | None]


@cache
def reader_of(command: str) -> _Reader:
    """What reads a command; unknown ones too."""
    for names, read in _READERS.items():
        if command in kinds(names):
            return read
    if command in _BY_NAME:
        return _BY_NAME[command]
    for table, count in (("accents", 1), ("arrows", 1), ("two", 2)):
        if command in by_spelling(table):
            return partial(_call, count=count)
    nothing = command in silent() or command[1:].isspace() or command in ("\\%", "\\")
    return _leaf if nothing or sign(command) else _unknown


def _leaf(parser: Parser, token: Token) -> Node | None:
    return parser.leaf(token)


def _unknown(parser: Parser, token: Token) -> Word:
    message = f"{quoted(token.text)} is not known: its name is read as a word"
    parser.report(formula_command_unknown.RULE, token.start, token.end, message)
    return Word(token.start, token.end, token.text.lstrip("\\") or "backslash", known=False)


def _exists(parser: Parser, token: Token) -> Node | None:
    """``\\exists`` and ``\\exists!``."""
    following = parser.peek()
    if following.text != "!":
        return parser.leaf(token)
    parser.take()
    return Symbol(token.start, following.end, "\\exists!", "prefix")


def _arg(parser: Parser, token: Token) -> Node | None:
    """``\\arg``, and ``\\arg\\min`` as one operator."""
    following = parser.peek()
    known = sign("\\arg" + following.text[1:]) if following.text in ("\\min", "\\max") else None
    if known is None:
        return parser.leaf(token)
    parser.take()
    return Symbol(token.start, following.end, known.key, known.kind)


def _not(parser: Parser, token: Token) -> Node:
    """``\\not=``: the sign that means this, or a word before the one that is struck."""
    following = parser.peek()
    known = sign("\\not" + following.text)
    if known is None:
        return _call(parser, token, 1)
    parser.take()
    return Symbol(token.start, following.end, known.key, known.kind)


def _delimiter(parser: Parser, token: Token) -> Node | None:
    """``\\left(``, ``\\right.``; a bar that is told which side it is on."""
    following = parser.peek()
    if token.text == "\\left":
        parser.lefts.append(token)
    elif parser.lefts:
        parser.lefts.pop()
    else:
        parser.malformed(token.start, token.end, "\\right has no \\left")
    if following.text == ".":
        parser.take()
        return None
    side = {"\\left": 0, "\\right": 1}[token.text]
    known = _SIDES.get(following.text)
    if known is None:
        return None
    parser.take()
    key = known[side]
    return Symbol(token.start, following.end, key, "open" if side == 0 else "close")


def _fraction(parser: Parser, token: Token) -> Fraction:
    above, below = parser.argument(token), parser.argument(token)
    return Fraction(token.start, max(token.end, parser.last()), above, below)


def _root(parser: Parser, token: Token) -> Root:
    index = parser.optional()
    body = parser.argument(token)
    return Root(token.start, max(token.end, parser.last()), index, body)


def _call(parser: Parser, token: Token, count: int) -> Node:
    if token.text in by_spelling("arrows"):
        parser.optional()
    arguments = tuple(parser.argument(token) for _ in range(count))
    if token.text in ("\\overset", "\\stackrel") and plain(arguments[0]) == "\\frown":
        return Call(token.start, parser.last(), "\\overarc", arguments[1:])
    return Call(token.start, max(token.end, parser.last()), token.text, arguments)


# --- text, fonts, units


def _font(parser: Parser, token: Token) -> Node | None:
    if parser.peek().text != "{":
        if token.text in silent():
            return None
        return parser.argument(token)
    body = parser.group()
    inner = parser.source[body.start + 1 : body.end].removesuffix("}")
    known = sign(inner.strip())
    if known and known.kind in ("function", "big", "binary"):
        return Symbol(token.start, body.end, known.key, known.kind)
    return Font(token.start, body.end, token.text, body, inner)


def _text(parser: Parser, token: Token) -> Row:
    """Words as they stand, with formulas between dollars."""
    if parser.peek().text != "{":
        return parser.argument(token)
    opening = parser.take()
    items: list[Node] = []
    level, begun = 1, opening.end
    while level and (found := parser.take()).kind != "end":
        if parser.source[found.start : found.end] != found.text:  # raised digits: words stand as they are written
            continue
        level += (found.text == "{") - (found.text == "}")
        if found.kind == "command" or found.text in ("{", "}", "$"):
            _run(parser, items, begun, found.start)
            begun = found.end
            if found.text == "$" and not parser.full:
                parser.depth += 1
                items += parser.row(frozenset("$")).items
                parser.depth -= 1
                begun = parser.take().end if parser.peek().text == "$" else parser.here()
            elif found.kind == "command" and found.text not in kinds("texts"):
                leaf = parser.leaf(found)
                items += [] if leaf is None else [leaf]
    if level:
        _run(parser, items, begun, parser.stop)
        parser.malformed(opening.start, opening.end, "'{' is not closed")
    return Row(token.start, parser.last(), items)


def _run(parser: Parser, items: list[Node], start: int, end: int) -> None:
    text = parser.source[start:end]
    stripped = text.strip()
    if stripped:
        start += text.index(stripped)
        items.append(Word(start, start + len(stripped), stripped))


def _name(parser: Parser, token: Token) -> Node:
    start, end = parser.raw(token)
    name = re.sub(r"\\[,;:! ]|[{}]|\\(?:mathrm|text)\b", "", parser.source[start:end]).strip()
    known = sign("\\" + name) or sign("\\" + name.replace(" ", ""))
    if known:
        return Symbol(token.start, parser.last(), known.key, known.kind)
    return Word(token.start, parser.last(), re.sub(r"[\\$\s]+", " ", name).strip())


def _unit(parser: Parser, token: Token) -> Unit:
    start, end = parser.raw(token)
    return Unit(token.start, parser.last(), None, parser.source[start:end], start)


def _quantity(parser: Parser, token: Token) -> Unit:
    number = parser.argument(token)
    start, end = parser.raw(token)
    return Unit(token.start, parser.last(), number, parser.source[start:end], start)


def _number(parser: Parser, token: Token) -> Row:
    return parser.argument(token)


def _ignored(parser: Parser, token: Token) -> None:
    if parser.peek().text == "{":
        parser.raw(token)


# --- tables


def _environment(parser: Parser, token: Token) -> Node | None:
    start, end = parser.raw(token)
    name = parser.source[start:end].strip()
    if parser.full:
        return None
    if name not in environments():
        message = f"the environment {name!r} is not known: it is read line by line"
        parser.report(formula_command_unknown.RULE, token.start, parser.last(), message)
    if name.startswith(("array", "alignat", "alignedat", "subarray")):
        parser.optional()
        _ignored(parser, token)
    parser.depth += 1
    rows = _rows(parser)
    parser.depth -= 1
    if parser.peek().text == "\\end":
        parser.raw(parser.take())
    else:
        parser.malformed(token.start, token.end, f"\\begin{{{name}}} has no \\end")
    return Table(token.start, parser.last(), name, rows)


def _rows(parser: Parser) -> list[list[Row]]:
    rows: list[list[Row]] = [[]]
    while True:
        rows[-1].append(parser.row(frozenset(("&", "\\\\", "\\cr"))))
        token = parser.peek()
        if token.text == "&":
            parser.take()
        elif token.text in ("\\\\", "\\cr"):
            parser.take()
            if parser.peek().text == "[" and parser.at + 1 < len(parser.tokens) and parser.peek().start == token.end:
                parser.optional()
            rows.append([])
        elif token.text == "}":
            parser.take()
            parser.malformed(token.start, token.end, "'}' closes nothing")
        else:
            break
    return [row for row in rows if any(cell.items for cell in row)]


def _chemistry(parser: Parser, token: Token) -> Node:
    start, end = parser.raw(token)
    return Call(token.start, parser.last(), "\\ce", (Row(start, end, []),))


_SIDES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "|": ("\\lvert", "\\rvert"),
        "\\vert": ("\\lvert", "\\rvert"),
        "\\|": ("\\lVert", "\\rVert"),
        "\\Vert": ("\\lVert", "\\rVert"),
        "<": ("\\langle", "\\rangle"),
        ">": ("\\langle", "\\rangle"),
    }
)
_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        "fractions": _fraction,
        "fonts": _font,
        "blackboard": _font,
        "texts": _text,
        "names": _name,
        "units": _unit,
        "quantities": _quantity,
        "numbers": _number,
        "chemistry": _chemistry,
        "argument_ignored": _ignored,
    }
)
"""Kind of command → how it is read."""
_BY_NAME: Mapping[str, _Reader] = MappingProxyType(
    {
        "\\left": _delimiter,
        "\\right": _delimiter,
        "\\sqrt": _root,
        "\\begin": _environment,
        "\\exists": _exists,
        "\\not": _not,
        "\\arg": _arg,
    }
)
