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

from typing import TYPE_CHECKING, NamedTuple

from ttsprep.diagnostics import Diagnostic
from ttsprep.mapped import MappedText
from ttsprep.markdown._options import (
    Addresses,
    Announcements,
    Breaks,
    Code,
    Emoji,
    Footnotes,
    Formulas,
    Images,
    MarkdownOptions,
    Tables,
    Tasks,
)
from ttsprep.markdown._stream import MarkdownStream
from ttsprep.source import Source

if TYPE_CHECKING:
    from ttsprep.latex import ReadsFormulas
    from ttsprep.markdown._outline import Part

__all__ = [
    "Addresses",
    "Announcements",
    "Breaks",
    "Code",
    "Emoji",
    "Footnotes",
    "Formulas",
    "Images",
    "MarkdownOptions",
    "MarkdownStream",
    "Stripped",
    "Tables",
    "Tasks",
    "outline",
    "strip",
]


class Stripped(NamedTuple):
    """What `strip` returns."""

    text: MappedText
    diagnostics: tuple[Diagnostic, ...]


def strip(
    source: Source | str, options: MarkdownOptions | None = None, settings: ReadsFormulas | None = None
) -> Stripped:
    """What is heard of a Markdown text.

    Bad Markdown does not exist; diagnostics name text that is left out and hardly meant so
    (MDN001 to MDN004), and what could not be read in a formula (MTH…). `settings`, a `ttsprep.TaskSettings`, tell
    `Formulas.AUTO` whether the model reads formulas; without any they are read in words.

    >>> strip("**注意：**请看 $x^2$。").text.text
    '注意：请看 x的平方。'
    """
    from ttsprep.markdown._document import Document  # markdown-it-py takes a while to import

    return Stripped(*Document(source).heard(options, settings))


def outline(source: Source | str) -> list[Part]:
    """What stands where: headings, links, images, code, tables, list items, HTML, each with its place in the source.

    >>> [(part.shape.value, part.text) for part in outline("See [this](https://a.de/b) and `that`.")]
    [('link', 'this'), ('code', 'that')]
    """
    from ttsprep.markdown._document import Document

    return Document(source).outline()
