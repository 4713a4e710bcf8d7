"""Which blocks a Markdown text has, and where text stands that is read as it is: code, formulas, addresses.

The stripper gives the text that is heard; this gives what it was, by the same parser.

>>> outline = read_outline("# Title\\n\\n- `{a|b}`\\n")
>>> outline.kind(0), outline.kind(11), outline.is_literal(12)
(<Kind.HEADING: 'heading'>, <Kind.ITEM: 'item'>, True)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from ttsprep.markdown._places import Original

__all__ = ["Kind", "Outline", "read_outline"]


class _Token(Protocol):
    """What is read of a token of the parser."""

    type: str
    nesting: Any
    map: list[int] | None
    markup: str
    content: str


class Kind(Enum):
    """What a block is to a listener."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


@dataclass
class Outline:
    """Positions are offsets into the source."""

    starts: list[int] = field(default_factory=list)
    """Where the first line of each block begins, ascending."""
    kinds: list[Kind] = field(default_factory=list)
    rules: list[int] = field(default_factory=list)
    """Where thematic breaks (``---``) stand."""
    literal_starts: list[int] = field(default_factory=list)
    literal_ends: list[int] = field(default_factory=list)

    def block(self, at: int) -> int:
        """The number of the block at `at`; -1 before the first."""
        return bisect_right(self.starts, at) - 1

    def kind(self, at: int) -> Kind:
        """What stands at `at`."""
        block = self.block(at)
        return self.kinds[block] if block >= 0 else Kind.PARAGRAPH

    def has_rule(self, start: int, end: int) -> bool:
        """Whether there is a thematic break between two positions."""
        return bisect_right(self.rules, end) > bisect_right(self.rules, start)

    def is_literal(self, at: int) -> bool:
        """Whether the text at `at` is read as it is."""
        index = bisect_right(self.literal_starts, at) - 1
        return index >= 0 and at < self.literal_ends[index]


def read_outline(source: str) -> Outline:
    """The outline of a Markdown text."""
    from ttsprep.markdown._front_matter import front_matter_end
    from ttsprep.markdown._parser import parser
    from ttsprep.markdown._places import Original

    front = front_matter_end(source, final=True) or 0
    original = Original(source[front:], front)
    env: dict[str, Any] = {"references": {}}
    tokens: list[Any] = []
    markdown = parser()
    markdown.block.parse(original.text, markdown, env, tokens)
    return _Walk(original, env).outline(tokens)


_LEAVES = {
    "fence": Kind.CODE,
    "code_block": Kind.CODE,
    "heading_open": Kind.HEADING,
    "html_block": Kind.PARAGRAPH,
    "math_block": Kind.PARAGRAPH,
    "paragraph_open": Kind.PARAGRAPH,
}
_LITERAL_BLOCKS = ("fence", "code_block", "math_block")
_MAY_BE_LITERAL = re.compile(r"[`$\\<]|://|www\.")
_LINE = re.compile("\n")


class _Walk:
    def __init__(self, original: Original, env: dict[str, Any]) -> None:
        self._original, self._env = original, env
        self._lines = [0, *(found.end() for found in _LINE.finditer(original.text))]
        self._outline = Outline()
        self._literal: list[tuple[int, int]] = []
        self._lists = 0
        self._in_table = False

    def outline(self, tokens: Sequence[_Token]) -> Outline:
        for token in tokens:
            self._token(token)
        for start, end in sorted(self._literal):
            self._outline.literal_starts.append(self._original.at(start))
            self._outline.literal_ends.append(self._original.at(end))
        return self._outline

    def _token(self, token: _Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open", "bullet_list_close", "ordered_list_close"):
            self._lists += token.nesting
        elif token.type in ("table_open", "table_close"):
            self._in_table = token.nesting > 0
        elif token.map and token.type == "hr":
            self._outline.rules.append(self._original.at(self._line(token.map[0])))
        elif token.map and token.type == "list_item_open":
            self._begin(token.map[0], Kind.ITEM)
        elif token.map and token.type in _LEAVES:
            kind = _LEAVES[token.type]
            self._begin(token.map[0], Kind.ITEM if kind is Kind.PARAGRAPH and self._lists else kind)
            if token.type in _LITERAL_BLOCKS:
                self._literal.append((self._line(token.map[0]), self._line(token.map[1])))
        elif token.type == "inline":
            if self._in_table and token.map:
                self._begin(token.map[0], Kind.ROW)
            self._inline(token)

    def _line(self, number: int) -> int:
        return self._lines[number] if number < len(self._lines) else len(self._original.text)

    def _begin(self, line: int, kind: Kind) -> None:
        start = self._original.at(self._line(line))
        starts, kinds = self._outline.starts, self._outline.kinds
        if starts and starts[-1] == start:
            kinds[-1] = kind
        else:
            starts.append(start)
            kinds.append(kind)

    def _inline(self, token: _Token) -> None:
        from ttsprep.markdown._parser import parser
        from ttsprep.markdown._places import place_of

        content = token.content
        if "{" not in content or not _MAY_BE_LITERAL.search(content):
            return
        place = place_of(cast("Any", token), self._original.text)
        markdown = parser()
        for start, end in _literal(markdown.inline.parse(content, markdown, self._env, [])):
            self._literal.append((place.at(start), place.end(min(end, len(content)))))


def _literal(tokens: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """The stretches of a block's content that are read as they are."""
    automatic = False
    for token in tokens:
        at = token.map[0] if token.map else 0
        if token.type == "link_open":
            automatic = token.markup == "autolink"
        elif token.type == "code_inline":
            yield at, at + 2 * len(token.markup) + len(token.content)
        elif token.type in ("math_inline", "address") or (automatic and token.type == "text"):
            yield at, at + len(token.content) + automatic
            automatic = False
