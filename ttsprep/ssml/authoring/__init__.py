"""From text that is no SSML to the service's own: as it stands, from Markdown, from Speech Markdown.

`plain`, `markdown` and `speech_markdown` each hold one function that gives an `Authored`. `outline` knows the blocks of
Markdown; `speech_scanner`, `speech_modifiers` and `speech_pauses` know Speech Markdown; `pronunciation` and `escaping`
serve them all.
"""

from __future__ import annotations

from typing import NamedTuple

from ttsprep.diagnostics import Diagnostic
from ttsprep.mapped import MappedText

__all__ = ["Authored"]


class Authored(NamedTuple):
    """An SSML document that knows its source, and what could not be said in it."""

    document: MappedText
    diagnostics: tuple[Diagnostic, ...]

    def __str__(self) -> str:
        return self.document.text
