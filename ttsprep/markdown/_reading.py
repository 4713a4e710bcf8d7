"""Reads batches of Markdown: blocks, then what stands in them, then what is heard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.mapped import MappedText
from ttsprep.markdown._footnotes import Footnotes
from ttsprep.markdown._options import MarkdownOptions
from ttsprep.markdown._parser import MAX_NESTING, parser
from ttsprep.markdown._places import Original
from ttsprep.markdown._speaker import Speaker
from ttsprep.markdown._swallowed import swallowed
from ttsprep.rules import nested_too_deep

if TYPE_CHECKING:
    from ttsprep.latex import ReadsFormulas

__all__ = ["Reader"]

# Nothing that an inline rule could act on.
_MARKED = re.compile(r"[\n$&*<\[\\_`~]|://|www\.")


class Reader:
    """Carries from batch to batch what the next one needs: link definitions and the speaker."""

    def __init__(self, options: MarkdownOptions, settings: ReadsFormulas | None = None) -> None:
        self._parser = parser()
        self.speaker = Speaker(options, settings)
        self.references: dict[str, Any] = {}
        self._footnotes = Footnotes()
        self._found: list[Diagnostic] = []

    def read(self, text: str, base: int, spoken: int = 0, within: int = 0) -> MappedText:
        """What is heard of `text`, the rest of a document, which begins at `base` of the source.

        So many of its tokens have been spoken before, and of the content of the next one what stands before `within`.
        """
        original, env = Original(text, base), {"references": self.references}
        tokens = self.blocks(original, env)[spoken:]
        self.inlines(tokens, env, within)
        return self.hear(tokens, original, env)

    def hear(self, tokens: list[Token], original: Original, env: dict[str, Any]) -> MappedText:
        """What is heard of the rest of a document, which has been parsed."""
        self.report_cuts(original, env, len(original.text))
        return self.speak(tokens, original)

    def speak(self, tokens: list[Token], original: Original) -> MappedText:
        """What is heard of these blocks, for good."""
        self._found += swallowed(tokens, original, self.speaker.options)
        self._footnotes.gather(tokens, original)
        heard = self.speaker.speak(tokens, original)
        self._found += self.speaker.found
        self.speaker.found.clear()
        return heard

    def end(self) -> None:
        """All is read: what is missing by now will not come."""
        self._found += self._footnotes.undefined()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found, in the order of the source."""
        return tuple(sorted(self._found, key=lambda found: (found.span or Span(0, 0)).start))

    def blocks(self, original: Original, env: dict[str, Any]) -> list[Token]:
        """The blocks alone."""
        tokens: list[Token] = []
        self._parser.block.parse(original.text, self._parser, env, tokens)
        return tokens

    def inlines(self, tokens: list[Token], env: dict[str, Any], within: int = 0) -> None:
        """Give the blocks what stands in them, the first one what stands behind `within`.

        `children` stays None where that is nothing but text.
        """
        for token in tokens:
            if token.type == "inline":
                marked = within or _MARKED.search(token.content)
                token.children = self.inline(token.content, env, within) if marked else None
                within = 0

    def inline(self, content: str, env: dict[str, Any], within: int = 0) -> list[Token]:
        """What stands in one block behind `within`."""
        children = self._parser.inline.parse(content[within:], self._parser, env, [])
        if within:
            for token in children:
                token.map = [(token.map or [0])[0] + within]
        return children

    def report_cuts(self, original: Original, env: dict[str, Any], before: int) -> None:
        """A diagnostic for each text that begins before `before` and lies too deep to be read."""
        for start, end in env.get("too_deep", ()):
            if start < before:
                span = Span(original.at(start), original.at(max(start, end)))
                what = f"nested more than {MAX_NESTING} levels deep: {len(span)} characters are left out"
                self._found.append(nested_too_deep.RULE.at(span, what))
