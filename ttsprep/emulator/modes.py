"""The two modes: ``strict`` forgives nothing, ``observed`` what published clients send and the live service takes.

What is forgiven is logged all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

from ttsprep.protocol import ContinueTask, Departure, FinishTask, Instruction, Kind, RunTask
from ttsprep.protocol.instructions import FIXED_FIELDS

__all__ = ["OBSERVED", "Mode", "undefaulted"]


class Mode(Enum):
    """How strict the emulator is."""

    STRICT = "strict"
    OBSERVED = "observed"

    def forgives(self, departure: Departure, instruction: Instruction | None) -> bool:
        """Whether a departure that is no matter of order passes in this mode."""
        tolerated = OBSERVED.get(departure.kind) if self is Mode.OBSERVED else None
        return tolerated is not None and instruction is not None and tolerated(departure, instruction)


_REPEATED = {f"payload.{name}" for name in (*FIXED_FIELDS, "model")}


def _repeats_run_task(departure: Departure, instruction: Instruction) -> bool:
    if isinstance(instruction, ContinueTask) and departure.field == "payload.input.flush":
        return instruction.flush
    return not isinstance(instruction, RunTask) and departure.field in _REPEATED


def _has_task_id(_departure: Departure, instruction: Instruction) -> bool:
    return instruction.task_id != ""


def _is_flush(_departure: Departure, instruction: Instruction) -> bool:
    return isinstance(instruction, ContinueTask) and instruction.flush


def _is_cancel(departure: Departure, instruction: Instruction) -> bool:
    return isinstance(instruction, FinishTask) and departure.found == repr({"directive": "cancel"})


OBSERVED: Mapping[Kind, Callable[[Departure, Instruction], bool]] = MappingProxyType(
    {
        Kind.TASK_ID_FORM: _has_task_id,
        Kind.TASK_ID_REUSED: _has_task_id,
        Kind.TASK_ID_CHANGED: lambda _departure, _instruction: True,
        Kind.UNEXPECTED_FIELD: _repeats_run_task,
        Kind.TEXT_MISSING: _is_flush,
        Kind.INPUT_NOT_EMPTY: _is_cancel,
    }
)
"""Departure → when it is forgiven. Instructions that come before task-started wait for it (`session`)."""


def undefaulted(parameters: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The parameters as the service understands them, and what had to be forgiven for it: API rule → what.

    >>> undefaulted({"format": "Default", "sample_rate": 0, "type": 0, "rate": 1.5})[0]
    {'rate': 1.5}
    """
    clean, forgiven = dict(parameters), {}
    if clean.get("format") == "Default":
        forgiven["PAR-03"] = 'format "Default" is taken for mp3'
        del clean["format"]
    if clean.get("sample_rate") == 0 and not isinstance(clean["sample_rate"], bool):
        forgiven["PAR-04"] = "sample_rate 0 is taken for the default"
        del clean["sample_rate"]
    if "type" in clean:
        forgiven["RUN-04"] = "type is no parameter of the API page"
        del clean["type"]
    if clean.get("text_type") == "SSML" and clean.get("enable_ssml") is True:
        forgiven["PAR-01"] = 'text_type "SSML" is taken for "PlainText" with enable_ssml'
        clean["text_type"] = "PlainText"
    return clean, forgiven
