"""What a reader sees of HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["BREAKING", "HIDDEN", "Visible", "alternative", "tag_name", "visible"]

_BREAKING = (
    "address article aside blockquote br caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table tbody "
    "td tfoot th thead title tr ul"
)
BREAKING = frozenset(_BREAKING.split())
"""Elements that end a line."""
HIDDEN = frozenset(("head", "iframe", "noscript", "object", "script", "style", "svg", "template"))
"""Elements of which nothing is seen."""

# Every alternative fails at once where its closer is missing, or ends at the end of the text.
_PART = re.compile(
    r"""
    <!--.*?(?:-->|\Z) | <\?.*?(?:\?>|\Z) | <!\[CDATA\[.*?(?:\]\]>|\Z) | <![A-Za-z][^>]*+(?:>|\Z)
  | </?(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?:[^<>"']++|"[^"]*+"|'[^']*+')*+/?>
  | &(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});
    """,
    re.VERBOSE | re.DOTALL,
)
_ALT = re.compile(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""", re.IGNORECASE)


class Visible(NamedTuple):
    """A stretch of HTML and what is seen of it: its own text, other text, or a line break."""

    start: int
    end: int
    text: str


def tag_name(tag: str) -> str:
    """The element's name in lower case; empty for a comment and the like."""
    found = re.match(r"</?([A-Za-z][A-Za-z0-9-]*)", tag)
    return found[1].lower() if found else ""


def alternative(tag: str) -> tuple[int, int]:
    """Where the alternative text of an image's tag stands; an empty range where there is none."""
    found = _ALT.search(tag)
    return found.span(found.lastindex or 0) if found else (0, 0)


def visible(markup: str) -> Iterator[Visible]:
    """What is seen of a piece of HTML, in order."""
    at, hidden = 0, ""
    for found in _PART.finditer(markup):
        if not hidden and found.start() > at:
            yield Visible(at, found.start(), markup[at : found.start()])
        at = found.end()
        name = (found["name"] or "").lower()
        closes = markup.startswith("</", found.start())
        if hidden:
            hidden = "" if closes and name == hidden else hidden
        elif name in HIDDEN and not closes and not found[0].endswith("/>"):
            hidden = name
        elif name in BREAKING:
            yield Visible(found.start(), found.end(), "\n")
        elif name == "img" and not closes:
            start, end = (found.start() + edge for edge in alternative(found[0]))
            yield Visible(start, end, html.unescape(markup[start:end]))
        elif found[0][0] == "&":
            yield Visible(found.start(), found.end(), html.unescape(found[0]))
    if not hidden and at < len(markup):
        yield Visible(at, len(markup), markup[at:])
