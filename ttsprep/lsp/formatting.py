"""SSML written in one way, by the editor's own command."""

from __future__ import annotations

from lsprotocol import types

from ttsprep.diagnostics import Span
from ttsprep.lint.model import Kind
from ttsprep.lsp.diagnosing import range_of
from ttsprep.lsp.scripts import Script

__all__ = ["format_document"]


def format_document(script: Script) -> list[types.TextEdit]:
    """The edits that bring an SSML document into its one form; none for other documents.

    >>> format_document(Script("file:///a.ssml", "<speak >Hi.</speak>"))[0].new_text
    '<speak>Hi.</speak>'
    """
    from ttsprep.ssml.formatting import formatted

    if script.kind is not Kind.SSML:
        return []
    text = formatted(script.source.text)
    return (
        [] if text == script.source.text else [types.TextEdit(range_of(script, Span(0, len(script.source.text))), text)]
    )
