"""One attempt at one task on one connection: text goes one way, audio the other, neither waits (FLW-10)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from ttsprep import protocol
from ttsprep.protocol import (
    ContinueTask,
    FinishTask,
    Ignored,
    ResultGenerated,
    RunTask,
    ServiceTimeout,
    SpeechError,
    TaskFailed,
    TaskFailedEvent,
    TaskFinished,
    TaskStarted,
    Timer,
)
from ttsprep.sender.events import Audio, Finished, Sentence, Started, Usage
from ttsprep.sender.feed import Feed, Piece
from ttsprep.sender.outbox import Outbox

if TYPE_CHECKING:
    from ttsprep.sender.wire import Wire

__all__ = ["TaskRun"]

_WAITS = {
    Timer.TASK_STARTED: ("task-started", "task_started", ("FLW-01", "EVT-01")),
    Timer.FIRST_AUDIO: ("audio", "first_audio", ("SPD-01",)),
    Timer.NEXT_AUDIO: ("more audio or task-finished", "next_audio", ("FLW-05",)),
}
"""Timer → what is awaited, the timeout's name, the rules concerned."""


class _Stopped(Exception):
    """Stopped before anything was sent that could be finished."""


class TaskRun:
    """Opens a task, sends pieces from the feed as they come, finishes it in time, and reports what comes back.

    `text` is what was sent so far while no audio has come: what another attempt would have to send again.
    """

    def __init__(self, wire: Wire, task_id: str, feed: Feed, outbox: Outbox, *, index: int, attempt: int) -> None:
        loop = asyncio.get_running_loop()
        self._wire, self._feed, self._outbox = wire, feed, outbox
        self._index, self._attempt, self._task_id = index, attempt, task_id
        self._group = feed.pieces[0].group
        self._settings = feed.pieces[0].settings
        self._started: asyncio.Future[None] = loop.create_future()
        self._finished: asyncio.Future[Finished] = loop.create_future()
        self._stalled = False
        self._last_sentence: Sentence | None = None
        self._characters: int | None = None
        self._request_uuid = ""
        self._run_at = self._started_at = wire.now()
        self._text_at: float | None = None
        self._first_audio_at: float | None = None
        self._last_audio_at: float | None = None
        self.text: list[Piece] = []
        self.has_audio = False
        self.is_started = False

    @property
    def found_dead(self) -> bool:
        """Whether it was not even begun, on a connection that had served a task before."""
        return self._wire.was_used and not self.is_started

    async def run(self) -> Finished | None:
        """Until task-finished; None if it was stopped before any text was sent. Raises what went wrong."""
        self._wire.listener = self
        writer = asyncio.create_task(self._write(), name="ttsprep writer")
        try:
            waits: tuple[asyncio.Future[Any], ...] = (writer, self._finished)
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if writer.done() and (error := writer.exception()) and not self._finished.done():
                if isinstance(error, _Stopped):
                    return None
                raise error
            return await self._finished
        except SpeechError as error:
            raise self._with_facts(error) from None
        finally:
            self._wire.listener = None
            writer.cancel()
            self._started.cancel()
            self._finished.cancel()
            await asyncio.wait([writer])

    def _with_facts(self, error: SpeechError) -> SpeechError:
        task = self._wire.connection.task
        error.task_id = error.task_id or self._task_id
        error.request_uuid = error.request_uuid or self._request_uuid
        error.attempts = self._attempt
        if task is not None and task.task_id == self._task_id:
            error.audio_bytes, error.sentences = task.audio_bytes, task.sentences
        return error

    # --- sending

    async def _write(self) -> None:
        settings = self._settings
        self._run_at = self._wire.now()
        await self._wire.send(RunTask(self._task_id, settings.model, settings.parameters()))
        await self._started
        while (piece := await self._next()) is not None:
            if not self.has_audio:
                self.text.append(piece)
            if self._text_at is None:
                self._text_at = self._wire.now()
            await self._wire.send(ContinueTask(self._task_id, piece.part.text), completes=piece.part.complete)
        if self._text_at is None:
            raise _Stopped
        await self._wire.send(FinishTask(self._task_id))

    async def _next(self) -> Piece | None:
        """The next piece of this task; None when it is to be finished: at the end, on a stall, when it is full."""
        while not self._feed.stopped:
            if self._feed.pieces:
                self._stalled = False
                return self._feed.take() if self._fits(self._feed.pieces[0]) else None
            if self._feed.ended or self._stalled or self._settings.enable_ssml:
                return None
            await self._feed.wait()
        return None

    def _fits(self, piece: Piece) -> bool:
        """SSM-04, TXT-02: whether it may go into this task too."""
        task = self._wire.connection.task
        assert task is not None, "run-task has been sent"
        if piece.group != self._group or (task.enable_ssml and task.instructions):
            return False
        return task.counted + piece.part.counted <= self._wire.connection.limits.task_characters

    # --- receiving: called by the wire

    def received(self, event: protocol.Event | protocol.Audio | Ignored, now: float) -> None:
        if isinstance(event, protocol.Audio):
            self._audio(event.data, now)
        elif isinstance(event, Ignored):
            if event.task_id == self._task_id:  # an event that nobody knows may still say what is billed
                self._usage(event.characters)
        elif isinstance(event, ResultGenerated):
            self._note(event)
            self._sentence(Sentence(self._index, event.index, event.words, event.original_text, event.kind))
            self._usage(event.characters)
        elif isinstance(event, TaskStarted):
            self._note(event)
            self._open(now)
            self._usage(event.characters)
        elif isinstance(event, TaskFinished):
            self._note(event)
            self._last_words(event)
            self._usage(event.characters)
            self._finish()
        elif isinstance(event, TaskFailedEvent):
            self._note(event)
            self._usage(event.characters)
            code, message = self._wire.redact(event.error_code), self._wire.redact(event.error_message)
            self.failed(TaskFailed(code, message, task_id=self._task_id))

    def due(self, timer: Timer) -> None:
        if timer is Timer.TEXT:
            self._stalled = True  # CON-03: finish in time, go on in another task
            self._feed.poke()
        elif timer in _WAITS:
            what, name, rules = _WAITS[timer]
            seconds = getattr(self._wire.connection.timeouts, name)
            self.failed(ServiceTimeout(what, seconds, rules=rules, task_id=self._task_id, remedy=_SILENCE))

    def failed(self, error: Exception) -> None:
        if not self._finished.done():
            self._finished.set_exception(error)
            # Nobody may be waiting for it yet, or at all.
            self._finished.exception()

    def _note(self, event: protocol.Event) -> None:
        named = event.attributes.get("request_uuid")
        if isinstance(named, str) and named:
            self._request_uuid = named

    def _open(self, now: float) -> None:
        self._started_at = now
        if not self.is_started:
            self.is_started = True
            self._outbox.put(Started(self._index, self._task_id, self._attempt, self._wire.was_used))
            if not self._started.done():
                self._started.set_result(None)

    def _audio(self, data: bytes, now: float) -> None:
        if not self.has_audio:
            self.has_audio = True
            self.text.clear()
            self._first_audio_at = now
        self._last_audio_at = now
        self._outbox.put(Audio(self._index, data))

    def _sentence(self, sentence: Sentence) -> None:
        if sentence != self._last_sentence and (sentence.index is not None or sentence.words):
            self._last_sentence = sentence
            self._outbox.put(sentence)

    def _last_words(self, event: TaskFinished) -> None:
        """Some replies have words in task-finished, without an index; repeated ones say nothing new."""
        if self._last_sentence is None or event.words != self._last_sentence.words:
            self._sentence(Sentence(self._index, None, event.words))

    def _usage(self, characters: int | None) -> None:
        if characters is not None and characters != self._characters:
            self._characters = characters
            self._outbox.put(Usage(self._index, characters))

    def _finish(self) -> None:
        report = self._report()
        self._outbox.put(report)
        if not self._finished.done():
            self._finished.set_result(report)

    def _report(self) -> Finished:
        task = self._wire.connection.task
        assert task is not None, "a task has finished"
        text_at = self._started_at if self._text_at is None else self._text_at
        return Finished(
            task=self._index,
            task_id=self._task_id,
            request_uuid=self._request_uuid,
            model=self._settings.model,
            counted=task.counted,
            billed=self._characters,
            sentences=task.sentences,
            audio_bytes=task.audio_bytes,
            connect_seconds=0.0 if self._wire.was_used else self._wire.connect_seconds,
            reused=self._wire.was_used,
            started_seconds=self._started_at - self._run_at,
            first_packet_seconds=None if self._first_audio_at is None else self._first_audio_at - text_at,
            generation_seconds=0.0 if self._last_audio_at is None else self._last_audio_at - text_at,
            attempts=self._attempt,
        )


_SILENCE = "try again; if it stays so, ask the service's support with the task id and request id"
