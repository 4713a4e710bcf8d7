"""Language and instruction against the voice."""

from __future__ import annotations

from ttsprep import catalog, directions
from ttsprep.counting import count_plain
from ttsprep.diagnostics import Severity
from ttsprep.rules import (
    instruction_format,
    instruction_may_be_too_long,
    instruction_not_of_voice,
    instruction_too_long,
    language_not_of_voice,
    several_language_hints,
)
from ttsprep.settings.draft import Draft, objection, quoted, service_answers

__all__ = ["check_instruction", "check_language"]


def check_language(draft: Draft) -> None:
    """One language hint, which the voice speaks (PAR-12)."""
    hints = draft.get("language_hints")
    if hints is None:
        return
    if not hints:
        draft.report(several_language_hints.RULE, "language_hints", "language_hints is empty and has no effect")
        return
    if len(hints) > 1:
        message = f"only the first of {len(hints)} language_hints acts: {hints[0]}"
        draft.report(several_language_hints.RULE, "language_hints", message)
    voice = draft.voice
    if voice and not voice.speaks(hints[0]):
        message = f"voice {voice.id} speaks {', '.join(voice.languages)}, not {hints[0]}"
        draft.report(language_not_of_voice.RULE, ("language_hints", 0), message)


def check_instruction(draft: Draft) -> None:
    """The length of the instruction, and whether the voice takes it (PAR-13)."""
    _length(draft)
    _of_voice(draft)


def _length(draft: Draft) -> None:
    text, limit = draft.get("instruction"), catalog.limits().instruction
    if text is None:
        return
    answer = f"{service_answers('instruction-refused')}"
    if len(text) > limit:
        message = f"instruction has {len(text)} characters, more than {limit}; {answer}"
        draft.report(instruction_too_long.RULE, "instruction", message)
    elif count_plain(text) > limit:
        message = (
            f"instruction counts {count_plain(text)} (Han 2), more than {limit}; if the service counts so, {answer}"
        )
        draft.report(instruction_may_be_too_long.RULE, "instruction", message)


def _of_voice(draft: Draft) -> None:
    if not draft.get("instruction"):
        return
    rule = instruction_not_of_voice.RULE
    if draft.voice and not draft.voice.instruct:
        message = f"voice {draft.voice.id} takes no instruction; {service_answers('instruction-refused')}"
        draft.report(rule, "instruction", message)
    elif draft.voice:
        _format(draft, draft.voice)
    elif draft.has_cloned_voice:
        objection(draft, draft.support("instruction_cloned"), rule, "instruction", "takes no instruction")


def _format(draft: Draft, voice: catalog.Voice) -> None:
    text: str = draft.get("instruction")
    fit = directions.fits(text, voice.id, voice.model)
    if fit is directions.Fit.NO:
        meant = directions.nearest(text, voice.id, voice.model)
        hint = f" (did you mean {meant}?)" if meant else f"; see ttsprep instructions --voice {voice.id}"
        message = f"instruction {quoted(text)} is none of the sentences that {voice.id} takes{hint}"
        draft.report(
            instruction_format.RULE,
            "instruction",
            f"{message}; {service_answers('instruction-refused')}",
            instead=meant,
        )
    elif fit is directions.Fit.DISPUTED:
        message = (
            f"instruction {quoted(text)} is in an example of the voice list, but not in its table of {voice.model}"
        )
        draft.report(instruction_format.RULE, "instruction", message, severity=Severity.WARNING)
