"""One connection: instructions in, checked by the protocol; events and audio out."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, NoReturn

from websockets.exceptions import ConnectionClosed

from ttsprep.emulator.admission import Admission, admit
from ttsprep.emulator.books import Books
from ttsprep.emulator.faults import Step
from ttsprep.emulator.findings import Finding, Outcome
from ttsprep.emulator.frames import frame_size
from ttsprep.emulator.mischief import Mischief
from ttsprep.emulator.modes import Mode
from ttsprep.emulator.objections import objections
from ttsprep.emulator.replies import RATE_QUOTA, TEXT_TIMEOUT, Close, Fail, answer
from ttsprep.emulator.speaking import Speaking
from ttsprep.emulator.voice import VoiceError
from ttsprep.emulator.wire import Ended, Wire
from ttsprep.protocol import (
    Audio,
    ContinueTask,
    Departure,
    Event,
    FinishTask,
    Instruction,
    Kind,
    RemoteProtocolError,
    Role,
    RunTask,
    ServerConnection,
    State,
    TaskFailedEvent,
    TaskFinished,
    TaskStarted,
    Timer,
    WireLimits,
    parse_instruction,
)
from ttsprep.recording import Closed

if TYPE_CHECKING:
    from ttsprep.emulator.opening import Connection as WebSocket
    from ttsprep.emulator.server import Emulator

__all__ = ["Session"]

_NORMAL = 1000
_NOT_UTF8 = 1007


class Session:
    """Serves one client until the connection ends; also the stage on which its tasks are spoken."""

    def __init__(self, emulator: Emulator, websocket: WebSocket) -> None:
        self._emulator = emulator
        self._options = emulator.options
        self._websocket = websocket
        self._channel = websocket.channel
        self._wire = Wire(websocket, self._channel, stall=self._options.stall)
        self._connection = ServerConnection(
            self._now(),
            limits=emulator.limits,
            forgive=self._forgive,
            audio_keeps_alive=self._observed,
        )
        self._moved = asyncio.Event()
        self._held: deque[str | bytes] = deque()
        self._admission: Admission | None = None
        self._speaking: Speaking | None = None
        self._speaker: asyncio.Task[None] | None = None
        self._texts = 0
        self._mischief = Mischief(emulator.faults, self._wire, fail=self._answer, stop=self._stop_speaking)
        self._books = Books(emulator, websocket.number, redact=websocket.redact, excused=lambda: self._mischief.broke)

    @property
    def _observed(self) -> bool:
        return self._options.mode is Mode.OBSERVED

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

    async def run(self) -> None:
        """Serve until the connection is over, whoever ends it."""
        try:
            async with asyncio.TaskGroup() as group:
                self._group = group
                group.create_task(self._keep_time())
                group.create_task(self._wire.watch())
                group.create_task(self._read())
        except* (Ended, ConnectionClosed):
            pass
        finally:
            self._close_books()

    def _close_books(self) -> None:
        code = self._websocket.close_code or 1006
        self._connection.closed(code, self._websocket.close_reason or "")
        self._books.end("lost")
        who = Role.SERVER if self._wire.closing else Role.CLIENT
        self._channel.note(who, Closed(code, self._websocket.close_reason or ""))

    # --- what comes in

    async def _read(self) -> None:
        try:
            while True:
                await self._take(await self._websocket.recv())
        except ConnectionClosed as closed:
            bad_text = closed.sent and closed.sent.code == _NOT_UTF8 and not closed.rcvd_then_sent
            if bad_text and not self._wire.closing:
                self._books.find(Departure(Kind.NOT_JSON, found="bytes that are not UTF-8"), Outcome.REFUSED)
            raise

    async def _take(self, frame: str | bytes) -> None:
        self._channel.frame(Role.CLIENT, frame)
        if self._wire.closing:
            return
        if not self._hold(frame):
            await self._follow(frame)

    async def _follow(self, frame: str | bytes) -> None:
        try:
            instruction = self._connection.receive(frame, self._now())
        except RemoteProtocolError as error:
            await self._refuse(error)
        self._moved.set()
        if isinstance(instruction, RunTask):
            await self._run_task(instruction)
        elif isinstance(instruction, ContinueTask):
            await self._continue_task(instruction)
        elif isinstance(instruction, FinishTask):
            await self._finish_task(instruction)

    def _hold(self, frame: str | bytes) -> bool:
        """In ``observed``, what comes before task-started waits for it (FLW-02)."""
        if not self._observed or (self._connection.state is not State.STARTING and not self._held):
            return False
        instruction, _ = parse_instruction(frame)
        if isinstance(instruction, ContinueTask | FinishTask) and self._connection.state is State.STARTING:
            self._books.find(Departure(Kind.NOT_STARTED, "header.action", instruction.message.value), Outcome.TOLERATED)
        elif not self._held:
            return False
        self._held.append(frame)
        return True

    async def _release(self) -> None:
        """Let through what was held back; what arrives meanwhile stays behind it."""
        while self._held:
            await self._follow(self._held[0])
            self._held.popleft()

    def _forgive(self, departure: Departure, instruction: Instruction | None) -> bool:
        forgiven = self._options.mode.forgives(departure, instruction)
        if forgiven:
            self._books.find(departure, Outcome.TOLERATED)
        return forgiven

    async def _run_task(self, run: RunTask) -> None:
        report = self._books.begin(run)
        self._mischief.begin(run.task_id)
        self._texts = 0
        await self._mischief.at(Step.RUN_TASK)
        exceeded = self._emulator.quota.exceeded(self._now(), running=self._emulator.running - 1)
        if exceeded:
            says = "the account's quota limits task starts a second and tasks at once"
            remedy = "let requests wait before they exceed the quota"
            self._books.note(Finding(("USE-03",), exceeded, remedy, says=says))
            await self._answer(RATE_QUOTA)
        admission = admit(run, self._options.mode, self._options.region)
        for finding in admission.findings:
            self._books.note(finding)
        if admission.refusal:
            await self._answer(admission.refusal)
        self._admission, audio = admission, admission.audio()
        self._speaking = Speaking(
            self,
            self._mischief,
            self._emulator.voices.task(audio),
            report,
            self._emulator.timing,
            frame_size=self._options.frame_size or frame_size(audio.format),
            ssml=run.enable_ssml,
            with_words=admission.with_words,
            corrections=admission.corrections(),
        )
        self._speaker = self._group.create_task(self._speak(self._speaking))

    async def _speak(self, speaking: Speaking) -> None:
        try:
            await speaking.run()
        except VoiceError as error:
            self._emulator.log.error("the emulator cannot speak: %s", error)
            await self._answer(Fail(f"[emulator] {error}", "InternalError"))

    async def _continue_task(self, instruction: ContinueTask) -> None:
        assert self._speaking and self._admission
        self._texts += 1
        self._books.report.add(instruction.text)
        await self._mischief.at(Step.CONTINUE_TASK, self._texts)
        await self._check_ssml(instruction.text)
        self._speaking.add(instruction.text)
        if instruction.flush:
            self._speaking.flush()

    async def _check_ssml(self, text: str) -> None:
        """SSM-01 to SSM-03: SSML where it is asked for, is right and can be read."""
        assert self._admission
        findings, refusal = objections(text, self._admission, self._options.mode)
        for finding in findings:
            self._books.note(finding)
        if refusal:
            await self._answer(refusal)

    async def _finish_task(self, instruction: FinishTask) -> None:
        assert self._speaking
        await self._mischief.at(Step.FINISH_TASK)
        if instruction.cancel:
            self._stop_speaking()
            await self.finished(state="cancelled")
        else:
            self._speaking.finish()

    # --- what goes out

    async def started(self) -> None:
        """The task is open; what was held back is let through."""
        await self.emit(TaskStarted(self._connection.task_id))
        self._moved.set()
        await self._mischief.at(Step.STARTED)
        await self._release()

    async def emit(self, event: Event | Audio) -> None:
        """Send an event or audio of the running task."""
        await self._wire.send(self._connection.send(event, self._now()))

    async def finished(self, state: str = "finished") -> None:
        """Everything has been said (EVT-05)."""
        report = self._books.report
        report.request_uuid = self._emulator.new_uuid()
        self._books.end(state)
        self._mischief.end()
        characters = report.characters if self._observed else None
        attributes = {"request_uuid": report.request_uuid}
        await self.emit(TaskFinished(report.task_id, characters=characters, attributes=attributes))
        self._moved.set()

    def _stop_speaking(self) -> None:
        if self._speaker and self._speaker is not asyncio.current_task():
            self._speaker.cancel()

    async def _refuse(self, error: RemoteProtocolError) -> NoReturn:
        for departure in error.departures:
            self._books.find(departure, Outcome.REFUSED)
        task_id = self._connection.task_id if self._connection.under_way else error.task_id
        await self._answer(answer(error.departure, null_closes=self._options.null_closes), task_id)

    async def _answer(self, reply: Fail | Close, task_id: str = "") -> NoReturn:
        """The service's answer to a fault, which is the end of the connection (EVT-06). Raises `Ended`."""
        self._stop_speaking()
        if isinstance(reply, Fail):
            await self._send_failure(reply, task_id or self._connection.task_id)
            reply = Close(_NORMAL, "")
        await self._wire.close(reply.code, reply.reason)

    async def _send_failure(self, failure: Fail, task_id: str) -> None:
        self._books.end("failed", failure.error_code, failure.error_message)
        event = TaskFailedEvent(task_id, failure.error_code, failure.error_message)
        await self._wire.send(self._connection.send(event, self._now()))

    # --- time

    async def _keep_time(self) -> None:
        while True:
            self._moved.clear()
            try:
                async with asyncio.timeout_at(self._connection.deadline()):
                    await self._moved.wait()
            except TimeoutError:
                due = self._connection.tick(self._now())
                if not self._wire.silent:
                    await self._time_out(due)

    async def _time_out(self, timers: list[Timer]) -> None:
        if Timer.TEXT in timers:
            seconds = WireLimits.of_service().text_seconds
            what = f"no text for {seconds:g} s in an open task"
            says = f"the next text, or finish-task, comes within {seconds:g} s"
            self._books.note(Finding(("CON-02",), what, "send finish-task as soon as there is no more text", says=says))
            await self._answer(Fail(TEXT_TIMEOUT.error_message.format(seconds=seconds)))
        if Timer.IDLE in timers:
            await self._wire.close(_NORMAL, "idle")
