"""What stands where in a Markdown text: for those who judge a text, not those who read it aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from markdown_it.token import Token

from ttsprep.diagnostics import Span
from ttsprep.markdown._places import Original, Place, place_of

__all__ = ["Part", "Shape", "outlined"]


class Shape(StrEnum):
    """What a part of a Markdown text is."""

    HEADING = "heading"
    LINK = "link"
    IMAGE = "image"
    ADDRESS = "address"
    CODE = "code"
    STRUCK = "struck"
    HTML = "html"
    TEXT = "text"
    BLOCK = "code block"
    TABLE = "table"
    ITEM = "list item"


class Part(NamedTuple):
    """A part of a Markdown text, and where it stands in the source.

    `text` is its own text: of a heading or link what is in it, of an image the alternative text, of HTML the tag or
    block, of a code block the lines; TEXT is text in which a bracket stands. `target` is an address, or the words
    behind the fence of a code block. `level` is that of a heading, the depth of a list item from 1, the columns of a
    table; `number` the rows of a table, or which number a list item is read with (0: none), where `written` is the one
    that stands there. `closed` is False for a fence without its end.
    """

    shape: Shape
    span: Span
    text: str = ""
    target: str = ""
    level: int = 0
    number: int = 0
    written: int = 0
    closed: bool = True


def outlined(tokens: Sequence[Token], original: Original) -> Iterator[Part]:
    """The parts of a Markdown text, in the order in which they end."""
    return _Outliner(original).parts(tokens)


class _Outliner:
    def __init__(self, original: Original) -> None:
        self._original = original
        self._lines = [0, *(found.end() for found in re.finditer(r"\n|\Z", original.text))]
        self._lists: list[int | None] = []  # the next number of each open list

    def parts(self, tokens: Sequence[Token]) -> Iterator[Part]:
        heading = level = rows = columns = 0
        table: Token | None = None
        for at, token in enumerate(tokens):
            kind = token.type
            if kind == "inline":
                yield from self._inlines(token)
            elif kind == "heading_open":
                heading, level = at, int(token.tag[1:])
            elif kind == "heading_close":
                yield Part(Shape.HEADING, self._extent(tokens[heading]), tokens[heading + 1].content.strip(), "", level)
            elif kind in ("bullet_list_open", "ordered_list_open"):
                self._lists.append(int(token.attrs.get("start", 1)) if kind[0] == "o" else None)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self._lists.pop()
            elif kind == "list_item_open":
                yield self._item(token)
            elif kind == "table_open":
                table, rows, columns = token, -1, 0
            elif kind == "tr_open":
                rows += 1
            elif kind == "th_open":
                columns += 1
            elif kind == "table_close" and table is not None:
                yield Part(Shape.TABLE, self._extent(table), level=columns, number=rows)
            elif kind in ("fence", "code_block"):
                yield self._code(token)
            elif kind == "html_block":
                yield Part(Shape.HTML, self._extent(token), token.content)

    def _item(self, token: Token) -> Part:
        number, first = self._lists[-1], (token.map or [0, 0])[0]
        if number is not None:
            self._lists[-1] = number + 1
        written = int(token.info) if token.info.isdecimal() else 0
        span = self._span(self._lines[first], self._lines[first + 1])
        return Part(Shape.ITEM, span, "", "", len(self._lists), number or 0, written)

    def _code(self, token: Token) -> Part:
        first, end = token.map or [0, 0]
        last = self._original.text[self._lines[end - 1] : self._lines[end]].strip(" \t>\n")
        closed = token.type != "fence" or (end - 1 > first and last == token.markup[0] * max(len(last), 3))
        return Part(Shape.BLOCK, self._extent(token), token.content, token.info.strip(), closed=closed)

    def _extent(self, token: Token) -> Span:
        """The lines of a block without what is blank around it."""
        first, end = token.map or [0, 0]
        return self._span(self._lines[first], self._lines[end])

    def _span(self, start: int, end: int) -> Span:
        text = self._original.text[start:end]
        begin = start + len(text) - len(text.lstrip())
        return Span(self._original.at(begin), self._original.at(max(begin, start + len(text.rstrip()))))

    def _inlines(self, block: Token) -> Iterator[Part]:
        if block.children is None:  # nothing but text, in which no bracket stands
            return
        if not any(child.type in _SHAPES or child.type in _PAIRED for child in block.children if _tells(child)):
            return
        place = place_of(block, self._original.text)
        starts = [_start(child) for child in block.children]
        ends = [*starts[1:], len(block.content)]
        opened: list[tuple[int, Token]] = []
        for child, start, end in zip(block.children, starts, ends, strict=True):
            shape = _SHAPES.get(child.type)
            if shape is not None and _tells(child):
                target = str(child.attrs.get("src", "")) if shape is Shape.IMAGE else ""
                yield Part(shape, self._within(place, start, max(start, end)), child.content, target)
            elif child.type in ("link_open", "s_open"):
                opened.append((start, child))
            elif child.type in ("link_close", "s_close") and opened:
                begin, opener = opened.pop()
                span = self._within(place, begin, max(end, start + 1))
                stop = end if opener.markup == "autolink" else start
                yield _paired(opener, block.content[begin:stop], span)

    def _within(self, place: Place, start: int, end: int) -> Span:
        begin = self._original.at(place.at(start))
        return Span(begin, max(begin, self._original.at(place.end(end))))


_SHAPES = {
    "text": Shape.TEXT,
    "image": Shape.IMAGE,
    "address": Shape.ADDRESS,
    "code_inline": Shape.CODE,
    "html_inline": Shape.HTML,
}


_PAIRED = frozenset(("link_open", "s_open"))


def _tells(token: Token) -> bool:
    """Of mere text only such with brackets is told: it may have been meant as a link."""
    return token.type != "text" or "[" in token.content


def _paired(opener: Token, inside: str, span: Span) -> Part:
    """A link, an address in angle brackets, or struck-out text."""
    if opener.type == "s_open":
        return Part(Shape.STRUCK, span, inside.strip("~"))
    if opener.markup == "autolink":
        return Part(Shape.ADDRESS, span, inside.strip("<>"))
    return Part(Shape.LINK, span, inside[1:], str(opener.attrs.get("href", "")))


def _start(token: Token) -> int:
    """Where it begins in the content: the token that opens a link in brackets stands behind the first one."""
    return (token.map or [0])[0] - (token.type == "link_open" and token.markup != "autolink")
