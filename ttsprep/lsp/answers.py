"""Findings and edits as the protocol has them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from lsprotocol import types

from ttsprep.diagnostics import Diagnostic, Edit, Severity, Span
from ttsprep.lint.output.facts import answer
from ttsprep.lsp.documents import Analysis, Document

__all__ = ["NAME", "as_range", "diagnostic", "diagnostics", "text_edits", "workspace_edit"]

NAME: Final = "ttsprep"
_SEVERITIES: Final = {
    Severity.NOTE: types.DiagnosticSeverity.Information,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.ERROR: types.DiagnosticSeverity.Error,
}
_UNNECESSARY: Final = frozenset({"unused-suppression"})
"""Rules whose findings are text that may go."""
_PAGES: Final = Path(__file__).resolve().parent.parent.parent / "docs" / "rules"


def as_range(document: Document, span: Span | None) -> types.Range:
    """A span as a range; without one it is the beginning of the document."""
    start = document.place(span.start if span else 0)
    end = document.place(span.end) if span else start
    return types.Range(types.Position(*start), types.Position(*end))


def diagnostic(document: Document, found: Diagnostic, pages: str = "") -> types.Diagnostic:
    """A finding; `pages` is the address of the rules' pages, with ``{code}`` for the code."""
    page = _PAGES / f"{found.rule.code}.md"
    href = pages.replace("{code}", found.rule.code) or (page.as_uri() if page.is_file() else "")
    says = answer(found)
    elsewhere = f"{found.file}: " if found.file not in ("", document.source.name) else ""
    return types.Diagnostic(
        range=as_range(document, found.span),
        message=elsewhere + found.message + (f"\n{says}" if says else ""),
        severity=_SEVERITIES[found.severity],
        code=found.rule.code,
        code_description=types.CodeDescription(href) if href else None,
        source=NAME,
        tags=[types.DiagnosticTag.Unnecessary] if found.rule.name in _UNNECESSARY else None,
    )


def diagnostics(analysis: Analysis, pages: str = "") -> types.PublishDiagnosticsParams:
    """Everything that was found in a version of a document."""
    document = analysis.document
    found = [diagnostic(document, each, pages) for each in analysis.found]
    return types.PublishDiagnosticsParams(document.uri, found, document.version)


def text_edits(document: Document, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Edits of the source as edits of the document."""
    return [types.TextEdit(as_range(document, edit.span), edit.text) for edit in edits]


def workspace_edit(document: Document, edits: Iterable[Edit]) -> types.WorkspaceEdit:
    """Edits of this version of the document: an editor that has gone on refuses them."""
    named = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(named, text_edits(document, edits))])
