"""What has arrived and was not yet taken: audio beyond a bound waits in a temporary file.

The reader of a connection never waits for the listener: a connection that is not read misses keepalive pongs and is
closed (FLW-08).
"""

from __future__ import annotations

import asyncio
import tempfile
from array import array
from collections import deque
from dataclasses import dataclass, field
from typing import IO, Final

from ttsprep.sender.events import Audio, SpeechEvent

__all__ = ["Outbox"]

_EVENT_BYTES: Final = 256  # what an event costs beside its audio, roughly: one-byte frames fill memory too
_READ_BYTES: Final = 1 << 16


@dataclass(slots=True)
class _Stretch:
    """Audio of one task in the file; `frames` are the sizes of its frames where these are kept."""

    task: int
    offset: int
    size: int = 0
    frames: array[int] = field(default_factory=lambda: array("L"))
    taken: int = 0


class Outbox:
    """A queue of events with one writer that never waits and one reader that does.

    `memory` is how many bytes of audio may wait in memory; the rest goes to a private temporary file that has no
    name where the system allows it, and that is gone when the outbox is closed or the process ends. Audio comes out
    of the file in other pieces than it went in, unless `keep_frames`.
    """

    def __init__(self, memory: int, *, keep_frames: bool = False) -> None:
        self._memory = memory
        self._keep_frames = keep_frames
        self._items: deque[SpeechEvent | _Stretch] = deque()
        self._held = 0
        self._file: IO[bytes] | None = None
        self._end = 0
        self._spooled = 0
        self._waiter: asyncio.Future[None] | None = None
        self.ended = False
        self.error: BaseException | None = None

    def put(self, event: SpeechEvent) -> None:
        """Add an event. Raises OSError if the temporary file cannot be written."""
        if self.ended:
            return
        if not isinstance(event, Audio):
            self._items.append(event)
        elif not event.data or self._held + len(event.data) <= self._memory:
            self._held += len(event.data) + _EVENT_BYTES
            self._items.append(event)
        else:
            self._spool(event)
        self._wake()

    def end(self, error: BaseException | None = None) -> None:
        """Nothing more will come; `error` is why, if something went wrong."""
        if not self.ended:
            self.ended, self.error = True, error
            self._wake()

    def take(self) -> SpeechEvent | None:
        """The next event, None if there is none at the moment."""
        if not self._items:
            return None
        item = self._items[0]
        if isinstance(item, _Stretch):
            return self._unspool(item)
        self._items.popleft()
        if isinstance(item, Audio):
            self._held -= len(item.data) + _EVENT_BYTES
        return item

    async def wait(self) -> None:
        """Until there is an event to take, or the end."""
        if self._items or self.ended:
            return
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def discard(self) -> None:
        """Forget what is waiting, and remove the file."""
        self._items.clear()
        self._held = self._spooled = 0
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def has_events(self) -> bool:
        """Whether `take` has something to give."""
        return bool(self._items)

    @property
    def spooled(self) -> int:
        """How many bytes of audio wait in the file."""
        return self._spooled

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _spool(self, event: Audio) -> None:
        try:
            self._write(event.data)
        except OSError as error:
            where = f"temporary file in {tempfile.gettempdir()}"
            raise OSError(error.errno, error.strerror or str(error), where) from error
        last = self._items[-1] if self._items else None
        if not isinstance(last, _Stretch) or last.task != event.task:
            last = _Stretch(event.task, self._end)
            self._items.append(last)
        last.size += len(event.data)
        if self._keep_frames:
            last.frames.append(len(event.data))
        self._end += len(event.data)
        self._spooled += len(event.data)

    def _write(self, data: bytes) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="ttsprep-")  # noqa: SIM115 - closed in discard
            self._end = 0
        self._file.seek(self._end)
        self._file.write(data)

    def _unspool(self, stretch: _Stretch) -> Audio:
        assert self._file is not None, "a stretch is in the file"
        self._file.seek(stretch.offset)
        wanted = stretch.frames[stretch.taken] if self._keep_frames else min(stretch.size, _READ_BYTES)
        data = self._file.read(wanted)
        stretch.taken += 1
        stretch.offset += len(data)
        stretch.size -= len(data)
        self._spooled -= len(data)
        if not stretch.size:
            self._items.popleft()
        if not self._spooled:
            self._file.truncate(0)
            self._end = 0
        return Audio(stretch.task, data)
