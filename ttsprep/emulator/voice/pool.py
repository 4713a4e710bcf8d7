"""The voices of all tasks of an emulator.

A task that speaks or encodes has a process of its own while it does, killed when the task is broken off; a process is
always ready, so that no task waits for Python to start. A tone in pcm or wav needs none.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from ttsprep.emulator.voice import wire
from ttsprep.emulator.voice.encoders import INSTALL, NEEDS_SOUNDFILE
from ttsprep.emulator.voice.model import Block, TaskAudio, VoiceError
from ttsprep.emulator.voice.pieces import Piece, dumped, pieces
from ttsprep.emulator.voice.process import VoiceProcess
from ttsprep.emulator.voice.synthesis import Synthesis

__all__ = ["KINDS", "Available", "Speaker", "VoicePool", "available"]

KINDS = ("speech", "tone")
# How long a task waits for another one's process while none becomes free, in seconds.
_PATIENCE = 0.5


class Available(NamedTuple):
    """What is installed, and what that means for the user."""

    speech: bool
    encoders: bool
    """mp3 and opus."""
    notice: str
    """Empty where nothing is missing."""

    @property
    def kind(self) -> str:
        """The voice to use when none was asked for."""
        return "speech" if self.speech else "tone"


def available() -> Available:
    """Whether the emulator can speak, and encode mp3 and opus."""
    numpy, soundfile, espeak = (
        importlib.util.find_spec(name) is not None for name in ("numpy", "soundfile", "espeakng_loader")
    )
    speech, encoders = numpy and espeak, numpy and soundfile
    missing = [*(() if speech else ("speech",)), *(() if encoders else ("mp3", "opus"))]
    voice = "" if speech else "a tone stands for the voice: "
    notice = f"{voice}{', '.join(missing)} not installed ({INSTALL})" if missing else ""
    return Available(speech, encoders, notice)


class Speaker(Protocol):
    """One task's voice."""

    def say(self, sentence: str | Iterable[Piece]) -> AsyncIterator[Block]:
        """The audio of the next sentence as it comes; the last block has its words and length.

        What has no sound gives that last block only. One sentence is taken to its end before the next, or
        the speaker is closed. Raises `VoiceError`.
        """
        ...

    async def finish(self) -> bytes:
        """The end of the audio, perhaps empty; nothing can be said afterwards. Raises `VoiceError`."""
        ...

    async def close(self) -> None:
        """Break off at once what is not finished. May be called at any time, and again."""
        ...


class VoicePool:
    """Voices of one kind, ``"speech"`` or ``"tone"``, for the tasks of one event loop.

    At most `processes` tasks speak at the same time, more wait; `limit` (s) bounds every wait. A task has its
    process from its first sentence to its end.
    """

    def __init__(self, kind: str = "speech", *, processes: int = 16, limit: float = 30.0) -> None:
        if kind not in KINDS:
            raise ValueError(f"a voice is speech or tone, not {kind!r}")
        self.kind = kind
        self._limit = limit
        self._places = asyncio.Semaphore(processes)
        self._ready: list[asyncio.Future[VoiceProcess]] = []
        self._starting: set[asyncio.Future[VoiceProcess]] = set()
        self._alive: set[VoiceProcess] = set()
        self._in_use = 0
        self._freed = asyncio.Event()
        self._cores = max(2, os.cpu_count() or 1)
        self._closed = False

    async def __aenter__(self) -> Self:
        """Raises `VoiceError` where the kind needs what is not installed."""
        if self.kind == "speech":
            if not available().speech:
                raise VoiceError("speech needs what is not installed", INSTALL)
            self._prepare()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End all processes. Speakers in use raise `VoiceError` from then on."""
        self._closed = True
        self._freed.set()
        for future in self._starting:
            future.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*(process.close() for process in self._alive))

    def speaker(self, audio: TaskAudio) -> Speaker:
        """The voice of one task; `Speaker.close` must follow.

        Raises `VoiceError` where the format needs what is not installed.
        """
        if audio.format in NEEDS_SOUNDFILE and not available().encoders:
            raise VoiceError(f"{audio.format} needs what is not installed; pcm and wav do not", INSTALL)
        if self.kind == "tone" and audio.format not in NEEDS_SOUNDFILE:
            return _Inline(Synthesis(audio, self.kind))
        return _InProcess(self, audio)

    @asynccontextmanager
    async def task(self, audio: TaskAudio) -> AsyncIterator[Speaker]:
        """The voice of one task, closed on leaving."""
        speaker = self.speaker(audio)
        try:
            yield speaker
        finally:
            await speaker.close()

    # The processes: taken for a task, given back when it has finished, or ended.

    def _prepare(self) -> None:
        """Have one process ready, as long as a core is free for it."""
        if not self._ready and self._in_use < self._cores and not self._closed:
            self._ready.append(self._start())

    def _start(self) -> asyncio.Future[VoiceProcess]:
        future = asyncio.ensure_future(self._started())
        self._starting.add(future)
        future.add_done_callback(self._has_started)
        return future

    def _has_started(self, future: asyncio.Future[VoiceProcess]) -> None:
        self._starting.discard(future)
        # Whoever takes it sees its error; nobody need.
        if not future.cancelled():
            future.exception()

    async def _started(self) -> VoiceProcess:
        process = await VoiceProcess.start(self._limit)
        self._alive.add(process)
        return process

    async def take(self) -> VoiceProcess:
        """A process for one task; `give_back` must follow."""
        try:
            async with asyncio.timeout(self._limit):
                await self._places.acquire()
        except TimeoutError as error:
            raise VoiceError(f"all voice processes were busy for {self._limit:g} s") from error
        self._in_use += 1
        try:
            return await self._next_ready()
        except BaseException:
            self._leave_place()
            raise

    def _leave_place(self) -> None:
        self._in_use -= 1
        self._places.release()

    async def _next_ready(self) -> VoiceProcess:
        if not self._ready and self._in_use > self._cores:
            await self._another_ends()
        if self._closed:
            raise VoiceError("the voices are closed")
        future = self._ready.pop() if self._ready else self._start()
        self._prepare()
        try:
            process = await asyncio.shield(future)
        except asyncio.CancelledError:
            if future.cancelled():
                raise VoiceError("the voices are closed") from None
            # The task was broken off; the process serves another one.
            self._ready.append(future)
            raise
        if process.running:
            return process
        # It ended while it had nothing to do: somebody ended it.
        self._alive.discard(process)
        await process.close()
        return await self._next_ready()

    async def _another_ends(self) -> None:
        """With all cores at work a process that becomes free is sooner there than a new one."""
        try:
            while not (self._ready or self._closed):
                self._freed.clear()
                async with asyncio.timeout(_PATIENCE):
                    await self._freed.wait()
        except TimeoutError:
            pass

    async def give_back(self, process: VoiceProcess, *, reusable: bool) -> None:
        """The task needs the process no more; one that is not reusable ends at once."""
        self._leave_place()
        if not reusable or self._closed or len(self._ready) >= self._cores:
            self._alive.discard(process)
            await process.close()
            return
        ready: asyncio.Future[VoiceProcess] = asyncio.get_running_loop().create_future()
        ready.set_result(process)
        self._ready.append(ready)
        self._freed.set()


class _Inline:
    """A voice so fast that the event loop does not notice."""

    def __init__(self, synthesis: Synthesis) -> None:
        self._synthesis = synthesis

    async def say(self, sentence: str | Iterable[Piece]) -> AsyncIterator[Block]:
        for block in self._synthesis.say(sentence):
            yield block

    async def finish(self) -> bytes:
        return self._synthesis.finish()

    async def close(self) -> None:
        self._synthesis.close()


class _InProcess:
    """A voice in a process, which is taken with the first sentence."""

    def __init__(self, pool: VoicePool, audio: TaskAudio) -> None:
        self._pool = pool
        self._audio = audio
        self._process: VoiceProcess | None = None
        self._closed = False

    async def say(self, sentence: str | Iterable[Piece]) -> AsyncIterator[Block]:
        process = await self._in_use()
        await process.send(wire.message(wire.SAY, dumped(pieces(sentence))))
        while True:
            kind, content = await process.receive()
            if kind == wire.SENTENCE:
                yield wire.sentence_block(content)
                return
            yield Block(content)

    async def _in_use(self) -> VoiceProcess:
        if self._closed:
            raise VoiceError("the task has ended, nothing can be said in it")
        if self._process is None:
            self._process = await self._pool.take()
            await self._process.send(wire.task_message(self._pool.kind, self._audio))
        return self._process

    async def finish(self) -> bytes:
        if self._process is None:
            self._closed = True
            return b""
        await self._process.send(wire.message(wire.FINISH))
        ending = b""
        while True:
            kind, content = await self._process.receive()
            if kind == wire.FINISHED:
                await self._leave(reusable=content == wire.REUSABLE)
                return ending
            ending += content

    async def close(self) -> None:
        await self._leave(reusable=False)

    async def _leave(self, *, reusable: bool) -> None:
        self._closed = True
        if self._process is not None:
            process, self._process = self._process, None
            await self._pool.give_back(process, reusable=reusable)
