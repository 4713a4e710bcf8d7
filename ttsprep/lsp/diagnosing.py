"""Findings as an editor shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lsprotocol import types

from ttsprep.diagnostics import Diagnostic, Severity, Span
from ttsprep.lsp.scripts import Script

__all__ = ["diagnostics", "range_of", "to_client"]

_SEVERITIES: Final[Mapping[Severity, types.DiagnosticSeverity]] = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_UNNECESSARY: Final = frozenset({"unused-suppression"})
"""Rules that find what may go: editors show it faded."""


def diagnostics(script: Script) -> list[types.Diagnostic]:
    """What is wrong with a document. A finding without a place stands at its beginning.

    >>> (found,) = diagnostics(Script("file:///a.ssml", "<speak>𠮷&</speak>"))
    >>> found.range.start, found.range.end
    (0:9, 0:10)
    """
    return [to_client(script, finding.diagnostic) for finding in script.findings]


def to_client(script: Script, found: Diagnostic) -> types.Diagnostic:
    """A diagnostic in the terms of the protocol."""
    page = script.pages.replace("{code}", found.rule.code)
    return types.Diagnostic(
        range=range_of(script, found.span if found.file in ("", script.source.name) and found.span else Span(0, 0)),
        severity=_SEVERITIES[found.severity],
        code=found.rule.code,
        code_description=types.CodeDescription(page) if page else None,
        source="ttsprep",
        tags=[types.DiagnosticTag.Unnecessary] if found.rule.name in _UNNECESSARY else None,
        message=f"{found.file}: {found.message}" if found.file not in ("", script.source.name) else found.message,
    )


def range_of(script: Script, span: Span) -> types.Range:
    """Where a span stands."""
    start, end = script.position(span.start), script.position(span.end)
    return types.Range(types.Position(*start), types.Position(*end))
