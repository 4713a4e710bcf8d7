"""One connection in the role of the client or of the server: the transition table, the guards and the timers together.

No sockets and no clock: `send` turns a message into the frame to write, `receive` turns a frame that was read into a
message, `deadline` and `tick` keep the time. When `send` or `receive` raises, the connection is as it was before.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from ttsprep.protocol.departures import Departure, Kind
from ttsprep.protocol.errors import ConnectionLost, LocalProtocolError, RemoteProtocolError
from ttsprep.protocol.events import (
    Audio,
    Event,
    Ignored,
    TaskFailedEvent,
    parse_event,
)
from ttsprep.protocol.guards import GUARDS, Ledger, TaskRecord
from ttsprep.protocol.instructions import ContinueTask, FinishTask, Instruction, RunTask, parse_instruction
from ttsprep.protocol.states import Message, Role, State, next_state
from ttsprep.protocol.timers import RUNS_IN, Timeouts, Timer, WireLimits

__all__ = ["ClientConnection", "Connection", "ServerConnection"]

_UNDER_WAY: Final = (State.STARTING, State.RUNNING, State.FINISHING)
_OVER: Final = (State.FAILED, State.CLOSED)

_ORDER_FAULTS: Final = {
    State.IDLE: Kind.NO_TASK,
    State.STARTING: Kind.NOT_STARTED,
    State.FINISHING: Kind.AFTER_FINISH,
    State.FAILED: Kind.AFTER_FAILURE,
    State.CLOSED: Kind.CONNECTION_CLOSED,
}
"""What an instruction out of order is called, by the state it came in."""


class Connection(ABC):
    """What both roles share: the state, the running task, the deadlines."""

    role: ClassVar[Role]

    def __init__(self, now: float, limits: WireLimits | None) -> None:
        self.state = State.IDLE
        self._ledger = Ledger(limits or WireLimits.of_service())
        self._deadlines: dict[Timer, float] = {}
        self._restart(Timer.IDLE, now)

    @property
    def task(self) -> TaskRecord | None:
        """The running task, or the last one while none runs; None before the first."""
        return self._ledger.task

    @property
    def task_id(self) -> str:
        """The id of `task`, or an empty string."""
        return self.task.task_id if self.task else ""

    @property
    def limits(self) -> WireLimits:
        """The limits that this end holds the other, and itself, to."""
        return self._ledger.limits

    @property
    def under_way(self) -> bool:
        """Whether a task is open: its run-task has gone and its end has not come."""
        return self.state in _UNDER_WAY

    def closed(self, code: int, reason: str = "") -> ConnectionLost | None:
        """The socket is closed, with this close code. The error, if a task was under way; None if not."""
        lost = ConnectionLost(code, reason, task_id=self.task_id) if self.under_way else None
        if lost and self.task:
            lost.audio_bytes, lost.sentences = self.task.audio_bytes, self.task.sentences
        self._enter(State.CLOSED)
        return lost

    def deadline(self) -> float | None:
        """When `tick` is to be called next; None while nothing is waited for."""
        return min(self._deadlines.values(), default=None)

    def tick(self, now: float) -> list[Timer]:
        """The timers that have run out by `now`, earliest first. Each is reported once."""
        due = [timer for timer, at in self._deadlines.items() if at <= now]
        due.sort(key=self._deadlines.__getitem__)
        self._stop(*due)
        return due

    @abstractmethod
    def seconds(self, timer: Timer) -> float | None:
        """How long this role waits for `timer`; None where it does not wait."""

    def _restart(self, timer: Timer, now: float) -> None:
        seconds = self.seconds(timer)
        if seconds is not None and self.state in RUNS_IN[timer]:
            self._deadlines[timer] = now + seconds

    def _stop(self, *timers: Timer) -> None:
        for timer in timers:
            self._deadlines.pop(timer, None)

    def _enter(self, state: State) -> None:
        if state is self.state:
            return
        self.state = state
        self._stop(*[timer for timer in self._deadlines if state not in RUNS_IN[timer]])

    def _order_fault(self, instruction: Instruction) -> Departure | None:
        if next_state(self.state, instruction.message) is not None:
            return None
        opens = instruction.message is Message.RUN_TASK and self.under_way
        kind = Kind.TASK_OPEN if opens else _ORDER_FAULTS[self.state]
        return Departure(kind, "header.action", instruction.message.value)

    def _faults(self, instruction: Instruction) -> list[Departure]:
        asked = (guard(instruction, self._ledger) for guard in GUARDS)
        return [departure for departure in asked if departure]

    def _follow(self, message: Message, now: float) -> None:
        """Move on after a message that has been let through, and start the timers that both roles have."""
        following = next_state(self.state, message)
        assert following is not None, f"{message} was let through in {self.state}"
        if following is not self.state:
            self._enter(following)
        if message in (Message.TASK_STARTED, Message.CONTINUE_TASK):
            self._restart(Timer.TEXT, now)
        elif message is Message.TASK_FINISHED:
            self._restart(Timer.IDLE, now)

    def _take(self, instruction: Instruction, now: float) -> None:
        if isinstance(instruction, RunTask):
            self._ledger.open(instruction)
        elif isinstance(instruction, ContinueTask):
            self._ledger.add(instruction)
        self._follow(instruction.message, now)

    def _note(self, event: Event | Audio, now: float) -> None:
        if self.task is not None:
            self.task.note(event)
        self._follow(event.message, now)


class ClientConnection(Connection):
    """The client's end.

    >>> connection = ClientConnection(now=0)
    >>> connection.send(ContinueTask("0" * 32, "too early"), now=0)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    ttsprep.protocol.errors.LocalProtocolError: not sent: no task is open ...
    """

    role = Role.CLIENT

    def __init__(self, now: float, *, limits: WireLimits | None = None, timeouts: Timeouts | None = None) -> None:
        self.timeouts = times = timeouts or Timeouts()
        limits = limits or WireLimits.of_service()
        self._seconds = {
            Timer.TASK_STARTED: times.task_started,
            Timer.FIRST_AUDIO: times.first_audio,
            Timer.NEXT_AUDIO: times.next_audio,
            Timer.TEXT: times.text_share * limits.text_seconds,
            Timer.IDLE: times.idle_share * limits.idle_seconds,
        }
        super().__init__(now, limits)

    def seconds(self, timer: Timer) -> float | None:
        return self._seconds[timer]

    def send(self, instruction: Instruction, now: float, *, completes: bool = False) -> str:
        """The text frame for an instruction, which counts as sent from here on.

        `completes` says that the text so far ends with a complete sentence, so that audio is due even while the
        task runs. Raises LocalProtocolError where the instruction may not be sent; the connection is then
        unchanged.
        """
        out_of_order = self._order_fault(instruction)
        faults = [out_of_order] if out_of_order else self._faults(instruction)
        if faults:
            raise LocalProtocolError(faults[0], self.state, task_id=instruction.task_id)
        frame = instruction.to_json()
        self._take(instruction, now)
        if isinstance(instruction, RunTask):
            self._restart(Timer.TASK_STARTED, now)
        elif completes or isinstance(instruction, FinishTask):
            self._expect_audio(now)
        return frame

    def _expect_audio(self, now: float) -> None:
        has_audio = self.task is not None and self.task.audio_frames > 0
        timer = Timer.NEXT_AUDIO if has_audio else Timer.FIRST_AUDIO
        if timer not in self._deadlines:
            self._restart(timer, now)

    def receive(self, frame: str | bytes, now: float) -> Event | Audio | Ignored:
        """The event or audio in a frame of the service.

        Events of other tasks, unknown events and what arrives after the end of its task come back as `Ignored`
        (EVT-07, EVT-08). A task-failed is an event like others here; it leaves the connection in state FAILED.
        Raises RemoteProtocolError for a frame that is no event, an event out of order, and audio without a task.
        """
        event = Audio(frame, self.task_id) if isinstance(frame, bytes) else self._parse(frame)
        if isinstance(event, Ignored):
            return event
        if isinstance(event, Event) and (why := self._why_ignored(event)):
            return Ignored(why, {"header": event.header(), "payload": event.payload()})
        if next_state(self.state, event.message) is None:
            raise self._broken(Departure(Kind.EVENT_OUT_OF_ORDER, "", event.message.value))
        self._note(event, now)
        self._audio_timers(event, now)
        return event

    def _parse(self, frame: str) -> Event | Ignored:
        try:
            return parse_event(frame)
        except (ValueError, RecursionError) as error:
            raise self._broken(Departure(Kind.NO_EVENT, "", str(error))) from error

    def _broken(self, departure: Departure) -> RemoteProtocolError:
        return RemoteProtocolError([departure], self.state, task_id=self.task_id)

    def _why_ignored(self, event: Event) -> str:
        if self.state in _OVER:
            return f"{event.name} after the end of the connection"
        if event.task_id and event.task_id != self.task_id:
            return f"{event.name} of another task, {event.task_id!r}"
        if self.state is State.IDLE and not isinstance(event, TaskFailedEvent):
            return f"{event.name} while no task runs"
        return ""

    def _audio_timers(self, event: Event | Audio, now: float) -> None:
        """Audio pays what was owed; while finishing, more is owed until task-finished."""
        if isinstance(event, Audio):
            self._stop(Timer.FIRST_AUDIO, Timer.NEXT_AUDIO)
            if self.state is State.FINISHING:
                self._restart(Timer.NEXT_AUDIO, now)
        elif Timer.NEXT_AUDIO in self._deadlines:
            self._restart(Timer.NEXT_AUDIO, now)


def _forgive_nothing(_departure: Departure, _instruction: Instruction | None) -> bool:
    return False


class ServerConnection(Connection):
    """The service's end, as the emulator plays it.

    `forgive` is asked about every departure that is no matter of order; what it forgives passes. With
    `audio_keeps_alive` audio that goes out restarts the wait for text.
    """

    role = Role.SERVER

    def __init__(
        self,
        now: float,
        *,
        limits: WireLimits | None = None,
        forgive: Callable[[Departure, Instruction | None], bool] = _forgive_nothing,
        audio_keeps_alive: bool = False,
    ) -> None:
        self._forgive = forgive
        self._audio_keeps_alive = audio_keeps_alive
        super().__init__(now, limits)

    def seconds(self, timer: Timer) -> float | None:
        limits = self.limits
        return {Timer.TEXT: limits.text_seconds, Timer.IDLE: limits.idle_seconds}.get(timer)

    def receive(self, frame: str | bytes, now: float) -> Instruction | None:
        """The instruction in a frame of the client; None for one that crossed with task-failed.

        Raises RemoteProtocolError with every departure that was not forgiven.
        """
        if self.state in _OVER:
            return None
        instruction, departures = parse_instruction(frame)
        if instruction is None:
            raise self._broken(departures, "")
        out_of_order = self._order_fault(instruction)
        departures += [] if out_of_order else self._faults(instruction)
        left = [departure for departure in departures if not self._forgive(departure, instruction)]
        left += [out_of_order] if out_of_order else []
        if left:
            raise self._broken(left, instruction.task_id)
        self._take(instruction, now)
        return instruction

    def _broken(self, departures: Sequence[Departure], task_id: str) -> RemoteProtocolError:
        return RemoteProtocolError(departures, self.state, task_id=task_id or self.task_id)

    def send(self, event: Event | Audio, now: float) -> str | bytes:
        """The frame for an event or audio. Raises LocalProtocolError where it may not be sent now."""
        if next_state(self.state, event.message) is None:
            departure = Departure(Kind.EVENT_OUT_OF_ORDER, "", event.message.value)
            raise LocalProtocolError(departure, self.state, task_id=self.task_id)
        self._note(event, now)
        if isinstance(event, Audio):
            if self._audio_keeps_alive:
                self._restart(Timer.TEXT, now)
            return event.data
        return event.to_json()
