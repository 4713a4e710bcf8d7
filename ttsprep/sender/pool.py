"""Connections kept for reuse (USE-01, USE-02) under two limits where requests wait their turn (USE-03)."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ttsprep.sender.wire import Wire

__all__ = ["Pool", "StartRate"]

_LOG = logging.getLogger("ttsprep.sender")
_WINDOW: Final = 1.05  # a second, and some room for requests that overtake each other on the way


class StartRate:
    """At most `per_second` task starts in any second, first come first served; 0 is without limit."""

    def __init__(self, per_second: float, *, time_scale: float = 1.0) -> None:
        self._window = _WINDOW * time_scale
        if 0 < per_second < 1:
            self._window, per_second = self._window / per_second, 1
        self._most = int(per_second)
        self._starts: deque[float] = deque(maxlen=self._most)
        self._turn = asyncio.Lock()

    async def wait(self) -> None:
        """Until a task may be started; it counts as started then."""
        if not self._most:
            return
        async with self._turn:
            loop = asyncio.get_running_loop()
            if len(self._starts) == self._most:
                await asyncio.sleep(self._starts[0] + self._window - loop.time())
            self._starts.append(loop.time())


class Pool:
    """At most `most` connections; the one used last is used first, one that was idle too long never."""

    def __init__(self, open_wire: Callable[[], Awaitable[Wire]], most: int) -> None:
        self._open = open_wire
        self._most = most
        self._slots = asyncio.Semaphore(most)
        self._busy = 0
        self._idle: list[Wire] = []
        self._closers: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def wire(self, *, fresh: bool = False) -> AsyncIterator[Wire]:
        """A connection for one task, `fresh` or perhaps used before; it comes back or is closed at the end."""
        async with self._slots:
            for stale in [stale for stale in self._idle if not stale.is_usable]:
                self._drop(stale)
            wire = await self._open_fresh() if fresh or not self._idle else self._idle.pop()
            self._busy += 1
            wire.tasks += 1
            try:
                yield wire
            finally:
                self._busy -= 1
                self._put_back(wire)

    async def _open_fresh(self) -> Wire:
        if self._idle and self._busy + len(self._idle) >= self._most:
            self.discard(self._idle.pop(0))
        wire = await self._open()
        wire.on_end = self._drop
        return wire

    def _put_back(self, wire: Wire) -> None:
        wire.listener = None
        if wire.is_usable:
            self._idle.append(wire)
        else:
            self.discard(wire)

    def _drop(self, wire: Wire) -> None:
        """An idle connection was closed by the service, or has been idle long enough."""
        if wire in self._idle:
            self._idle.remove(wire)
            self.discard(wire)

    def discard(self, wire: Wire) -> None:
        """Close a connection in the background."""
        closer = asyncio.create_task(wire.close(), name="ttsprep closer")
        self._closers.add(closer)
        closer.add_done_callback(self._closers.discard)

    async def close(self) -> None:
        """Close all connections, within the closing timeout."""
        for wire in list(self._idle):
            self.discard(wire)
        while self._closers:
            await asyncio.wait(list(self._closers))

    @property
    def idle(self) -> int:
        """How many connections wait for a task."""
        return len(self._idle)
