"""One call of `speak`: tasks one after another, each tried again where that is safe, on connections of the pool."""

from __future__ import annotations

import asyncio
import random
import uuid
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass

from ttsprep.protocol import ConnectionLost, SpeechError
from ttsprep.sender.errors import explained, worth_retrying
from ttsprep.sender.events import Finished, Retrying, Summary
from ttsprep.sender.feed import Feed
from ttsprep.sender.outbox import Outbox
from ttsprep.sender.pool import Pool, StartRate
from ttsprep.sender.taskrun import TaskRun

__all__ = ["Backoff", "Session"]


@dataclass(frozen=True)
class Backoff:
    """How often a task is tried, and how long to wait between: doubling from `first` up to `longest` seconds, each
    shortened by up to half at random so that many clients do not come back together.
    """

    attempts: int = 3
    first: float = 0.5
    longest: float = 8.0

    def delay(self, failed: int) -> float | None:
        """Seconds to wait after so many failed attempts; None: give up.

        >>> Backoff(attempts=2).delay(2) is None, 0.25 <= Backoff().delay(1) <= 0.5
        (True, True)
        """
        if failed >= self.attempts:
            return None
        full: float = min(self.longest, self.first * 2.0 ** (failed - 1))
        return full * random.uniform(0.5, 1.0)  # noqa: S311 - no secret depends on it


class Session:
    """Runs in a task of its own and puts everything that happens into the outbox, to the very end."""

    def __init__(
        self, pool: Pool, starts: StartRate, feed: Feed, outbox: Outbox, backoff: Backoff, *, key_remedy: str
    ) -> None:
        self._pool, self._starts, self._backoff, self._key_remedy = pool, starts, backoff, key_remedy
        self._feed, self._outbox = feed, outbox
        self._tasks: list[Finished] = []

    async def run(self) -> None:
        """Speak everything. Never raises but when cancelled: errors go to the outbox, behind what came before."""
        error: BaseException | None = None
        try:
            while await self._feed.speakable():
                await self._speak_task(len(self._tasks))
            if self._feed.error is not None:
                raise self._feed.error
            self._outbox.put(Summary(tuple(self._tasks), self._feed.is_cut))
        except asyncio.CancelledError as cancelled:
            error = cancelled
            raise
        except Exception as failure:
            error = failure
        finally:
            self._outbox.end(error)
            await self._feed.close()

    async def _speak_task(self, index: int) -> None:
        attempt, fresh, may_start = 1, False, False
        while not self._feed.stopped:
            run: TaskRun | None = None
            try:
                async with AsyncExitStack() as stack:
                    opening = stack.enter_async_context(self._pool.wire(fresh=fresh))
                    wire = await self._feed.unless_stopped(opening)
                    if wire is None:
                        return
                    if not may_start:
                        await self._feed.unless_stopped(self._starts.wait())
                        may_start = True
                        if not wire.is_usable:
                            continue  # closed while the start waited its turn: another one, at once (USE-02)
                    if self._feed.stopped:
                        return
                    may_start = False
                    run = TaskRun(wire, uuid.uuid4().hex, self._feed, self._outbox, index=index, attempt=attempt)
                    report = await run.run()
                if report is not None:
                    self._tasks.append(report)
                return
            except SpeechError as error:
                stale = run is not None and run.found_dead and isinstance(error, ConnectionLost)
                if not (stale and not fresh):
                    await self._before_retry(error, run, index, attempt)
                    attempt += 1
                fresh = fresh or stale
            if run is not None:
                self._feed.restore(run.text)

    async def _before_retry(self, error: SpeechError, run: TaskRun | None, index: int, attempt: int) -> None:
        """Wait, if the task may be tried again; raise the error if not."""
        explained(error, self._key_remedy).attempts = attempt
        error.tasks = len(self._tasks)
        delay = self._backoff.delay(attempt) if worth_retrying(error) else None
        if delay is None or (run is not None and run.has_audio):
            raise error
        self._outbox.put(Retrying(index, error, attempt, delay))
        with suppress(TimeoutError):
            async with asyncio.timeout(delay):
                while not self._feed.stopped:
                    await self._feed.wait()
