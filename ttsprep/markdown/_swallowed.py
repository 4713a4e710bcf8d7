"""Finds what CommonMark reads as markup or code and its author hardly meant so (MDN002, MDN004)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.late import late_pattern
from ttsprep.markdown._html import BREAKING, HIDDEN, tag_name
from ttsprep.markdown._options import Code, MarkdownOptions, Tables
from ttsprep.markdown._places import Original, place_of
from ttsprep.rules import indented_prose, swallowed_by_markup

__all__ = ["is_prose", "swallowed"]

_INLINE_ELEMENTS = (
    "a abbr acronym area audio b base bdi bdo big body button canvas cite code col colgroup data datalist del dfn em "
    "embed font frame frameset html i img input ins kbd label link map mark math meta meter noframes optgroup output "
    "param picture portal progress q rb rp rt rtc ruby s samp search select slot small source span strike strong sub "
    "sup textarea time track tt u var video wbr"
)
_ELEMENTS = BREAKING | HIDDEN | frozenset(_INLINE_ELEMENTS.split())
_EMPHASIS = frozenset(("em_close", "em_open", "strong_close", "strong_open"))
_DIGIT = "[^\\Wa-zA-Z_\u3400-\u9fff]"  # or another sign of a number
_SUSPECT = late_pattern(rf"\*(?<={_DIGIT}\*)\*?+{_DIGIT}|<")


# A sentence ends behind some words, at the end of a line or before the next sentence.
_SENTENCE = late_pattern(r"[。！？…]|[^\W\d_]{2,},? [^\W\d_]+[.!?][\"'”’)]*(?:$|\s+[^\W\d_])", re.MULTILINE)
_OF_PROGRAMS = re.compile(r"[{}\[\]<>;=|\\$#@`_]|\(\)|^\s*(?://|--)", re.MULTILINE)


def swallowed(tokens: Sequence[Token], original: Original, options: MarkdownOptions) -> Iterator[Diagnostic]:
    """A finding for each star between digits that is emphasis, each tag that HTML does not have, the cells of a row
    behind its last column, and for prose in indented code that is not read.
    """
    starts: list[int] = []  # of the lines
    for block in tokens:
        if block.type == "code_block" and options.code is not Code.READ and is_prose(block.content):
            starts = starts or [0, *(found.end() for found in re.finditer(r"\n|\Z", original.text))]
            yield _indented(block, original, starts)
        if block.type != "inline":
            continue
        if "excess" in block.meta and options.tables not in (Tables.SKIP, Tables.ANNOUNCE):
            start, end = block.meta["excess"]
            what = "the row has more cells than the header, and these are not heard; is a pipe meant as it stands?"
            yield swallowed_by_markup.RULE.at(Span(original.at(start), original.at(end)), what)
        if not block.children or not _SUSPECT.search(block.content):
            continue
        for token in block.children:
            start = _start(token)
            end = start + len(token.content if token.type == "html_inline" else token.markup)
            if what := _reason(token, block.content[start - 1 : start] + block.content[end : end + 1]):
                place = place_of(block, original.text)
                yield swallowed_by_markup.RULE.at(Span(original.at(place.at(start)), original.at(place.end(end))), what)


def is_prose(code: str) -> bool:
    """Whether lines of code look like prose: a sentence ends in them, and nothing of a program stands there."""
    return _SENTENCE.search(code) is not None and _OF_PROGRAMS.search(code) is None


def _indented(block: Token, original: Original, starts: Sequence[int]) -> Diagnostic:
    first, last = block.map or [0, 0]
    start = starts[first]
    end = start + len(original.text[start : starts[last]].rstrip())
    what = "these lines begin with four blanks and so are code, which is not read; they look like prose"
    return indented_prose.RULE.at(Span(original.at(start), original.at(end)), what)


def _start(token: Token) -> int:
    """Where it begins in the content; the token that opens strong emphasis stands at the second star."""
    return (token.map or [0])[0] - (token.type == "strong_open")


def _reason(token: Token, around: str) -> str:
    """Why it is hardly meant as markup; empty where it may well be."""
    if token.type == "html_inline":
        name = tag_name(token.content)
        known = not name or name in _ELEMENTS or "-" in name
        return "" if known else f"{token.content} is read as a tag, but HTML has no element {name!r}"
    between_digits = token.type in _EMPHASIS and token.markup[0] == "*" and len(around) == 2 and around.isdigit()
    return f"{token.markup} between two digits is read as emphasis and not heard" if between_digits else ""
