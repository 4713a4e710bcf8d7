"""What the service answers to each departure: one table for the protocol, one for the parameters.

Where the service's own words are known they come from the catalog. Where the API page gives a rule but not the
answer, the answer is InvalidParameter with a text of our own, marked ``[emulator]`` so that nobody takes it for the
service's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from ttsprep.catalog import error
from ttsprep.protocol import Departure, Kind

__all__ = ["ANSWERS", "PARAMETER_ANSWERS", "TEXT_TIMEOUT", "Close", "Fail", "answer", "parameter_answer", "ssml_answer"]

MARK: Final = "[emulator]"
_INVALID: Final = "InvalidParameter"


@dataclass(frozen=True, slots=True)
class Fail:
    """task-failed with this code and message; the connection is closed after it (EVT-06)."""

    error_message: str
    error_code: str = _INVALID


@dataclass(frozen=True, slots=True)
class Close:
    """The connection is closed with this code, without an event."""

    code: int
    reason: str


def _known(failure: str) -> Fail:
    """The service's own words for a failure, by its id in the catalog."""
    return Fail(error(failure).says)


OWN: Final = Fail(f"{MARK} {{departure}}; {{remedy}}")
"""The answer where the service's is not known."""
TASK_NULL: Final = _known("no-input")
NULL_CLOSE: Final = Close(1007, error("invalid-payload").says)
"""What the service sometimes does instead of `TASK_NULL`."""
MISSING: Final = Fail(error("missing-parameter").says.replace("payload.model", "{field}"))

ANSWERS: Mapping[Kind, Fail | Close] = MappingProxyType(
    {
        Kind.BINARY_FRAME: Close(1003, f"{MARK} instructions are text frames"),
        Kind.NOT_JSON: Close(1007, f"{MARK} not JSON in UTF-8"),
        Kind.ACTION: OWN,
        Kind.STREAMING: OWN,
        Kind.TASK_ID_FORM: OWN,
        Kind.TASK_ID_REUSED: OWN,
        Kind.TASK_ID_CHANGED: OWN,
        Kind.FIELD_MISSING: MISSING,
        Kind.FIELD_WRONG: OWN,
        Kind.NOT_AN_OBJECT: OWN,
        Kind.MODEL_MISSING: MISSING,
        Kind.INPUT_MISSING: TASK_NULL,
        Kind.UNEXPECTED_FIELD: TASK_NULL,
        Kind.TEXT_IN_RUN_TASK: TASK_NULL,
        Kind.TEXT_MISSING: TASK_NULL,
        Kind.INPUT_NOT_EMPTY: OWN,
        Kind.NO_TASK: OWN,
        Kind.NOT_STARTED: OWN,
        Kind.TASK_OPEN: _known("task-still-running"),
        Kind.AFTER_FINISH: OWN,
        Kind.SECOND_SSML: _known("second-ssml-text"),
        Kind.INSTRUCTION_TOO_LONG: OWN,
        Kind.TASK_TOO_LONG: OWN,
        Kind.UNSENDABLE_TEXT: Close(1007, f"{MARK} NUL or lone surrogate"),
        Kind.NO_TEXT: _known("text-not-speakable"),
    }
)
"""Departure → answer. What a client can do only after the end of the connection has none."""

PARAMETER_ANSWERS: Mapping[str, Fail] = MappingProxyType(
    {
        "PAR-02": _known("voice-not-of-model"),
        "PAR-03": _known("format-invalid"),
        "PAR-13": _known("instruction-refused"),
        "SSM-01": _known("ssml-not-supported"),
        "SSM-02": _known("ssml-not-supported"),
    }
)
"""API rule of a parameter → answer; every other rule is answered in our own words."""
VOICE_MISSING: Final = _known("voice-missing")
TEXT_TIMEOUT: Final = Fail(re.sub("[0-9]+", "{seconds:g}", error("text-timeout").says))
RATE_QUOTA: Final = Fail(error("rate-limit").says, "Throttling.RateQuota")


def answer(departure: Departure, *, null_closes: bool = False) -> Fail | Close:
    """What the service answers to a departure; `null_closes` picks close 1007 where it may do either.

    >>> answer(Departure(Kind.MODEL_MISSING, "payload.model")).error_message
    "Missing required parameter 'payload.model'! Please follow the protocol!"
    """
    found = ANSWERS[departure.kind]
    if found is TASK_NULL and null_closes:
        return NULL_CLOSE
    if isinstance(found, Close):
        return found
    facts = {"departure": departure, "remedy": departure.kind.remedy, "field": departure.field}
    return Fail(found.error_message.format_map(facts), found.error_code)


def parameter_answer(rule: str, message: str, parameters: Mapping[str, Any]) -> Fail:
    """What the service answers to a parameter that breaks an API rule.

    >>> parameter_answer("PAR-02", "no voice", {}).error_message
    'Request voice is invalid!'
    """
    if rule == "PAR-02" and not (isinstance(parameters.get("voice"), str) and parameters["voice"]):
        return VOICE_MISSING
    return PARAMETER_ANSWERS.get(rule) or Fail(f"{MARK} {rule}: {message}")


def ssml_answer(fault: str) -> Fail:
    """The answer to a faulty SSML document; the service's own is not known.

    >>> ssml_answer("line 1, column 9: unknown element").error_message
    '[emulator] SSML: line 1, column 9: unknown element'
    """
    return Fail(f"{MARK} SSML: {fault}")
