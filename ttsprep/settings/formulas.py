"""Whether the service reads the LaTeX formulas of a text aloud (TXT-07)."""

from __future__ import annotations

from collections.abc import Sequence

from ttsprep import catalog
from ttsprep.diagnostics import Diagnostic, Severity, Span
from ttsprep.rules import formula_not_read

__all__ = ["formula_findings"]

_LANGUAGE = "zh"


def formula_findings(
    region: str, model: str, voice: str, language_hints: Sequence[str] | None, span: Span
) -> tuple[Diagnostic, ...]:
    """What stands against a formula at `span`; a model or voice that the catalog does not know is trusted."""
    known, speaker = catalog.model(model), catalog.voice(voice, model)
    support = known.supports("latex", region) if known else None
    if support and support.severity:
        doubt = "" if support.severity is Severity.ERROR else f": {support.stated}"
        return (formula_not_read.RULE.at(span, f"{model} reads no formulas{doubt}"),)
    if language_hints and language_hints[0] != _LANGUAGE:
        words = f"formulas are read in Chinese only, not in {language_hints[0]}"
    elif speaker and not speaker.speaks(_LANGUAGE):
        words = f"formulas are read in Chinese only; voice {voice} speaks {', '.join(speaker.languages)}"
    else:
        return ()
    return (formula_not_read.RULE.at(span, words),)
