"""What stands against the text of a continue-task as SSML (SSM-01 to SSM-03).

What the service answers to a faulty document is not known: where it is not tolerated, the answer is our own and names
the first fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ttsprep import catalog
from ttsprep.diagnostics import Diagnostic, Severity
from ttsprep.emulator.admission import Admission
from ttsprep.emulator.document import is_document
from ttsprep.emulator.findings import Finding, Outcome
from ttsprep.emulator.modes import Mode
from ttsprep.emulator.replies import Fail, parameter_answer, ssml_answer
from ttsprep.markup import is_ssml
from ttsprep.rules import ssml_voice_of_another_model
from ttsprep.source import Source
from ttsprep.ssml.checker import validate

__all__ = ["Objections", "objections"]

_FIELD = "payload.input.text"


class Objections(NamedTuple):
    """What was found, and the answer where the text is not spoken."""

    findings: Sequence[Finding] = ()
    answer: Fail | None = None


def objections(text: str, admission: Admission, mode: Mode) -> Objections:
    """Judge the text of a continue-task."""
    enabled = admission.parameters.get("enable_ssml") is True
    if not (is_document(text) if enabled else is_ssml(text)):
        return Objections()
    if admission.ssml:
        return _unsupported(admission.ssml)
    return _document(Source(text), admission, mode) if enabled else Objections([_not_enabled()])


def _unsupported(objection: Diagnostic) -> Objections:
    says = "SSML needs a model that reads it, and a cloned voice or one marked SSML-enabled"
    remedy = "take such a model and voice, or send plain text"
    finding = Finding(objection.rule.api, objection.message, remedy, _FIELD, says=says)
    return Objections([finding], parameter_answer(objection.rule.api[0], objection.message, {}))


def _not_enabled() -> Finding:
    what = "SSML text without enable_ssml: its tags are spoken"
    says = "SSML is sent with enable_ssml true in run-task"
    return Finding(("SSM-03",), what, "set enable_ssml", _FIELD, Outcome.NOTED, says=says)


def _document(source: Source, admission: Admission, mode: Mode) -> Objections:
    found = validate(source, admission.settings)
    errors = [fault for fault in found if fault.severity is Severity.ERROR]
    findings = [_finding(source, fault, Outcome.NOTED) for fault in found if fault.severity is Severity.WARNING]
    refused = [fault for fault in errors if mode is Mode.STRICT or fault.rule is ssml_voice_of_another_model.RULE]
    if not refused:
        return Objections([*findings, *(_finding(source, fault, Outcome.TOLERATED) for fault in errors)])
    first = refused[0]
    finding = _finding(source, first, Outcome.REFUSED)
    if len(errors) > 1:
        finding = replace(finding, message=f"{finding.message}; and {len(errors) - 1} more faults")
    return Objections([*findings, finding], _answer(source, first, admission))


def _finding(source: Source, fault: Diagnostic, outcome: Outcome) -> Finding:
    rules = fault.rule.api or (fault.rule.code,)
    remedy = fault.fix.title if fault.fix else "ttsprep ssml check shows every fault of the document"
    says = "the text is legal SSML of this service, or plain text"
    return Finding(rules, _placed(source, fault), remedy, _FIELD, outcome, says=says)


def _placed(source: Source, fault: Diagnostic) -> str:
    line, column = source.position(fault.span.start if fault.span else 0)
    return f"line {line}, column {column}: {fault.message}"


def _answer(source: Source, fault: Diagnostic, admission: Admission) -> Fail:
    if fault.rule is not ssml_voice_of_another_model.RULE:
        return ssml_answer(_placed(source, fault))
    assert fault.span is not None and admission.settings is not None
    voice = source.text[fault.span.start : fault.span.end]
    known = catalog.voice(voice, admission.settings.model)
    return parameter_answer("SSM-02" if known else "PAR-02", fault.message, {"voice": voice})
