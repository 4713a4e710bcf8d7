"""Speaking one task: sentences in, audio frames and events out, while more text may still come (FLW-10)."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from ttsprep.count import count
from ttsprep.emulator.faults import Step
from ttsprep.emulator.tasks import TaskReport
from ttsprep.emulator.text import SETTLE, Sentences, spoken_ssml
from ttsprep.emulator.timing import Timing
from ttsprep.emulator.voice import Block, Speaker
from ttsprep.markup import is_speakable, is_ssml
from ttsprep.protocol import Audio, Event, ResultGenerated, Word

__all__ = ["Frames", "Speaking", "Stage"]

_EVENT_EVERY = 16
"""A result-generated event after so many frames of a sentence."""


class Stage(Protocol):
    """Where a task is spoken: the connection that takes its events and audio."""

    frame_size: int | None
    half_then_reset: bool

    async def emit(self, event: Event | Audio) -> None: ...
    async def at(self, step: Step, ordinal: int = 1) -> None: ...
    async def abort(self) -> None: ...
    async def started(self) -> None: ...
    async def finished(self) -> None: ...


class Speaking:
    """One task from run-task to task-finished. `run` speaks; the others tell it what has arrived."""

    def __init__(
        self,
        stage: Stage,
        voice: AbstractAsyncContextManager[Speaker],
        report: TaskReport,
        timing: Timing,
        *,
        frame_size: int,
        ssml: bool,
        with_words: bool,
    ) -> None:
        self._stage = stage
        self._voice = voice
        self._report = report
        self._timing = timing
        self._frame_size = frame_size
        self._ssml = ssml
        self._with_words = with_words
        self._text = Sentences()
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._index = 0
        self._frames = 0
        self._reported: int | None = None
        self._first_text: float | None = None
        self._settling: asyncio.TimerHandle | None = None

    # --- what arrives

    def add(self, text: str) -> None:
        """The text of a continue-task."""
        loop = asyncio.get_running_loop()
        self._first_text = self._first_text or loop.time()
        self._do_not_settle()
        self._say(self._text.feed(spoken_ssml(text) if self._ssml and is_ssml(text) else text))
        if self._text.may_settle:
            self._settling = loop.call_later(SETTLE, lambda: self._say(self._text.settle()))

    def flush(self) -> None:
        """Speak what is buffered, complete or not."""
        self._do_not_settle()
        self._say(self._text.close())

    def finish(self) -> None:
        """No more text: speak the rest and end."""
        self.flush()
        self._queue.put_nowait(None)

    def _do_not_settle(self) -> None:
        if self._settling:
            self._settling.cancel()
            self._settling = None

    def _say(self, sentences: list[str]) -> None:
        for sentence in sentences:
            self._queue.put_nowait(sentence)

    # --- what goes out

    async def run(self) -> None:
        """Start, speak each sentence as it comes, end."""
        try:
            async with self._voice as speaker:
                await asyncio.sleep(self._timing.start())
                await self._stage.started()
                while (sentence := await self._queue.get()) is not None:
                    await self._speak(speaker, sentence)
                await self._end(speaker)
        finally:
            self._do_not_settle()

    async def _speak(self, speaker: Speaker, sentence: str) -> None:
        self._report.characters += count(sentence)
        if not is_speakable(sentence):
            return
        await self._stage.at(Step.SENTENCE, self._index + 1)
        self._report.sentences.append(sentence)
        await self._progress()
        await self._wait_for_first_packet()
        last = await self._audio_of(speaker, sentence)
        self._report.audio_seconds += last.milliseconds / 1000
        words = tuple(Word(*_fields(word)) for word in last.words) if self._with_words else ()
        await self._progress(words, usage=True)
        self._index += 1

    async def _wait_for_first_packet(self) -> None:
        if self._timing.on and self._frames == 0 and self._first_text is not None:
            due = self._first_text + self._timing.first_packet()
            await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))

    async def _progress(self, words: tuple[Word, ...] = (), *, usage: bool = False) -> None:
        characters = self._report.characters if usage else None
        self._reported = characters or self._reported
        await self._stage.emit(ResultGenerated(self._report.task_id, self._index, words, characters))

    async def _audio_of(self, speaker: Speaker, sentence: str) -> Block:
        """Send the audio of a sentence; its last block, which has its words and length."""
        frames = Frames(self._stage.frame_size or self._frame_size)
        last = Block(last=True)
        if self._stage.half_then_reset:
            await self._half(speaker, sentence)
        async for block in speaker.say(sentence):
            for frame in frames.feed(block.data):
                await self._send(frame)
                await self._between(frames)
            last = block
        for frame in frames.close():
            await self._send(frame)
        return last

    async def _half(self, speaker: Speaker, sentence: str) -> None:
        data = b"".join([block.data async for block in speaker.say(sentence)])
        frames = Frames(self._frame_size)
        for frame in [*frames.feed(data[: len(data) // 2]), *frames.close()]:
            await self._send(frame)
        await self._stage.abort()

    async def _between(self, frames: Frames) -> None:
        if frames.given == 1 or frames.given % _EVENT_EVERY == 0:
            await self._progress()

    async def _send(self, frame: bytes) -> None:
        self._frames += 1
        self._report.audio_frames += 1
        self._report.audio_bytes += len(frame)
        await self._stage.emit(Audio(frame, self._report.task_id))
        await self._stage.at(Step.AUDIO, self._frames)

    async def _end(self, speaker: Speaker) -> None:
        frames = Frames(self._stage.frame_size or self._frame_size)
        for frame in [*frames.feed(await speaker.finish()), *frames.close()]:
            await self._send(frame)
        await self._stage.at(Step.FINISHED)
        await self._stage.finished()


class Frames:
    """Audio cut into frames of a size; a piece that would be one frame becomes two (AUD-02)."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._rest = b""
        self.given = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The frames that are full."""
        self._rest += data
        whole = max(0, len(self._rest) - 1) // self._size * self._size
        frames = [self._rest[at : at + self._size] for at in range(0, whole, self._size)]
        self._rest = self._rest[whole:]
        self.given += len(frames)
        return frames

    def close(self) -> list[bytes]:
        """What is left."""
        rest, self._rest = self._rest, b""
        self.given += bool(rest)
        return [rest] if rest else []


def _fields(word: Any) -> tuple[str, int, int, int, int]:
    return word.text, word.begin_index, word.end_index, word.begin_time, word.end_time
