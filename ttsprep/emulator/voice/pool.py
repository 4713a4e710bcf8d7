"""The voices of all tasks of an emulator.

A task that speaks or encodes has a process of its own while it does, killed when the task is broken off; a process is
always ready, so that no task waits for Python to start. A tone in pcm or wav needs none.
"""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from ttsprep.emulator.voice import wire
from ttsprep.emulator.voice.encoders import INSTALL, NEEDS_SOUNDFILE
from ttsprep.emulator.voice.model import Block, TaskAudio, VoiceError
from ttsprep.emulator.voice.process import VoiceProcess
from ttsprep.emulator.voice.synthesis import Synthesis

__all__ = ["Available", "Speaker", "VoicePool", "available"]

KINDS = ("speech", "tone")


class Available(NamedTuple):
    """What is installed, and what that means for the user."""

    speech: bool
    encoders: bool
    notice: str
    """Empty where nothing is missing."""

    @property
    def kind(self) -> str:
        """The voice to use when none was asked for."""
        return "speech" if self.speech else "tone"


def available() -> Available:
    """Whether the emulator can speak, and encode mp3 and opus."""
    encoders = all(map(importlib.util.find_spec, ("numpy", "soundfile")))
    speech = bool(importlib.util.find_spec("espeakng_loader") and importlib.util.find_spec("numpy"))
    if speech and encoders:
        return Available(speech, encoders, "")
    voice = "" if speech else "a tone stands for the voice, "
    return Available(speech, encoders, f"{voice}pcm and wav only; for speech, mp3 and opus: {INSTALL}")


class Speaker(Protocol):
    """One task's voice."""

    def say(self, text: str) -> AsyncIterator[Block]:
        """The audio of the next sentence as it comes; the last block has its words and length.

        A text without words gives that last block only. Raises `VoiceError`.
        """
        ...

    async def finish(self) -> bytes:
        """The end of the audio, perhaps empty. Nothing can be said afterwards."""
        ...


class VoicePool:
    """Voices of one kind, ``"speech"`` or ``"tone"``, for the tasks of one event loop.

    At most `processes` tasks speak at the same time, more wait; `limit` (s) bounds every wait. Raises
    `VoiceError` on entering where the kind needs what is not installed.
    """

    def __init__(self, kind: str = "speech", *, processes: int = 16, limit: float = 30.0) -> None:
        if kind not in KINDS:
            raise ValueError(f"a voice is speech or tone, not {kind!r}")
        self.kind = kind
        self._limit = limit
        self._places = asyncio.Semaphore(processes)
        self._idle: list[asyncio.Future[VoiceProcess]] = []
        self._busy: set[VoiceProcess] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        if self.kind == "speech":
            if not available().speech:
                raise VoiceError("speech needs what is not installed", INSTALL)
            self._keep_one_ready()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        started = await asyncio.gather(*self._idle, return_exceptions=True)
        processes = {process for process in started if isinstance(process, VoiceProcess)} | self._busy
        self._idle.clear()
        self._busy.clear()
        await asyncio.gather(*(process.close() for process in processes))

    def check(self, audio: TaskAudio) -> None:
        """Raise `VoiceError` where the task's format needs what is not installed."""
        if audio.format in NEEDS_SOUNDFILE and not available().encoders:
            raise VoiceError(f"{audio.format} needs what is not installed; pcm and wav do not", INSTALL)

    @asynccontextmanager
    async def task(self, audio: TaskAudio) -> AsyncIterator[Speaker]:
        """The voice of one task. Leaving before `Speaker.finish` breaks it off at once."""
        self.check(audio)
        speaker: _Inline | _InProcess
        if self.kind == "tone" and audio.format not in NEEDS_SOUNDFILE:
            yield _Inline(Synthesis(audio, self.kind))
            return
        speaker = _InProcess(self, audio)
        try:
            yield speaker
        finally:
            await speaker.break_off()

    # The processes: taken for a task, given back when it has finished, or ended.

    def _keep_one_ready(self) -> None:
        if not self._idle and not self._closed:
            self._idle.append(asyncio.ensure_future(VoiceProcess.start(self._limit)))

    async def _take(self) -> VoiceProcess:
        if self._closed:
            raise VoiceError("the voices are closed")
        try:
            await asyncio.wait_for(self._places.acquire(), self._limit)
        except TimeoutError as error:
            raise VoiceError(f"all voice processes were busy for {self._limit:g} s") from error
        try:
            self._keep_one_ready()
            starting = self._idle.pop()
            self._keep_one_ready()
            process = await asyncio.shield(starting)
        except asyncio.CancelledError:
            self._places.release()
            if not self._closed:
                self._idle.append(starting)
            raise
        except BaseException:
            self._places.release()
            raise
        self._busy.add(process)
        return process

    async def _give_back(self, process: VoiceProcess, *, reusable: bool) -> None:
        if process not in self._busy:
            return
        self._busy.discard(process)
        self._places.release()
        if reusable and not self._closed and len(self._idle) < 2:
            ready: asyncio.Future[VoiceProcess] = asyncio.get_running_loop().create_future()
            ready.set_result(process)
            self._idle.append(ready)
        else:
            await process.close()


class _Inline:
    """A voice so fast that the event loop does not notice."""

    def __init__(self, synthesis: Synthesis) -> None:
        self._synthesis = synthesis

    async def say(self, text: str) -> AsyncIterator[Block]:
        for block in self._synthesis.say(text):
            yield block

    async def finish(self) -> bytes:
        return self._synthesis.finish()


class _InProcess:
    """A voice in a process, which is taken with the first sentence."""

    def __init__(self, pool: VoicePool, audio: TaskAudio) -> None:
        self._pool = pool
        self._audio = audio
        self._process: VoiceProcess | None = None

    async def say(self, text: str) -> AsyncIterator[Block]:
        if self._process is None:
            self._process = await self._pool._take()
            await self._process.send(wire.task_message(self._pool.kind, self._audio))
        await self._process.send(wire.message(wire.SAY, text.encode("utf-8", "surrogatepass")))
        while True:
            kind, content = await self._process.receive()
            if kind == wire.SENTENCE:
                yield wire.sentence_block(content)
                return
            yield Block(content)

    async def finish(self) -> bytes:
        if self._process is None:
            return b""
        await self._process.send(wire.message(wire.FINISH))
        ending = b""
        while True:
            kind, content = await self._process.receive()
            if kind == wire.FINISHED:
                process, self._process = self._process, None
                await self._pool._give_back(process, reusable=bool(content))
                return ending
            ending += content

    async def break_off(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            await self._pool._give_back(process, reusable=False)
