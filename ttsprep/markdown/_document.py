"""A Markdown text that is parsed once, for those who hear it and those who look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ttsprep.collecting import collector_paused
from ttsprep.diagnostics import Diagnostic
from ttsprep.mapped import MappedText
from ttsprep.markdown._front_matter import front_matter_end
from ttsprep.markdown._options import MarkdownOptions
from ttsprep.markdown._outline import Part, outlined
from ttsprep.markdown._places import Original
from ttsprep.markdown._reading import Reader
from ttsprep.source import Source

if TYPE_CHECKING:
    from ttsprep.latex import ReadsFormulas

__all__ = ["Document"]


class Document:
    """What the parser says of a whole text.

    >>> document = Document("# See [this](https://a.de/b)")
    >>> document.heard()[0].text, [part.shape.value for part in document.outline()]
    ('See this.', ['link', 'heading'])
    """

    def __init__(self, source: Source | str) -> None:
        text, reader = Source.of(source).text, Reader(MarkdownOptions())
        front = front_matter_end(text, final=True) or 0
        self._original = Original(text[front:], front)
        self._env: dict[str, Any] = {"references": reader.references}
        with collector_paused():
            self._tokens = reader.blocks(self._original, self._env)
            reader.inlines(self._tokens, self._env)

    def heard(
        self, options: MarkdownOptions | None = None, settings: ReadsFormulas | None = None
    ) -> tuple[MappedText, tuple[Diagnostic, ...]]:
        """What `ttsprep.markdown.strip` returns."""
        reader = Reader(options or MarkdownOptions(), settings)
        with collector_paused():
            heard = reader.hear(self._tokens, self._original, self._env)
        reader.end()
        return heard, reader.diagnostics

    def outline(self) -> list[Part]:
        """What `ttsprep.markdown.outline` returns."""
        with collector_paused():
            return list(outlined(self._tokens, self._original))
