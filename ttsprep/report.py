"""Diagnostics as a person or a program reads them: the only place where offsets become lines and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ttsprep.diagnostics import Diagnostic, Severity
from ttsprep.source import Source

__all__ = ["as_dicts", "lines", "summary"]


def lines(diagnostics: Iterable[Diagnostic], source: Source) -> Iterator[str]:
    """One line for each diagnostic, and one more for its fix; lines and columns count from 1.

    >>> from ttsprep.diagnostics import Fix, Rule, Span
    >>> found = Rule("DEM001", "old", Severity.NOTE).at(
    ...     Span(4, 6), "'is' is old", fix=Fix.replace(Span(4, 6), "was", safe=True)
    ... )
    >>> print(*lines([found], Source("it\\n is", name="a.md")), sep="\\n")
    a.md:2:2: DEM001 note: 'is' is old
        fix: replace by 'was'
    """
    for found in diagnostics:
        yield f"{place(found, source)}: {found}"
        if found.fix is not None:
            yield f"    fix: {found.fix.title}" + ("" if found.fix.safe else " (may change what is heard)")


def place(diagnostic: Diagnostic, source: Source) -> str:
    """Where: ``name:line:column``, or the name and the field where a diagnostic has no place in the text."""
    if diagnostic.span is None:
        return f"{source.name}: {diagnostic.field}" if diagnostic.field else source.name
    line, column = source.position(min(diagnostic.span.start, len(source.text)))
    return f"{source.name}:{line}:{column}"


def as_dicts(diagnostics: Iterable[Diagnostic], source: Source) -> list[dict[str, Any]]:
    """The diagnostics as plain values for JSON, with file, line and column beside the span."""
    return [_as_dict(found, source) for found in diagnostics]


def _as_dict(found: Diagnostic, source: Source) -> dict[str, Any]:
    entry = {"file": source.name, **found.as_dict()}
    if found.span is not None:
        entry["line"], entry["column"] = source.position(min(found.span.start, len(source.text)))
    return entry


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many of each severity, worst first: ``2 errors, 1 warning``; empty where there are none.

    >>> summary([])
    ''
    """
    found = [diagnostic.severity for diagnostic in diagnostics]
    counts = [(severity, found.count(severity)) for severity in sorted(Severity, reverse=True)]
    return ", ".join(f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts if count)
