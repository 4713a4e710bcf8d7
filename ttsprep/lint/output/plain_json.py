"""For programs: ``json`` with all in one value, ``json-lines`` with one for each finding. Columns in code points."""

from __future__ import annotations

import json as jsons
from collections.abc import Iterator, Sequence
from typing import Any

from ttsprep.lint.model import Finding, Position, Result
from ttsprep.lint.output.facts import answer, edits
from ttsprep.lint.output.form import OutputOptions

__all__ = ["as_dict", "json", "json_lines"]


def json(results: Sequence[Result], _options: OutputOptions) -> Iterator[str]:
    """``{"version": 1, "findings": [...], "errors": [...]}``; ``errors`` are the files that could not be read."""
    found = [as_dict(result, one) for result in results for one in result.findings]
    errors = [{"file": result.file, "error": result.error} for result in results if result.error]
    yield _text({"version": 1, "findings": found, "errors": errors}, indent=2)


def json_lines(results: Sequence[Result], _options: OutputOptions) -> Iterator[str]:
    """A finding a line; a file that could not be read has ``error``."""
    for result in results:
        for one in result.findings:
            yield _text(as_dict(result, one))
        if result.error:
            yield _text({"file": result.file, "error": result.error})


def _text(value: Any, indent: int | None = None) -> str:
    text = jsons.dumps(value, ensure_ascii=False, indent=indent)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"  # a lone surrogate stands as in JSON: \ud800


def as_dict(result: Result, found: Finding) -> dict[str, Any]:
    """A finding as plain values; lines and columns count from 1, an end is behind the last character."""
    one = found.diagnostic
    shown: dict[str, Any] = {"file": found.file, "code": one.rule.code, "name": one.rule.name}
    shown |= {"severity": str(one.severity), "message": one.message}
    if found.start and found.end:
        shown |= _range(found.start, found.end)
    if one.span is not None:
        shown["span"] = [one.span.start, one.span.end]
    if one.field:
        shown["field"] = one.field
    if said := answer(one):
        shown["note"] = said
    if one.fix is not None:
        mends = [{**_range(start, end), "text": edit.text} for edit, start, end in edits(result, one)]
        shown["fix"] = {"title": one.fix.title, "safe": one.fix.safe, "edits": mends}
    return shown


def _range(start: Position, end: Position) -> dict[str, int]:
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
