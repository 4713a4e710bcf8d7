"""Listens to one recorded connection: the same table, guards and timers that sender and emulator run.

The connection is played in the role of the service, which forgives whatever is no matter of order, so that all faults
are heard and not only the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from ttsprep import catalog
from ttsprep.diagnostics import Diagnostic, Rule
from ttsprep.explaining import explain_close, explain_error, explain_status
from ttsprep.lint.checks.lengths import NEAR
from ttsprep.protocol import (
    Audio,
    ContinueTask,
    Departure,
    Event,
    FinishTask,
    Ignored,
    Instruction,
    Kind,
    LocalProtocolError,
    RemoteProtocolError,
    Role,
    RunTask,
    ServerConnection,
    State,
    TaskFailedEvent,
    TaskFinished,
    TaskStarted,
    Timer,
    parse_event,
)
from ttsprep.recording import Binary, Closed, Entry, Opened, Refused, Text
from ttsprep.rules import (
    connection_refused,
    continue_task_without_text,
    event_of_another_task,
    event_out_of_order,
    finish_task_late,
    finish_task_missing,
    finish_task_with_input,
    finish_without_text,
    idle_connection_used,
    instruction_field_missing,
    instruction_field_wrong,
    instruction_text_too_long,
    instruction_unexpected_field,
    instruction_unreadable,
    left_before_finished,
    no_task_open,
    not_an_event,
    run_task_while_running,
    second_ssml_document,
    sent_after_failure,
    sent_after_finish,
    sent_before_started,
    streaming_not_duplex,
    task_failed,
    task_id_changed,
    task_id_malformed,
    task_id_reused,
    task_text_too_long,
    text_gap,
    text_gap_near,
    text_in_run_task,
    time_runs_backwards,
    unsendable_text,
    wrong_address,
)

__all__ = ["LATE_FINISH", "RULES", "Heard", "Listener"]

LATE_FINISH: Final = 5.0
"""Seconds behind the last text after which finish-task is called late (FIN-02: at once)."""

RULES: Final[Mapping[Kind, Rule]] = MappingProxyType(
    {
        Kind.BINARY_FRAME: instruction_unreadable.RULE,
        Kind.NOT_JSON: instruction_unreadable.RULE,
        Kind.ACTION: instruction_unreadable.RULE,
        Kind.NOT_AN_OBJECT: instruction_unreadable.RULE,
        Kind.STREAMING: streaming_not_duplex.RULE,
        Kind.TASK_ID_FORM: task_id_malformed.RULE,
        Kind.FIELD_MISSING: instruction_field_missing.RULE,
        Kind.MODEL_MISSING: instruction_field_missing.RULE,
        Kind.INPUT_MISSING: instruction_field_missing.RULE,
        Kind.FIELD_WRONG: instruction_field_wrong.RULE,
        Kind.UNEXPECTED_FIELD: instruction_unexpected_field.RULE,
        Kind.TEXT_IN_RUN_TASK: text_in_run_task.RULE,
        Kind.TEXT_MISSING: continue_task_without_text.RULE,
        Kind.INPUT_NOT_EMPTY: finish_task_with_input.RULE,
        Kind.UNSENDABLE_TEXT: unsendable_text.RULE,
        Kind.INSTRUCTION_TOO_LONG: instruction_text_too_long.RULE,
        Kind.TASK_TOO_LONG: task_text_too_long.RULE,
        Kind.NO_TASK: no_task_open.RULE,
        Kind.NOT_STARTED: sent_before_started.RULE,
        Kind.TASK_OPEN: run_task_while_running.RULE,
        Kind.AFTER_FINISH: sent_after_finish.RULE,
        Kind.AFTER_FAILURE: sent_after_failure.RULE,
        Kind.CONNECTION_CLOSED: sent_after_failure.RULE,
        Kind.TASK_ID_CHANGED: task_id_changed.RULE,
        Kind.TASK_ID_REUSED: task_id_reused.RULE,
        Kind.SECOND_SSML: second_ssml_document.RULE,
        Kind.NO_TEXT: finish_without_text.RULE,
        Kind.NO_EVENT: not_an_event.RULE,
        Kind.EVENT_OUT_OF_ORDER: event_out_of_order.RULE,
    }
)
"""Departure → the rule that reports it."""


class Heard(NamedTuple):
    """A fault: its rule, the message, and the field it is about."""

    rule: Rule
    message: str
    field: str = ""


class Listener:
    """Hears the entries of one connection in order."""

    def __init__(self, first: Entry, region: str, *, answering: bool) -> None:
        self.last = first
        self._region = region
        self._answering = answering
        self._forgiven: list[Departure] = []
        self._wire = ServerConnection(first.time, forgive=self._forgive)
        self._text_at = first.time
        self._expired: set[Timer] = set()
        self._said: set[tuple[Rule, str]] = set()
        self._opened: RunTask | None = None

    def _forgive(self, departure: Departure, _instruction: Instruction | None) -> bool:
        self._forgiven.append(departure)
        return True

    def hear(self, entry: Entry) -> Iterator[Heard]:
        """The faults of this entry."""
        if entry.time < self.last.time:
            yield Heard(
                time_runs_backwards.RULE, f"at {entry.time:g} s, before the entry above it ({self.last.time:g} s)"
            )
        self._expired |= set(self._wire.tick(entry.time))
        what, is_client = entry.what, entry.sender is Role.CLIENT
        if isinstance(what, Opened):
            yield from self._address(what)
        elif isinstance(what, Refused):
            yield self._refused(what)
        elif isinstance(what, Closed):
            yield from self._closed(entry, what)
        elif is_client:
            yield from self._instruction(entry, what)
        else:
            yield from self._event(entry, what)
        self.last = entry

    def end(self) -> Iterator[Heard]:
        """What is missing when nothing more comes."""
        if self._answering and self._wire.state is State.IDLE:
            return
        yield from self._unfinished("the recording ends")

    def _unfinished(self, when: str) -> Iterator[Heard]:
        if self._wire.state is State.RUNNING:
            yield Heard(
                finish_task_missing.RULE, f"{when} and the task has no finish-task: its last sentence may be lost"
            )
        elif self._wire.state in (State.STARTING, State.FINISHING):
            awaited = "task-started" if self._wire.state is State.STARTING else "task-finished"
            yield Heard(left_before_finished.RULE, f"{when} before {awaited} has come: audio not yet sent is lost")

    # --- the connection

    def _address(self, opened: Opened) -> Iterator[Heard]:
        from ttsprep.sender.endpoint import Endpoint, EndpointFault

        try:
            endpoint = Endpoint.parse(opened.url)
        except EndpointFault as error:
            yield Heard(wrong_address.RULE, str(error), "url")
            return
        known = {Endpoint.parse(where.url).host: where.id for where in catalog.regions()}
        self._region = self._region or known.get(endpoint.host, "")

    def _refused(self, refused: Refused) -> Heard:
        known = explain_status(refused.status, refused.reason)
        why = f": {known.cause}" if known else ""
        return Heard(
            connection_refused.RULE, f"the connection was refused with HTTP status {refused.status}{why}", "status"
        )

    def _closed(self, entry: Entry, closed: Closed) -> Iterator[Heard]:
        if entry.sender is Role.CLIENT:
            yield from self._unfinished("the client closes the connection")
        elif self._wire.under_way:
            known = explain_close(closed.code, closed.reason)
            why = f": {known.cause}" if known else ""
            yield Heard(
                task_failed.RULE, f"the service closed the connection in the task, code {closed.code}{why}", "code"
            )
        self._wire.closed(closed.code, closed.reason)

    # --- what the client sends

    def _instruction(self, entry: Entry, frame: Text | Binary) -> Iterator[Heard]:
        idle = self._wire.state is State.IDLE
        found: list[Departure] = []
        try:
            taken = self._wire.receive(frame.text if isinstance(frame, Text) else bytes(1), entry.time)
        except RemoteProtocolError as error:
            taken = None
            found += [departure for departure in error.departures if departure not in self._forgiven]
        found, self._forgiven = [*self._forgiven, *found], []
        if self._wire.state in (State.FAILED, State.CLOSED) and not found:
            found = [Departure(Kind.AFTER_FAILURE)]
        for departure in found:
            yield from self._reported(departure)
        yield from self._times(entry, taken, idle)
        if self._answering and taken is not None:
            self._answer(entry, taken)

    def _reported(self, departure: Departure) -> Iterator[Heard]:
        """An order fault once for each state it is made in: what follows from it says nothing new."""
        rule = RULES[departure.kind]
        key = (rule, f"{departure.field} {self._wire.task_id} {self._wire.state}")
        if departure.kind in _OF_ORDER and key in self._said:
            return
        self._said.add(key)
        yield Heard(rule, f"{departure}; {departure.kind.says}", departure.field)

    def _times(self, entry: Entry, taken: Instruction | None, was_idle: bool) -> Iterator[Heard]:
        gap = entry.time - self._text_at
        if isinstance(taken, ContinueTask | FinishTask) and Timer.TEXT in self._expired:
            limit = self._wire.limits.text_seconds
            yield Heard(text_gap.RULE, f"{gap:.1f} seconds without text, over the {limit:g} that the service waits")
        elif isinstance(taken, ContinueTask | FinishTask) and gap > NEAR * self._wire.limits.text_seconds:
            limit = self._wire.limits.text_seconds
            yield Heard(text_gap_near.RULE, f"{gap:.1f} of the {limit:g} seconds passed without text")
        elif isinstance(taken, FinishTask) and gap > LATE_FINISH:
            yield Heard(finish_task_late.RULE, f"finish-task comes {gap:.1f} seconds behind the last text")
        elif isinstance(taken, RunTask) and was_idle and Timer.IDLE in self._expired:
            limit = self._wire.limits.idle_seconds
            yield Heard(idle_connection_used.RULE, f"run-task on a connection that was idle for over {limit:g} seconds")
        if taken is not None:
            self._expired -= {Timer.TEXT, Timer.IDLE}
            self._text_at = entry.time
            self._opened = taken if isinstance(taken, RunTask) else None

    def _answer(self, entry: Entry, taken: Instruction) -> None:
        if isinstance(taken, RunTask):
            self._wire.send(TaskStarted(taken.task_id), entry.time)
        elif isinstance(taken, FinishTask):
            self._wire.send(TaskFinished(taken.task_id), entry.time)

    def parameters(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the parameters of the run-task that was just heard."""
        from ttsprep.settings import TaskSettings

        opened, self._opened = self._opened, None
        if opened is None or not opened.model:
            return ()
        given = {"model": opened.model, **opened.parameters}
        return TaskSettings.check({**({"region": self._region} if self._region else {}), **given}, complete=True)[1]

    # --- what the service sends

    def _event(self, entry: Entry, frame: Text | Binary) -> Iterator[Heard]:
        if isinstance(frame, Binary):
            yield from self._sent(entry, Audio(b"", self._wire.task_id))
            return
        try:
            event = parse_event(frame.text)
        except (ValueError, RecursionError) as error:
            yield from self._reported(Departure(Kind.NO_EVENT, "", str(error)))
            return
        if isinstance(event, Ignored):
            return
        if event.task_id and self._wire.task_id and event.task_id != self._wire.task_id:
            what = f"{event.name} is for the task {event.task_id!r}, but {self._wire.task_id!r} is open"
            yield Heard(event_of_another_task.RULE, what, "header.task_id")
            return
        if isinstance(event, TaskFailedEvent):
            yield self._failed(event)
        yield from self._sent(entry, event)

    def _sent(self, entry: Entry, event: Event | Audio) -> Iterator[Heard]:
        if self._wire.state is State.FAILED and isinstance(event, Audio):
            return  # audio that was under way
        try:
            self._wire.send(event, entry.time)
        except LocalProtocolError:
            before = {State.IDLE: "while no task is open", State.STARTING: "before task-started"}
            when = before.get(self._wire.state, f"in the state {self._wire.state.value!r}")
            message = "audio" if isinstance(event, Audio) else event.name
            key = (event_out_of_order.RULE, f"{message} {self._wire.task_id} {self._wire.state}")
            if key not in self._said:
                self._said.add(key)
                yield Heard(event_out_of_order.RULE, f"{message} comes {when}")
        else:
            if isinstance(event, TaskStarted):
                self._text_at = entry.time

    def _failed(self, event: TaskFailedEvent) -> Heard:
        known = explain_error(event.error_code, event.error_message)
        why = f"; {known.title}: {known.remedy}" if known else ""
        return Heard(
            task_failed.RULE, f"the task failed: {event.error_code}, {event.error_message!r}{why}", "header.error_code"
        )


_OF_ORDER: Final = frozenset(
    {Kind.NO_TASK, Kind.NOT_STARTED, Kind.TASK_OPEN, Kind.AFTER_FINISH, Kind.AFTER_FAILURE, Kind.CONNECTION_CLOSED}
)
