"""Faults on request: what can go wrong with a service, made to happen at a step of one's choice.

`FAULTS` is the table. A fault is asked for as ``NAME[:ARGUMENT][=STEP[:N]][xTIMES]``:

    >>> Fault.parse("close-1011=continue-task:2")
    Fault(name='close-1011', argument='', step=<Step.CONTINUE_TASK: 'continue-task'>, ordinal=2, times=None)
    >>> Fault.parse("503x2")
    Fault(name='503', argument='', step=<Step.CONNECT: 'connect'>, ordinal=1, times=2)

It happens each time the step is reached, in every task, or only the first TIMES times, so that a client's second
try succeeds.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Protocol

from ttsprep.emulator.frames import WHOLE
from ttsprep.likeness import suggest

__all__ = ["FAULTS", "Fault", "FaultKind", "Faults", "Step", "Target"]


class Step(Enum):
    """When a fault happens. Those that can come several times in a task are counted from 1."""

    CONNECT = "connect"
    """The opening handshake."""
    RUN_TASK = "run-task"
    """run-task has arrived."""
    STARTED = "started"
    """task-started has been sent."""
    CONTINUE_TASK = "continue-task"
    """The Nth continue-task has arrived."""
    SENTENCE = "sentence"
    """The Nth sentence is about to be spoken."""
    AUDIO = "audio"
    """The Nth binary frame of the task has been sent."""
    FINISH_TASK = "finish-task"
    """finish-task has arrived."""
    FINISHED = "finished"
    """All audio has been sent, and task-finished is due."""


class Target(Protocol):
    """What a fault can do to a connection."""

    frame_size: int | None
    unknown_fields: bool
    half_then_reset: bool
    previous_task_id: str

    @property
    def task_id(self) -> str: ...
    async def close(self, code: int, reason: str = "") -> None: ...
    async def abort(self) -> None: ...
    def fall_silent(self) -> None: ...
    async def fail(self, message: str, code: str = ...) -> None: ...
    async def write(self, frame: str | bytes) -> None: ...
    async def write_event(self, event: str, task_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One row of the table: what happens, when unless told otherwise, what ARGUMENT means.

    `act` makes it happen; a fault of the handshake has a `status` or a delay instead. After one that `breaks` the
    conversation nobody can tell what a client should do on this connection: what it does is excused.
    """

    summary: str
    default: Step
    act: Callable[[Target, str], Awaitable[None]] | None = None
    status: int = 0
    argument: str = ""
    breaks: bool = False


async def _close_1007(target: Target, reason: str) -> None:
    await target.close(1007, reason or "Invalid payload data")


async def _close_1011(target: Target, reason: str) -> None:
    await target.close(1011, reason or "internal error")


async def _close_1006(target: Target, _argument: str) -> None:
    await target.abort()


async def _silence(target: Target, _argument: str) -> None:
    target.fall_silent()


async def _task_failed(target: Target, argument: str) -> None:
    code, _, message = argument.partition(":")
    await target.fail(message or "[emulator] the fault task-failed", code or "InternalError")


async def _half_then_reset(target: Target, _argument: str) -> None:
    target.half_then_reset = True


async def _one_byte_frames(target: Target, _argument: str) -> None:
    target.frame_size = 1


async def _huge_frame(target: Target, _argument: str) -> None:
    target.frame_size = WHOLE


async def _unknown_fields(target: Target, _argument: str) -> None:
    target.unknown_fields = True


async def _unknown_event(target: Target, _argument: str) -> None:
    await target.write_event("result-imagined", target.task_id)


async def _malformed_event(target: Target, _argument: str) -> None:
    await target.write('{"header": {"event": "result-generated", ')


_ALIEN = "f" * 32


async def _alien_events(target: Target, _argument: str) -> None:
    for event in ("result-generated", "task-finished", "task-failed"):
        await target.write_event(event, _ALIEN)


async def _late_events(target: Target, _argument: str) -> None:
    if not target.previous_task_id:
        return
    for event in ("task-started", "result-generated", "task-finished"):
        await target.write_event(event, target.previous_task_id)


FAULTS: Mapping[str, FaultKind] = MappingProxyType(
    {
        "401": FaultKind("the handshake is refused: the key is bad", Step.CONNECT, status=401),
        "403": FaultKind("the handshake is refused: the key may not do this", Step.CONNECT, status=403),
        "503": FaultKind("the handshake is refused: the service is overloaded", Step.CONNECT, status=503),
        "slow-opening": FaultKind("the handshake takes SECONDS", Step.CONNECT, argument="SECONDS"),
        "close-1007": FaultKind("the connection is closed as for a bad payload", Step.RUN_TASK, _close_1007),
        "close-1011": FaultKind("the connection is closed for an internal error", Step.CONTINUE_TASK, _close_1011),
        "close-1006": FaultKind(
            "the TCP connection is reset, without a closing frame", Step.CONTINUE_TASK, _close_1006
        ),
        "silence": FaultKind("nothing comes any more, but pings are answered", Step.FINISH_TASK, _silence, breaks=True),
        "task-failed": FaultKind(
            "task-failed with a CODE and a MESSAGE", Step.SENTENCE, _task_failed, argument="CODE:MESSAGE"
        ),
        "half-then-reset": FaultKind("half of a sentence's audio, then a reset", Step.SENTENCE, _half_then_reset),
        "late-events": FaultKind("events of the task before on the connection come again", Step.STARTED, _late_events),
        "alien-events": FaultKind("events of a task that the client never had", Step.STARTED, _alien_events),
        "one-byte-frames": FaultKind("audio comes in frames of one byte", Step.STARTED, _one_byte_frames),
        "huge-frame": FaultKind("the audio of a sentence comes in one frame", Step.STARTED, _huge_frame),
        "unknown-event": FaultKind("an event that no page names", Step.STARTED, _unknown_event),
        "unknown-fields": FaultKind("every event carries fields that no page names", Step.RUN_TASK, _unknown_fields),
        "malformed-event": FaultKind("a text frame that is not JSON", Step.SENTENCE, _malformed_event, breaks=True),
        "no-task-finished": FaultKind("task-finished never comes", Step.FINISHED, _silence, breaks=True),
    }
)

_SPEC = re.compile(r"([^:=]+?)(?::(.*?))?(?:=([a-z-]+)(?::(\d+))?)?(?:x(\d+))?")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of `FAULTS`, when it happens (the `ordinal` th time of a step) and how often in all (None: always)."""

    name: str
    argument: str = ""
    step: Step | None = None
    ordinal: int = 1
    times: int | None = None

    def __post_init__(self) -> None:
        kind = FAULTS.get(self.name)
        if kind is None:
            raise ValueError(_unknown("fault", self.name, FAULTS))
        step = self.step or kind.default
        if (step is Step.CONNECT) != (kind.default is Step.CONNECT):
            raise ValueError(f"the fault {self.name} cannot happen at {step.value}")
        if self.ordinal < 1 or (self.times is not None and self.times < 1):
            raise ValueError("a fault's step and times are counted from 1")
        if self.name == "slow-opening" and not _is_seconds(self.argument):
            raise ValueError("slow-opening needs its SECONDS: slow-opening:12")
        object.__setattr__(self, "step", step)

    @classmethod
    def parse(cls, text: str) -> Fault:
        """The fault that a ``NAME[:ARGUMENT][=STEP[:N]][xTIMES]`` asks for. Raises ValueError.

        >>> Fault.parse("clos-1011")
        Traceback (most recent call last):
        ...
        ValueError: there is no fault 'clos-1011' (did you mean close-1011?)
        """
        found = _SPEC.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"a fault is NAME[:ARGUMENT][=STEP[:N]][xTIMES], not {text!r}")
        name, argument, step, ordinal, times = found.groups()
        steps = {known.value: known for known in Step}
        if step is not None and step not in steps:
            raise ValueError(_unknown("step", step, steps))
        at = steps[step] if step else None
        return cls(name, argument or "", at, int(ordinal or 1), int(times) if times else None)

    @property
    def kind(self) -> FaultKind:
        return FAULTS[self.name]


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    meant = suggest(name, known)
    hint = f"did you mean {meant}?" if meant else f"there are {', '.join(known)}"
    return f"there is no {what} {name!r} ({hint})"


def _is_seconds(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None


class Faults:
    """The faults of one emulator, and how often each has yet to happen."""

    def __init__(self, faults: Iterable[Fault | str] = ()) -> None:
        wanted = [Fault.parse(fault) if isinstance(fault, str) else fault for fault in faults]
        self._left: list[tuple[Fault, list[int | None]]] = [(fault, [fault.times]) for fault in wanted]

    def __bool__(self) -> bool:
        return bool(self._left)

    def due(self, step: Step, ordinal: int = 1) -> list[Fault]:
        """The faults that happen now, each counted down."""
        now = []
        for fault, left in self._left:
            if fault.step is step and fault.ordinal == ordinal and left[0] != 0:
                left[0] = None if left[0] is None else left[0] - 1
                now.append(fault)
        return now
