"""SARIF 2.1.0 (OASIS, 2020): what code scanning of GitHub and others reads. Columns in code points, as it says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from ttsprep.diagnostics import Fix, Rule, Severity
from ttsprep.lint.model import Finding, Position, Result
from ttsprep.lint.output.facts import answer, edits, uri
from ttsprep.lint.output.form import OutputOptions

__all__ = ["SCHEMA", "sarif"]

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(results: Sequence[Result], _options: OutputOptions) -> Iterator[str]:
    """One run. Suppressed findings are in it, marked as such; files that could not be read are notifications."""
    from ttsprep import __version__

    each = [(result, found) for result in results for found in (*result.findings, *result.suppressed)]
    rules = sorted({found.diagnostic.rule.code: found.diagnostic.rule for _, found in each}.values(), key=_code)
    index = {rule.code: at for at, rule in enumerate(rules)}
    driver = {"name": "ttsprep", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(results)],
        "results": [_result(result, found, index) for result, found in each],
    }
    text = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
    yield text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _code(rule: Rule) -> str:
    return rule.code


def _rule(rule: Rule) -> dict[str, Any]:
    from ttsprep.rules import documentation, page

    about = page(rule.code)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": about.title},
        "fullDescription": {"text": f"{about.what} {about.why}"},
        "help": {"text": about.why, "markdown": documentation(rule.code)},
        "defaultConfiguration": {"level": _level(rule.severity)},
        "properties": {"tags": [rule.code[:3], *rule.api]},
    }


def _level(severity: Severity) -> str:
    return str(severity)  # note, warning and error are its words too


def _invocation(results: Sequence[Result]) -> dict[str, Any]:
    failed = [result for result in results if result.error]
    notes = [
        {
            "level": "error",
            "message": {"text": result.error},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(result.file)}}}],
        }
        for result in failed
    ]
    return {"executionSuccessful": not failed, "toolExecutionNotifications": notes}


def _result(result: Result, found: Finding, index: dict[str, int]) -> dict[str, Any]:
    one = found.diagnostic
    said = answer(one)
    place: dict[str, Any] = {"artifactLocation": {"uri": uri(found.file)}}
    if found.start and found.end:
        place["region"] = _region(found.start, found.end)
    shown: dict[str, Any] = {
        "ruleId": one.rule.code,
        "ruleIndex": index[one.rule.code],
        "level": _level(one.severity),
        "message": {"text": one.message + (f"; {said}" if said else "")},
        "locations": [{"physicalLocation": place}],
    }
    if one.fix is not None and one.fix.edits and result.source is not None:
        shown["fixes"] = [_fix(result, found, one.fix)]
    if found.suppressed is not None:
        reason = {"justification": found.suppressed} if found.suppressed else {}
        shown["suppressions"] = [{"kind": "inSource", **reason}]
    return shown


def _region(start: Position, end: Position) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(result: Result, found: Finding, fix: Fix) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(start, end), "insertedContent": {"text": edit.text}}
        for edit, start, end in edits(result, found.diagnostic)
    ]
    change = {"artifactLocation": {"uri": uri(found.file)}, "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}
