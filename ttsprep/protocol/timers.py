"""Every wait of the protocol: when it starts, where it runs, how long it may last.

A connection never reads a clock. It keeps a deadline for each timer that runs, says when the next one is due
(`Connection.deadline`) and is told the time (`Connection.tick`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from types import MappingProxyType

from ttsprep.catalog import limits
from ttsprep.protocol.states import State

__all__ = ["RUNS_IN", "Timeouts", "Timer", "WireLimits"]


class Timer(Enum):
    """What is being waited for."""

    TASK_STARTED = "task-started"
    """Client: since run-task."""
    FIRST_AUDIO = "first audio"
    """Client: since the text of a complete sentence, or finish-task, when the task has no audio yet."""
    NEXT_AUDIO = "more audio"
    """Client: since the last sign of life of a task that still owes audio or its task-finished."""
    TEXT = "text"
    """Since the last continue-task, or task-started (CON-02). The server fails the task; the client, somewhat
    earlier, ends it in time (CON-03)."""
    IDLE = "a new task"
    """Since task-finished or the opening (USE-02). The server closes; the client, somewhat earlier, stops using
    the connection."""

    __hash__ = object.__hash__  # as of State


RUNS_IN: Mapping[Timer, frozenset[State]] = MappingProxyType(
    {
        Timer.TASK_STARTED: frozenset({State.STARTING}),
        Timer.FIRST_AUDIO: frozenset({State.RUNNING, State.FINISHING}),
        Timer.NEXT_AUDIO: frozenset({State.RUNNING, State.FINISHING}),
        Timer.TEXT: frozenset({State.RUNNING}),
        Timer.IDLE: frozenset({State.IDLE}),
    }
)
"""A timer is dropped when the connection leaves these states."""


@dataclass(frozen=True, slots=True)
class WireLimits:
    """The service's limits on a connection: counted characters of one continue-task (TXT-01) and of one task
    (TXT-02), continue-task instructions under enable_ssml (SSM-04), seconds between texts (CON-02) and without a
    task (USE-02).
    """

    instruction_characters: int
    task_characters: int
    ssml_instructions: int
    text_seconds: float
    idle_seconds: float

    @classmethod
    def of_service(cls) -> WireLimits:
        """The limits that the catalog states."""
        stated = limits()
        return cls(
            instruction_characters=stated.instruction_text,
            task_characters=stated.task_text,
            ssml_instructions=stated.ssml_instructions,
            text_seconds=stated.text_gap,
            idle_seconds=stated.idle,
        )

    def scaled(self, factor: float) -> WireLimits:
        """The same limits in a world where time runs 1 / `factor` times as fast (an emulator's time scale)."""
        return replace(self, text_seconds=self.text_seconds * factor, idle_seconds=self.idle_seconds * factor)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a client waits, in seconds. The service promises none of these but the opening (NET-01: up to 30 s)
    and the first packet (SPD-01: 0.2 to 0.8 s); the defaults leave it ample room, and every wait ends.

    `text` and `idle` are the shares of the service's own limits after which the client ends a task that gets
    no text (CON-03), and stops reusing a connection (USE-02).
    """

    opening: float = field(default_factory=lambda: float(limits().slow_opening[1]))
    task_started: float = 10.0
    first_audio: float = 20.0
    next_audio: float = 30.0
    closing: float = 2.0
    sending: float = 30.0
    text_share: float = 0.8
    idle_share: float = 0.8

    def __post_init__(self) -> None:
        for name in (entry.name for entry in fields(self)):
            value = getattr(self, name)
            if not 0 < value < float("inf"):
                raise ValueError(f"timeout {name} must be a positive, finite number of seconds, not {value!r}")
        if max(self.text_share, self.idle_share) >= 1:
            raise ValueError("text_share and idle_share are parts of the service's limits: below 1")

    def scaled(self, factor: float) -> Timeouts:
        """The same waits in a world where time runs 1 / `factor` times as fast; shares stay."""
        names = (entry.name for entry in fields(self) if not entry.name.endswith("_share"))
        return replace(self, **{name: getattr(self, name) * factor for name in names})
