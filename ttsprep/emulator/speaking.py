"""Speaking one task: sentences in, audio frames and events out, while more text may still come (FLW-10)."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from ttsprep.counting import count, count_plain
from ttsprep.emulator.corrections import Corrections
from ttsprep.emulator.document import Sentence, is_document, spoken_document
from ttsprep.emulator.faults import Step
from ttsprep.emulator.frames import Frames
from ttsprep.emulator.mischief import Mischief
from ttsprep.emulator.tasks import TaskReport
from ttsprep.emulator.text import SETTLE, Sentences
from ttsprep.emulator.timing import Timing
from ttsprep.emulator.voice import Block, Speaker
from ttsprep.emulator.voice.pieces import pieces
from ttsprep.markup import is_speakable
from ttsprep.protocol import Audio, Event, ResultGenerated, Word

__all__ = ["Speaking", "Stage"]

_FAIR = 32
"""Writing waits only for a client that is behind: after so many frames everybody else has a turn."""
_EVENT_EVERY = 16
"""A result-generated event after the first of so many frames of a sentence."""


class Stage(Protocol):
    """Where a task is spoken: the connection that takes its events and audio."""

    async def emit(self, event: Event | Audio) -> None: ...
    async def started(self) -> None: ...
    async def finished(self) -> None: ...


class Speaking:
    """One task from run-task to task-finished. `run` speaks; the others tell it what has arrived."""

    def __init__(
        self,
        stage: Stage,
        mischief: Mischief,
        voice: AbstractAsyncContextManager[Speaker],
        report: TaskReport,
        timing: Timing,
        *,
        frame_size: int,
        ssml: bool,
        with_words: bool,
        corrections: Corrections,
    ) -> None:
        self._stage = stage
        self._mischief = mischief
        self._voice = voice
        self._report = report
        self._timing = timing
        self._frame_size = frame_size
        self._ssml = ssml
        self._with_words = with_words
        self._corrections = corrections
        self._text = Sentences()
        self._queue: asyncio.Queue[Sentence | None] = asyncio.Queue()
        self._index = 0
        self._frames = 0
        self._first_text: float | None = None
        self._counted = 0
        self._reported = 0
        self._settling: asyncio.TimerHandle | None = None

    # --- what arrives

    def add(self, text: str) -> None:
        """The text of a continue-task."""
        loop = asyncio.get_running_loop()
        self._first_text = self._first_text or loop.time()
        self._counted += count(text)
        self._do_not_settle()
        if self._ssml and is_document(text):
            self._say(spoken_document(text))
            return
        self._say_plain(self._text.feed(text))
        if self._text.may_settle:
            self._settling = loop.call_later(SETTLE, lambda: self._say_plain(self._text.settle()))

    def flush(self) -> None:
        """Speak what is buffered, complete or not."""
        self._do_not_settle()
        self._say_plain(self._text.close())

    def finish(self) -> None:
        """No more text: speak the rest and end."""
        self.flush()
        self._queue.put_nowait(None)

    def _do_not_settle(self) -> None:
        if self._settling:
            self._settling.cancel()
            self._settling = None

    def _say_plain(self, texts: list[str]) -> None:
        self._say([Sentence(text, pieces(text), count_plain(text), is_speakable(text)) for text in texts])

    def _say(self, sentences: list[Sentence]) -> None:
        for sentence in sentences:
            self._queue.put_nowait(self._corrections.of(sentence))

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

    async def _speak(self, speaker: Speaker, sentence: Sentence) -> None:
        # A document without enable_ssml is spoken with its tags, but they are not billed (TXT-04).
        self._report.characters = min(self._report.characters + sentence.characters, self._counted)
        if not sentence.speakable:
            return
        await self._mischief.at(Step.SENTENCE, self._index + 1)
        self._report.say(sentence.text)
        await self._progress()
        await self._wait_for_first_packet()
        last = await self._audio_of(speaker, sentence)
        self._report.audio_seconds += last.milliseconds / 1000
        words = tuple(Word(*word) for word in last.words) if self._with_words else ()
        await self._progress(words, usage=True)
        self._index += 1

    async def _wait_for_first_packet(self) -> None:
        if self._timing.on and self._frames == 0 and self._first_text is not None:
            await _until(self._first_text + self._timing.first_packet())

    async def _progress(self, words: tuple[Word, ...] = (), *, usage: bool = False) -> None:
        """A result-generated event; one in each sentence has its words and the usage so far (EVT-02 to EVT-04)."""
        characters = self._report.characters if usage else None
        self._reported = characters or self._reported
        await self._stage.emit(ResultGenerated(self._report.task_id, self._index, words, characters))

    async def _audio_of(self, speaker: Speaker, sentence: Sentence) -> Block:
        """Send the audio of a sentence; its last block, which has its words and length."""
        if self._mischief.half_then_reset:
            await self._half(speaker, sentence)
        if self._timing.on:
            return await self._paced(speaker, sentence)
        sent, last = 0, Block(last=True)
        frames = Frames(self._mischief.frame_size or self._frame_size)
        async for block in speaker.say(sentence.pieces):
            for frame in frames.feed(block.data):
                await self._send_of_sentence(frame, sent)
                sent += 1
            last = block
        for frame in frames.close():
            await self._send(frame)
        return last

    async def _paced(self, speaker: Speaker, sentence: Sentence) -> Block:
        """The same, its frames spread over the time that the imitated service needs for the sentence."""
        cutting = Frames(self._mischief.frame_size or self._frame_size)
        blocks = [block async for block in speaker.say(sentence.pieces)]
        frames = [frame for block in blocks for frame in cutting.feed(block.data)] + cutting.close()
        begun = asyncio.get_running_loop().time()
        whole = self._timing.generation(blocks[-1].milliseconds / 1000)
        for number, frame in enumerate(frames):
            await _until(begun + whole * number / len(frames))
            await self._send_of_sentence(frame, number)
        await _until(begun + whole)
        return blocks[-1]

    async def _send_of_sentence(self, frame: bytes, number: int) -> None:
        """Send the frame with this number, from 0; events come between (AUD-02)."""
        await self._send(frame)
        if number % _EVENT_EVERY == 0:
            await self._progress()

    async def _half(self, speaker: Speaker, sentence: Sentence) -> None:
        data = b"".join([block.data async for block in speaker.say(sentence.pieces)])
        frames = Frames(self._frame_size)
        for frame in [*frames.feed(data[: len(data) // 2]), *frames.close()]:
            await self._send(frame)
        await self._mischief.abort()

    async def _send(self, frame: bytes) -> None:
        self._frames += 1
        self._report.audio_frames += 1
        self._report.audio_bytes += len(frame)
        await self._stage.emit(Audio(frame, self._report.task_id))
        await self._mischief.at(Step.AUDIO, self._frames)
        if self._frames % _FAIR == 0:
            await asyncio.sleep(0)

    async def _end(self, speaker: Speaker) -> None:
        frames = Frames(self._mischief.frame_size or self._frame_size)
        for frame in [*frames.feed(await speaker.finish()), *frames.close()]:
            await self._send(frame)
        await self._report_the_rest()
        await self._mischief.at(Step.FINISHED)
        await self._stage.finished()

    async def _report_the_rest(self) -> None:
        """What was billed but not heard after the last sentence, or counts otherwise in SSML (TXT-04)."""
        if self._counted > self._reported:
            self._report.characters = self._counted
            self._index = max(0, self._index - 1)
            await self._progress(usage=True)


async def _until(due: float) -> None:
    await asyncio.sleep(due - asyncio.get_running_loop().time())
