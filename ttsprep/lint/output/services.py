"""For the pages of code hosts and reviewers: ``github``, ``gitlab``, ``rdjson``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from ttsprep.diagnostics import Severity
from ttsprep.lint.model import Finding, Position, Result
from ttsprep.lint.output.facts import answer, edits, findings
from ttsprep.lint.output.form import OutputOptions
from ttsprep.source import Source

__all__ = ["github", "gitlab", "rdjson"]

# --- GitHub: workflow commands

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github(results: Sequence[Result], _options: OutputOptions) -> Iterator[str]:
    """A command for each finding, which becomes a note beside the line. Columns are given within one line only."""
    for result in results:
        for found in result.findings:
            one, said = found.diagnostic, answer(found.diagnostic)
            properties = {"file": found.file, **_lines(found), "title": f"{one.rule.code} {one.rule.name}"}
            shown = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
            message = one.message + (f"\n{said}" if said else "")
            yield f"::{_COMMANDS[one.severity]} {shown}::{_data(message)}\n"
        if result.error:
            yield f"::error file={_property(result.file)}::{_data(result.error)}\n"


def _lines(found: Finding) -> dict[str, int]:
    if found.start is None or found.end is None:
        return {}
    whole = {"line": found.start.line, "endLine": found.end.line}
    if found.start.line != found.end.line:
        return whole
    return {**whole, "col": found.start.column, "endColumn": found.end.column}


def _data(text: str) -> str:
    return _sendable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sendable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


# --- GitLab: Code Quality report

_GRAVITY: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def gitlab(results: Sequence[Result], _options: OutputOptions) -> Iterator[str]:
    """A report for merge requests. A fingerprint is that of the words, not of the line, so that it outlives changes
    above it.
    """
    seen: dict[str, int] = {}
    rows = []
    for result, found in findings(results):
        begin = found.start.line if found.start else 1
        end = found.end.line if found.end else begin
        rows.append(_quality(found, _fingerprint(result, found, seen), begin, end))
    rows += [_unread(result) for result in results if result.error]
    yield _json(rows)


def _quality(found: Finding, fingerprint: str, begin: int, end: int) -> dict[str, Any]:
    one = found.diagnostic
    return {
        "description": f"{one.rule.code}: {one.message}",
        "check_name": one.rule.name,
        "fingerprint": fingerprint,
        "severity": _GRAVITY[one.severity],
        "location": {"path": found.file, "lines": {"begin": begin, "end": end}},
    }


def _unread(result: Result) -> dict[str, Any]:
    digest = hashlib.sha256(_sendable(f"{result.file}\0{result.error}").encode()).hexdigest()
    where = {"path": result.file, "lines": {"begin": 1}}
    about = {"description": result.error, "check_name": "unreadable-file", "fingerprint": digest}
    return {**about, "severity": "critical", "location": where}


def _fingerprint(result: Result, found: Finding, seen: dict[str, int]) -> str:
    one = found.diagnostic
    words = one.span.of(result.source.text) if result.source is not None and one.span is not None else ""
    key = "\0".join((found.file, one.rule.code, one.message, words))
    seen[key] = seen.get(key, 0) + 1
    return hashlib.sha256(_sendable(f"{key}\0{seen[key]}").encode()).hexdigest()


# --- reviewdog: rdjson


def rdjson(results: Sequence[Result], _options: OutputOptions) -> Iterator[str]:
    """What reviewdog reads. Its columns count bytes of UTF-8."""
    rows = [_reviewed(result, found) for result, found in findings(results)]
    rows += [
        {"message": result.error, "location": {"path": result.file}, "severity": "ERROR"}
        for result in results
        if result.error
    ]
    yield _json({"source": {"name": "ttsprep"}, "diagnostics": rows})


_SEVERITY: Final = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def _reviewed(result: Result, found: Finding) -> dict[str, Any]:
    one, said = found.diagnostic, answer(found.diagnostic)
    where: dict[str, Any] = {"path": found.file}
    if found.start and found.end:
        where["range"] = _bytes(result.source, found.start, found.end)
    row = {
        "message": one.message + (f"; {said}" if said else ""),
        "location": where,
        "severity": _SEVERITY[one.severity],
        "code": {"value": one.rule.code},
    }
    mends = edits(result, one)
    suggestions = [{"range": _bytes(result.source, start, end), "text": edit.text} for edit, start, end in mends]
    return {**row, "suggestions": suggestions} if suggestions else row


def _bytes(source: Source | None, start: Position, end: Position) -> dict[str, dict[str, int]]:
    places = {"start": start, "end": end}
    return {name: {"line": at.line, "column": _column(source, at)} for name, at in places.items()}


def _column(source: Source | None, at: Position) -> int:
    if source is None:
        return at.column
    return len(source.line(at.line)[: at.column - 1].encode("utf-8", "surrogatepass")) + 1


def _json(value: Any) -> str:
    return _sendable(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"
