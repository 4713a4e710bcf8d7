"""`Speech`: one text being spoken, as its listener sees it."""

from __future__ import annotations

import asyncio
from collections import deque
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ttsprep.audio import joiner
from ttsprep.protocol import SpeechError
from ttsprep.sender.events import Finished, SpeechEvent, Summary
from ttsprep.sender.feed import Feed
from ttsprep.sender.outbox import Outbox
from ttsprep.sender.output import Output
from ttsprep.sender.session import Session
from ttsprep.sender.sources import Speakable
from ttsprep.settings import TaskSettings

if TYPE_CHECKING:
    from ttsprep.sender.client import Sender

__all__ = ["Speech"]


class Speech:
    """One text being spoken: an asynchronous iterator of events that ends with a `Summary`.

    Leaving the loop early, `aclose`, the end of ``async with``, and cancelling the task that iterates all close the
    connection at once and forget what was not yet heard (INT-01). However slow the listener is, the connection is
    read on (FLW-08).
    """

    _task: asyncio.Task[None] | None = None

    def __init__(
        self, owner: Sender, source: Speakable, settings: TaskSettings, *, joined: bool, patchable: bool
    ) -> None:
        self._outbox = Outbox(owner.memory, keep_frames=not joined)
        rate = settings.effective("sample_rate")
        self.joiner = joiner(settings.effective("format"), sample_rate=rate, patchable=patchable)
        """What joins the audio of the tasks."""
        self._owner, self._source = owner, source
        self._output = Output(self.joiner, joined=joined)
        self._ready: deque[SpeechEvent] = deque()
        self._failure: BaseException | None = None
        self._feed: Feed | None = None
        self._over = False
        self.settings = settings
        self.summary: Summary | None = None
        """How it ended; None before the end, and after an error."""

    @property
    def seconds(self) -> float:
        """How long the audio plays that has come out so far."""
        return self.joiner.seconds

    @property
    def finished(self) -> tuple[Finished, ...]:
        """The tasks that were finished so far."""
        return tuple(self._output.finished)

    # --- listening

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SpeechEvent:
        try:
            while not self._ready:
                await self._fill()
        except BaseException:
            await self.aclose()
            raise
        return self._next()

    def next_ready(self) -> SpeechEvent | None:
        """The next event if it is already here: for listeners that want what there is, without waiting."""
        while not self._ready and self._outbox.has_events:
            self._take()
        return self._next() if self._ready else None

    def _next(self) -> SpeechEvent:
        event = self._ready.popleft()
        if isinstance(event, Summary):
            self.summary = event
        return event

    async def _fill(self) -> None:
        """Get an event ready, perhaps. Raises StopAsyncIteration at the end, or what went wrong."""
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure
        if self._over:
            raise StopAsyncIteration
        if self._task is None:
            self._task = self._owner.run(self)
        if not self._outbox.has_events:
            await self._outbox.wait()
        self._take()

    def _take(self) -> None:
        event = self._outbox.take()
        if event is not None:
            try:
                self._ready.extend(self._output.pass_on(event))
            except SpeechError as error:
                self._fail(error)
        elif self._outbox.ended and not self._over:
            self._fail(self._outbox.error)

    def _fail(self, error: BaseException | None) -> None:
        """Nothing more comes; the joined audio gets its end, and then `error` is raised."""
        self._over, self._failure = True, error
        self._outbox.end()
        self._outbox.discard()
        self._ready.extend(self._output.close())

    def session(self) -> Session:
        """What runs behind this speech. It does not know the speech: when that is forgotten, the session ends."""
        self._feed = Feed.of(self._source, self.settings)
        owner = self._owner
        return Session(owner.pool, owner.starts, self._feed, self._outbox, owner.backoff, key_remedy=owner.key_remedy)

    # --- ending

    async def stop(self) -> None:
        """End gracefully: no more text is sent, what was sent is spoken and heard to its end, and the connection
        can be reused (INT-02). The events go on until the summary, whose `interrupted` says whether text was left.
        """
        if self._feed is not None:
            self._feed.stop()
        elif not self._over:
            self._interrupted()

    async def interrupt(self) -> None:
        """End at once: the connection is closed, audio that was not yet heard is forgotten, and only the summary
        follows (INT-01).
        """
        if not self._over or self._ready:
            self._interrupted()
        await self._cancel()

    def _interrupted(self) -> None:
        self._over = True
        self._failure = None
        self._ready.clear()
        self._ready.append(Summary(self.finished, interrupted=True))
        self._outbox.end()
        self._outbox.discard()

    async def aclose(self) -> None:
        """Let go of everything: the connection is closed, and iterating ends."""
        self._over = True
        self._failure = None
        self._ready.clear()
        try:
            await self._cancel()
        finally:
            self._outbox.end()
            self._outbox.discard()

    async def _cancel(self) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __del__(self) -> None:
        """Forgotten, perhaps in the middle of a loop that was left, and in whatever thread."""
        task, outbox = self._task, self._outbox
        if task is None or task.done():
            outbox.discard()
        elif not task.get_loop().is_closed():
            task.get_loop().call_soon_threadsafe(_forget, task, outbox)


def _forget(task: asyncio.Task[None], outbox: Outbox) -> None:
    task.cancel()
    outbox.end()
    outbox.discard()
