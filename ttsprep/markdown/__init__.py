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

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from ttsprep.diagnostics import Diagnostic
from ttsprep.mapped import MappedText
from ttsprep.markdown._front_matter import front_matter_end
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
    from ttsprep.markdown._reading import Reader  # markdown-it-py takes a while to import

    reader = Reader(options or MarkdownOptions(), settings)
    text = Source.of(source).text
    front = front_matter_end(text, final=True) or 0
    with _collector_paused():
        spoken = reader.read(text[front:], front)
    reader.end()
    return Stripped(spoken, reader.diagnostics)


def outline(source: Source | str) -> list[Part]:
    """What stands where: headings, links, images, code, tables, list items, HTML, each with its place in the source.

    >>> [(part.shape.value, part.text) for part in outline("See [this](https://a.de/b) and `that`.")]
    [('link', 'this'), ('code', 'that')]
    """
    from ttsprep.markdown._outline import outline as parts

    with _collector_paused():
        return list(parts(Source.of(source).text))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """The collector of cycles would look through all tokens time and again, and find none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
