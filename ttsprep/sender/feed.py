"""What is to be spoken, as it becomes available: a plan at once, a stream of text sentence by sentence (FLW-09)."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar, cast

from ttsprep.counting import count
from ttsprep.mapped import MappedText
from ttsprep.markup import is_speakable
from ttsprep.payloads import PartStream, Plan, TextPart
from ttsprep.sender.sources import Chunk, Speakable, plans_of
from ttsprep.settings import TaskSettings
from ttsprep.source import BOM

__all__ = ["Feed", "Piece"]

T = TypeVar("T")

_MOST_WAITING: Final = 256
_CHARACTERS_AT_A_TIME: Final = 1 << 14
_ITEMS_AHEAD: Final = 8
_LEAVE_SECONDS: Final = 2.0  # for a caller's source that is slow to clean up


@dataclass(frozen=True, slots=True)
class Piece:
    """One continue-task's text, its settings, and its group: pieces of two groups never share a task."""

    part: TextPart
    settings: TaskSettings
    group: int = 0


class Feed:
    """The pieces that wait, and whether there will be more.

    `changed` is set whenever anything here changes; the one task that waits for it clears it first.
    """

    def __init__(self) -> None:
        self.pieces: deque[Piece] = deque()
        self.ended = False
        self.stopped = False
        self.error: Exception | None = None
        self.changed = asyncio.Event()
        self._room = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._left = False
        self._unread = False
        self._patience: asyncio.Timeout | None = None

    @classmethod
    def of(cls, source: Speakable, settings: TaskSettings) -> Feed:
        """The feed of anything that can be spoken."""
        feed = cls()
        plans = plans_of(source)
        if plans:
            feed.pieces.extend(_pieces_of(plans))
            feed.ended = True
        else:
            chunks = _chunks(cast(str | MappedText | TextPart | Iterable[Chunk] | AsyncIterable[Chunk], source))
            feed._pump = asyncio.create_task(feed._fill(chunks, settings), name="ttsprep text")
        return feed

    def take(self) -> Piece:
        """The next piece. Raises IndexError if none waits."""
        self._room.set()
        return self.pieces.popleft()

    def restore(self, pieces: Iterable[Piece]) -> None:
        """Put pieces back in front, for another attempt."""
        self.pieces.extendleft(reversed(list(pieces)))

    async def wait(self) -> None:
        """Until something changes."""
        await self.changed.wait()
        self.changed.clear()

    def poke(self) -> None:
        """Wake whoever waits: something outside has changed."""
        self.changed.set()

    def stop(self) -> None:
        """Take no more text."""
        self._unread = self._unread or not (self.stopped or self.ended)
        self.stopped = self._left = True
        self.changed.set()
        if self._patience is not None:
            self._patience.reschedule(asyncio.get_running_loop().time())
            self._patience = None
        if self._pump is not None:
            self._pump.cancel()

    async def unless_stopped(self, work: Awaitable[T]) -> T | None:
        """What the work gives; None if `stop` comes first, which cancels it at once."""
        try:
            async with asyncio.timeout(None) as self._patience:
                return await work
        except TimeoutError:
            if not self.stopped:
                raise
            return None
        finally:
            self._patience = None

    @property
    def is_cut(self) -> bool:
        """Whether `stop` came before the end of the text: the source had more, or pieces were left unsent."""
        return self.stopped and (self._unread or any(is_speakable(piece.part.text) for piece in self.pieces))

    async def speakable(self) -> bool:
        """Wait for the first speakable piece; whether there is one (FLW-12).

        What cannot be spoken and has nothing to go with is dropped.
        """
        while not self.stopped:
            first = self._first_group()
            if any(is_speakable(piece.part.text) for piece in first):
                return True
            if self.ended and not self.pieces:
                return False
            if first and self._is_whole(first):
                for _ in first:
                    self.take()
            else:
                await self.wait()
        return False

    def _first_group(self) -> list[Piece]:
        """What may share a task with the first piece: under enable_ssml nothing (SSM-04)."""
        if self.pieces and self.pieces[0].settings.enable_ssml:
            return [self.pieces[0]]
        return [piece for piece in self.pieces if piece.group == self.pieces[0].group]

    def _is_whole(self, first: list[Piece]) -> bool:
        """Whether nothing more will come for that task."""
        others = len(first) < len(self.pieces) or first[0].settings.enable_ssml
        return others or self.ended or len(self.pieces) >= _MOST_WAITING

    async def close(self) -> None:
        """Let go of the source."""
        self._left = True
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.wait([self._pump], timeout=_LEAVE_SECONDS)

    async def _fill(self, chunks: AsyncIterator[Chunk], settings: TaskSettings) -> None:
        try:
            async for part in _parts(chunks, settings):
                while len(self.pieces) >= _MOST_WAITING:
                    self._room.clear()
                    await self._room.wait()
                self.pieces.append(Piece(part, settings))
                self.changed.set()
        except Exception as error:  # whatever the caller's source raises is raised to the caller
            self.error = error
        except asyncio.CancelledError:
            if self._left:
                raise
            self.error = RuntimeError("the source of the text was cancelled")
        finally:
            self.ended = True
            self.changed.set()
            await _close(chunks)


def _pieces_of(plans: Iterable[Plan]) -> Iterator[Piece]:
    for group, task in enumerate(task for plan in plans for task in plan.tasks):
        for part in task.parts:
            yield Piece(part, task.settings, group)


async def _parts(chunks: AsyncIterator[Chunk], settings: TaskSettings) -> AsyncIterator[TextPart]:
    """Chunks of text as parts; under enable_ssml each text is a document and stays whole (SSM-04).

    A byte order mark at the start of the stream, or of a document, is dropped (TXT-06).
    """
    stream, at_start = PartStream(), True
    async for chunk in chunks:
        if at_start and isinstance(chunk, str | MappedText) and len(chunk):
            chunk = _without_mark(chunk)
            at_start = bool(settings.enable_ssml)
        if isinstance(chunk, TextPart):
            at_start = bool(settings.enable_ssml)
            for part in stream.close():
                yield part
            stream = PartStream()
            yield chunk
        elif not isinstance(chunk, str | MappedText):
            raise TypeError(f"speak takes texts (str, MappedText, TextPart), not {type(chunk).__name__}")
        elif settings.enable_ssml:
            text = chunk if isinstance(chunk, str) else chunk.text
            yield TextPart(text, None, count(text), 1, complete=True)
        else:
            for start in range(0, len(chunk), _CHARACTERS_AT_A_TIME):
                for part in stream.feed(chunk[start : start + _CHARACTERS_AT_A_TIME]):
                    yield part
                await asyncio.sleep(0)  # a long text must not keep the connections waiting
    for part in stream.close():
        yield part


def _without_mark(text: str | MappedText) -> str | MappedText:
    marked = (text if isinstance(text, str) else text.text).startswith(BOM)
    return text[1:] if marked else text


async def _close(chunks: AsyncIterator[Chunk]) -> None:
    closing = getattr(chunks, "aclose", None)
    if closing is not None:
        await closing()


# --- every kind of source as an asynchronous iterator


def _chunks(source: str | MappedText | TextPart | Iterable[Chunk] | AsyncIterable[Chunk]) -> AsyncIterator[Chunk]:
    if isinstance(source, str | MappedText | TextPart):
        return _one(source)
    if isinstance(source, AsyncIterable):
        return aiter(source)
    if isinstance(source, list | tuple):
        return _each(source)
    return _from_thread(iter(source))


async def _one(source: Chunk) -> AsyncIterator[Chunk]:
    yield source


async def _each(source: Iterable[Chunk]) -> AsyncIterator[Chunk]:
    for chunk in source:
        yield chunk


async def _from_thread(items: Iterator[Chunk]) -> AsyncIterator[Chunk]:
    """A plain iterator may block (it may wait for a language model), so it runs in a thread of its own.

    The thread is a daemon: an iterator that never returns cannot hold up the end of the program.
    """
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[Chunk | Exception | None]()
    room, left = threading.Semaphore(_ITEMS_AHEAD), threading.Event()

    def post(item: Chunk | Exception | None) -> None:
        try:
            loop.call_soon_threadsafe(queue.put_nowait, item)
        except RuntimeError:  # the loop is closed: nobody listens any more
            left.set()

    def work() -> None:
        try:
            for item in items:
                room.acquire()
                if left.is_set():
                    return
                post(item)
            post(None)
        except Exception as error:
            post(error)

    threading.Thread(target=work, name="ttsprep text", daemon=True).start()
    try:
        while (item := await queue.get()) is not None:
            room.release()
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        left.set()
        room.release()
