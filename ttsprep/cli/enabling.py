"""SSML on the command line is sent as SSML: enable_ssml is set for it where nobody said otherwise (SSM-03)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ttsprep.diagnostics import Diagnostic, DiagnosticError, Severity

if TYPE_CHECKING:
    from ttsprep.cli.inputs import Script
    from ttsprep.payloads import Plan
    from ttsprep.settings import TaskSettings

__all__ = ["plan_of"]


def plan_of(script: Script, settings: TaskSettings) -> Plan | None:
    """The plan of a script, diagnostics printed, with enable_ssml where the script is SSML and the settings are silent.

    None where a model or voice does not go with SSML: the errors are printed as the script's own.
    """
    from ttsprep.pipeline import prepare

    enabled = _enabled(script, settings)
    if enabled is None:
        return None
    plan = prepare(script.source, enabled, syntax=script.syntax, markdown=script.markdown, lexicon=script.lexicon)
    script.report(found for found in plan.diagnostics if found not in enabled.diagnostics)
    return plan


def _enabled(script: Script, settings: TaskSettings) -> TaskSettings | None:
    from ttsprep.syntax import Syntax, syntax_of

    syntax = script.syntax or syntax_of(script.source)
    if settings.enable_ssml is not None or syntax != Syntax.SSML:
        return settings
    script.report([_note()])
    try:
        enabled = settings.replace(enable_ssml=True)
    except DiagnosticError as error:
        script.report(_new(error.diagnostics, settings))
        return None
    script.report(_new(enabled.diagnostics, settings))
    return enabled


def _note() -> Diagnostic:
    from ttsprep.rules import ssml_not_enabled

    what = "enable_ssml is set for this script, which is SSML (--no-enable-ssml sends it without)"
    return ssml_not_enabled.RULE.at(None, what, severity=Severity.NOTE, field="enable_ssml")


def _new(found: Iterable[Diagnostic], settings: TaskSettings) -> list[Diagnostic]:
    """What was not said of the settings before; those of a file had a place in it, and have none now."""
    known = {(each.rule, each.message) for each in settings.diagnostics}
    return [each for each in found if (each.rule, each.message) not in known]
