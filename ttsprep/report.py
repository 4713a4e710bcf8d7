"""Diagnostics as a person reads them: the only place where offsets become lines and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ttsprep.diagnostics import Diagnostic
from ttsprep.source import Source

__all__ = ["lines", "place"]

_UNSURE = " (if that is what was meant)"


def lines(diagnostics: Iterable[Diagnostic], *sources: Source) -> Iterator[str]:
    r"""One line for each diagnostic, and one more for its fix; lines and columns count from 1.

    The first source is the script at hand; diagnostics that name another file are placed in the source of that name.

    >>> from ttsprep.diagnostics import Fix, Rule, Severity, Span
    >>> found = Rule("DEM001", "old", Severity.NOTE).at(
    ...     Span(4, 6), "'is' is old", fix=Fix.replace(Span(4, 6), "was", safe=True)
    ... )
    >>> print(*lines([found], Source("it\n is", name="a.md")), sep="\n")
    a.md:2:2: DEM001 note: 'is' is old
        fix: replace by 'was'
    """
    by_name = {source.name: source for source in sources}
    for found in diagnostics:
        source = by_name.get(found.file) if found.file else sources[0] if sources else None
        yield f"{place(found, source)}: {found}"
        if found.fix is not None:
            yield f"    fix: {found.fix.title}" + ("" if found.fix.safe or not found.fix.edits else _UNSURE)


def place(diagnostic: Diagnostic, source: Source | None) -> str:
    """Where: ``name:line:column``, or the name and the field where it has no place in the text of `source`."""
    if source is None or diagnostic.span is None:
        name = diagnostic.file or (source.name if source else "")
        return ": ".join(filter(None, (name, diagnostic.field))) or "input"
    line, column = source.position(min(diagnostic.span.start, len(source.text)))
    return f"{source.name}:{line}:{column}"
