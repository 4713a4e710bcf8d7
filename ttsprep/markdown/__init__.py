"""Markdown without its markup, as someone would read it aloud; every character knows its source.

    >>> print(strip("# Shopping\\n\\n1. **milk**\\n2. `bread`, see [list](https://example.com)").text)
    Shopping.
    1. milk.
    2. bread, see list.

A newline stands between blocks, so that no sentence runs into the next. What is spoken but not written (a pause mark, a
newline, a separator of table cells) is *inserted*; what stands for something written otherwise (an entity, an
announced code block) is *replaced*; all else is *verbatim*.
"""

from __future__ import annotations

import re
from collections import ChainMap
from typing import TYPE_CHECKING, Any, NamedTuple

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.mapped import MappedText
from ttsprep.markdown._front_matter import front_matter_end
from ttsprep.markdown._options import Addresses, Code, MarkdownOptions, Tables
from ttsprep.rules import nested_too_deep
from ttsprep.source import BOM, Source

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Addresses", "Code", "MarkdownOptions", "MarkdownStream", "Stripped", "Tables", "strip"]

# Nothing that an inline rule could act on.
_MARKED = re.compile(r"[\n$&*<\[\\_`~]|://|www\.")


class Stripped(NamedTuple):
    """What `strip` returns."""

    text: MappedText
    diagnostics: tuple[Diagnostic, ...]


def strip(source: Source | str, options: MarkdownOptions | None = None) -> Stripped:
    """What is heard of a Markdown text.

    Bad Markdown does not exist; a diagnostic names text that had to be left out (MDN001).

    >>> strip("**注意：**请看 $x^2$。").text.text
    '注意：请看 $x^2$。'
    """
    reader = _Reader(options or MarkdownOptions())
    text = Source.of(source).text
    front = front_matter_end(text, final=True) or 0
    return Stripped(reader.read(text[front:], front), tuple(reader.diagnostics))


class MarkdownStream:
    """`strip` for a text that comes in chunks: the texts joined are what `strip` gives of the whole.

    The one exception: a link used before its definition is heard as it is written. A block is released when it is
    closed: a heading by the end of its line, a paragraph by a blank line, a list by what follows it. What `feed`
    returns ends where a line does; the newline comes with the next block.

    >>> stream = MarkdownStream()
    >>> [stream.feed(chunk).text for chunk in ("# Ti", "tle\\n\\nSome *text* ", "here.\\n\\n", "- a\\n")]
    ['', 'Title.', '\\nSome text here.', '']
    >>> stream.close().text
    '\\na.'
    """

    def __init__(self, options: MarkdownOptions | None = None) -> None:
        self._reader = _Reader(options or MarkdownOptions())
        self._tail = ""
        self._at = 0  # where the tail begins in the source
        self._marked: bool | None = None  # whether the text began with a byte order mark, which is dropped
        self._begun = False
        self._wait = 0  # how long the tail must be to be looked at again
        self._closed = False

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found so far."""
        return tuple(self._reader.diagnostics)

    def feed(self, chunk: str) -> MappedText:
        """What the chunk makes certain. Raises ValueError after `close`."""
        if self._closed:
            raise ValueError("the stream is closed")
        # With no second reference to it the tail grows in place.
        tail, self._tail = self._tail, ""
        tail += chunk
        self._tail = tail
        if ("\n" not in chunk and "\r" not in chunk) or len(tail) < self._wait or not self._begin(final=False):
            return MappedText.verbatim("")
        lines = max(self._tail.rfind("\n"), self._tail.rfind("\r", 0, len(self._tail) - 1)) + 1
        released = self._release(self._reader.certain(self._tail[:lines]))
        self._wait = len(self._tail) + len(self._tail) // 8 if len(self._tail) > _SMALL else 0
        return released

    def close(self) -> MappedText:
        """What is left; the stream takes no more. Closing again gives nothing."""
        if self._closed:
            return MappedText.verbatim("")
        self._closed = True
        self._begin(final=True)
        return self._release(len(self._tail))

    def _begin(self, final: bool) -> bool:
        """Drop the byte order mark and the front matter; false while it is open whether there is any."""
        if self._begun:
            return True
        if self._marked is None and self._tail:
            self._marked = self._tail[0] == BOM
            self._tail = self._tail[self._marked :]
        front = front_matter_end(self._tail, final)
        if front is None:
            return False
        self._tail, self._at, self._begun = self._tail[front:], front, True
        return True

    def _release(self, size: int) -> MappedText:
        if not size:
            return MappedText.verbatim("")
        released = self._reader.read(self._tail[:size], self._at)
        self._tail, self._at = self._tail[size:], self._at + size
        return released


_SMALL = 1024
"""An open block longer than this is read again only when it has grown by an eighth: else a long one is quadratic."""


_CLOSED_BY_A_BLANK_LINE = frozenset(
    ("blockquote_open", "fence", "html_block", "math_block", "paragraph_open", "table_open")
)


def _is_closed(block: Token, lines: int) -> bool:
    """Whether the last block of a text of so many lines cannot go on."""
    at_once = block.type in ("heading_open", "hr")
    return at_once or (block.type in _CLOSED_BY_A_BLANK_LINE and block.map is not None and block.map[1] < lines)


class _Reader:
    """Reads a document in one or several batches of whole blocks."""

    def __init__(self, options: MarkdownOptions) -> None:
        from ttsprep.markdown._parser import parser  # markdown-it-py takes a while to import
        from ttsprep.markdown._speaker import Speaker

        self._parser, self._speaker = parser(), Speaker(options)
        self._references: dict[str, Any] = {}
        self.diagnostics: list[Diagnostic] = []

    def read(self, text: str, base: int) -> MappedText:
        """What is heard of `text`, which begins at `base` of the source."""
        from ttsprep.markdown._places import Original

        original = Original(text, base)
        env: dict[str, Any] = {"references": self._references}
        tokens: list[Token] = []
        self._parser.block.parse(original.text, self._parser, env, tokens)
        for token in tokens:
            if token.type == "inline":
                marked = _MARKED.search(token.content)
                token.children = self._parser.inline.parse(token.content, self._parser, env, []) if marked else None
        for start, end in env.get("too_deep", ()):
            self._report_cut(Span(original.at(start), original.at(max(start, end))))
        return self._speaker.speak(tokens, original)

    def certain(self, text: str) -> int:
        """How much of `text`, which is whole lines, no further line can change: its closed blocks."""
        from ttsprep.markdown._places import Original

        original = Original(text, 0)
        env: dict[str, Any] = {"references": ChainMap({}, self._references), "growing": True}
        tokens: list[Token] = []
        self._parser.block.parse(original.text, self._parser, env, tokens)
        tops = [token for token in tokens if token.level == 0 and token.nesting >= 0 and token.map]
        if env.get("open_math"):  # a formula that never closes would be part of the paragraph before it
            certain = tops[:-2]
        else:
            certain = tops if tops and _is_closed(tops[-1], original.text.count("\n")) else tops[:-1]
        if not certain:
            return 0
        at = 0
        for _ in range((certain[-1].map or [0, 0])[1]):
            at = original.text.find("\n", at) + 1
        return original.at(at)

    def _report_cut(self, span: Span) -> None:
        from ttsprep.markdown._parser import MAX_NESTING

        what = f"nested more than {MAX_NESTING} levels deep: {len(span)} characters are left out"
        self.diagnostics.append(nested_too_deep.RULE.at(span, what))
