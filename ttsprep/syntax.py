"""What a script is written in, and what is spoken of it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from ttsprep.diagnostics import Diagnostic
from ttsprep.mapped import MappedText
from ttsprep.markup import speak_tag
from ttsprep.source import Source

if TYPE_CHECKING:
    from ttsprep.latex import ReadsFormulas
    from ttsprep.markdown import MarkdownOptions

__all__ = ["Syntax", "spoken_text", "syntax_of"]


class Syntax(StrEnum):
    """What a script is written in."""

    MARKDOWN = "markdown"
    TEXT = "text"
    SSML = "ssml"


_BY_SUFFIX = {
    ".md": Syntax.MARKDOWN,
    ".markdown": Syntax.MARKDOWN,
    ".txt": Syntax.TEXT,
    ".ssml": Syntax.SSML,
    ".xml": Syntax.SSML,
}


def syntax_of(source: Source) -> Syntax:
    """The syntax of a source: by the ending of its name, else SSML where it begins with ``<speak>`` in any case,
    else Markdown.

    >>> syntax_of(Source("你好", "a.txt")), syntax_of(Source("<speak>你好</speak>")), syntax_of(Source("你好"))
    (<Syntax.TEXT: 'text'>, <Syntax.SSML: 'ssml'>, <Syntax.MARKDOWN: 'markdown'>)
    """
    known = _BY_SUFFIX.get(PurePath(source.name).suffix.lower())
    return known or (Syntax.SSML if speak_tag(source.text) else Syntax.MARKDOWN)


def spoken_text(
    source: Source,
    syntax: Syntax,
    markdown: MarkdownOptions | None = None,
    settings: ReadsFormulas | None = None,
) -> tuple[MappedText, tuple[Diagnostic, ...]]:
    """What will be sent of a source: Markdown without its markup, plain text and SSML as they are."""
    if syntax is Syntax.MARKDOWN:
        from ttsprep.markdown import strip

        return strip(source, markdown, settings)
    return MappedText.verbatim(source.text), ()
