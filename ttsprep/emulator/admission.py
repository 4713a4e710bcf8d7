"""Whether a task may start: the parameters of its run-task against the rules of the API page (PAR, SSM, RUN-05)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ttsprep import catalog
from ttsprep.diagnostics import Diagnostic, Severity
from ttsprep.emulator.corrections import Corrections
from ttsprep.emulator.findings import Finding, Outcome
from ttsprep.emulator.modes import Mode, undefaulted
from ttsprep.emulator.replies import Fail, parameter_answer
from ttsprep.emulator.voice import TaskAudio
from ttsprep.protocol import Kind, RunTask
from ttsprep.settings import TaskSettings

__all__ = ["Admission", "admit"]


@dataclass(slots=True)
class Admission:
    """The judgement of one run-task. `refusal` is the answer where it may not start."""

    parameters: Mapping[str, Any]
    """As the service understands them."""
    findings: list[Finding] = field(default_factory=list)
    refusal: Fail | None = None
    settings: TaskSettings | None = None
    ssml: Diagnostic | None = None
    """What stands against SSML text in this task; plain text is spoken all the same."""

    @property
    def with_words(self) -> bool:
        """Whether events carry words (PAR-10): asked for, and the voice has them."""
        impossible = any("PAR-10" in finding.rules for finding in self.findings)
        return self.parameters.get("word_timestamp_enabled") is True and not impossible

    def corrections(self) -> Corrections:
        """What its hot_fix does to the text."""
        assert self.settings is not None
        return Corrections(self.settings.hot_fix)

    def audio(self) -> TaskAudio:
        """How the task is spoken."""
        assert self.settings is not None
        given = self.settings.effective
        hints = given("language_hints")
        return TaskAudio(
            format=given("format"),
            sample_rate=given("sample_rate"),
            volume=given("volume"),
            rate=given("rate"),
            pitch=given("pitch"),
            seed=given("seed"),
            bit_rate=given("bit_rate"),
            language=hints[0] if hints else None,
            voice=self.settings.voice,
        )


def admit(run: RunTask, mode: Mode, region: str) -> Admission:
    """Judge a run-task as the service of a region would."""
    parameters, forgiven = undefaulted(run.parameters) if mode is Mode.OBSERVED else (dict(run.parameters), {})
    admission = Admission(parameters)
    for rule, what in forgiven.items():
        admission.findings.append(_tolerated(rule, what))
    # "model" and "region" are settings of ours, and no parameters.
    strangers = sorted(set(parameters) - set(catalog.parameters()))
    for name in strangers:
        _refuse(admission, "RUN-04", f"{name!r} is no parameter of run-task", name)
    known = {name: value for name, value in parameters.items() if name not in strangers}
    values = {**known, "region": region, "model": run.model}
    admission.settings, found = TaskSettings.check(values, complete=True)
    _judge(admission, found)
    if admission.ssml and admission.refusal is None:
        admission.settings, _ = TaskSettings.check({**values, "enable_ssml": False}, complete=True)
    return admission


def _tolerated(rule: str, what: str) -> Finding:
    remedy = "send what the API page names; the service is known to take this all the same"
    return Finding((rule,), what, remedy, "payload.parameters", Outcome.TOLERATED, says=_asked_by(rule))


def _asked_by(rule: str) -> str:
    """What a rule about the values of a parameter asks, or the rule about parameters that do not exist."""
    for parameter in catalog.parameters().values():
        if parameter.rule == rule:
            return f"{parameter.name} is {' or '.join(map(str, parameter.values))}"
    return Kind.UNEXPECTED_FIELD.says


def _judge(admission: Admission, found: tuple[Diagnostic, ...]) -> None:
    for diagnostic in found:
        rules = _rules_of(diagnostic)
        if rules[0] in ("SSM-01", "SSM-02"):
            admission.ssml = admission.ssml or (diagnostic if diagnostic.severity is Severity.ERROR else None)
        elif diagnostic.severity is Severity.ERROR:
            _refuse(admission, rules[0], diagnostic.message, diagnostic.field)
        elif diagnostic.severity is Severity.WARNING:
            finding = Finding(rules, diagnostic.message, "", diagnostic.field, Outcome.NOTED)
            admission.findings.append(finding)


def _rules_of(diagnostic: Diagnostic) -> tuple[str, ...]:
    """The API rules that were broken: of a diagnostic about several parameters those of its own field only."""
    parameter = _parameter(diagnostic.field)
    return (parameter.rule,) if parameter and parameter.rule in diagnostic.rule.api else diagnostic.rule.api


def _parameter(field_name: str) -> catalog.Parameter | None:
    """The parameter that a field such as ``hot_fix.replace[0]`` belongs to."""
    return catalog.parameters().get(re.split(r"[.\[]", field_name)[0])


def _refuse(admission: Admission, rule: str, message: str, name: str) -> None:
    field_name = f"payload.parameters.{name}"
    parameter = _parameter(name)
    remedy = f"{parameter.name}: {parameter.summary}" if parameter else "leave it out"
    says = "" if parameter else _asked_by(rule)
    admission.findings.append(Finding((rule,), message, remedy, field_name, says=says))
    admission.refusal = admission.refusal or parameter_answer(rule, message, admission.parameters)
