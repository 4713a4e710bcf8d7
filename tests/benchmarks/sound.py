"""How fast audio is joined, spoken and encoded: ``python -m tests.benchmarks.sound``."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import soundfile

from ttsprep.audio import joiner
from ttsprep.emulator.voice import TaskAudio, VoicePool
from ttsprep.emulator.voice.process import VoiceProcess
from ttsprep.emulator.voice.synthesis import Synthesis

SAMPLE_RATES = (8000, 16000, 22050, 24000, 44100, 48000)
FORMATS = ("pcm", "wav", "mp3", "opus")
SENTENCE = "今天天气真不错，我们用 Python 写一个小工具，把文字变成声音。"
FRAME = 8000


@contextmanager
def timed() -> Iterator[Callable[[], float]]:
    began = time.perf_counter()
    ended: list[float] = []
    yield lambda: (ended[0] if ended else time.perf_counter()) - began
    ended.append(time.perf_counter())


def audio_of(audio: TaskAudio, kind: str, sentences: int) -> tuple[bytes, float]:
    """The bytes of a task and how many seconds it plays."""
    synthesis, data, milliseconds = Synthesis(audio, kind), bytearray(), 0
    for _ in range(sentences):
        for block in synthesis.say(SENTENCE):
            data += block.data
            milliseconds += block.milliseconds
    data += synthesis.finish()
    synthesis.close()
    return bytes(data), milliseconds / 1000


def joining() -> None:
    print("joining, frames of 8000 bytes")
    for audio_format in FORMATS:
        part, _ = audio_of(TaskAudio(audio_format, 24000), "tone", 20)
        times = max(3, 50_000_000 // len(part) if audio_format in ("pcm", "wav") else 5_000_000 // len(part))
        join = joiner(audio_format, sample_rate=24000)
        with timed() as took:
            for _ in range(times):
                join.begin_task()
                for at in range(0, len(part), FRAME):
                    join.feed(part[at : at + FRAME])
                join.end_task()
            join.close()
        print(
            f"  {audio_format:5} {len(part) * times / took() / 1e6:8.1f} MB/s {join.seconds / took():10.0f} x real time"
        )


def speaking() -> None:
    print("speaking and encoding in one process, seconds of audio per second; mp3: its length over that of pcm")
    audio_of(TaskAudio("pcm", 22050), "speech", 1)
    for sample_rate in SAMPLE_RATES:
        line = f"  {sample_rate:6} Hz"
        for audio_format in FORMATS:
            with timed() as took:
                data, seconds = audio_of(TaskAudio(audio_format, sample_rate), "speech", 4)
            line += f"  {audio_format} {seconds / took():5.0f}"
            if audio_format == "mp3":
                line += f" ({soundfile.info(io.BytesIO(data)).duration - seconds:+.3f} s)"
        print(line)


async def first_bytes(pool: VoicePool, audio: TaskAudio) -> float:
    with timed() as took:
        async with pool.task(audio) as speaker:
            async for block in speaker.say(SENTENCE):
                if block.data:
                    return took()
    return took()


async def one_task(pool: VoicePool, audio: TaskAudio) -> int:
    size = 0
    async with pool.task(audio) as speaker:
        async for block in speaker.say(SENTENCE):
            size += len(block.data)
        return size + len(await speaker.finish())


async def processes() -> None:
    with timed() as took:
        process = await VoiceProcess.start(30)
    print(f"voice process: ready after {took() * 1000:.0f} ms")
    await process.close()
    for kind, audio_format in (("speech", "pcm"), ("speech", "mp3"), ("speech", "opus"), ("tone", "wav")):
        async with VoicePool(kind) as pool:
            audio = TaskAudio(audio_format, 22050)
            await one_task(pool, audio)
            waits = []
            for _ in range(5):
                waits.append(await first_bytes(pool, audio))
                await asyncio.sleep(0.6)
            with timed() as took:
                await asyncio.gather(*(one_task(pool, audio) for _ in range(20)))
            first = sorted(waits)[len(waits) // 2] * 1000
            print(f"  {kind:6} {audio_format:4} text to first bytes {first:6.1f} ms; 20 tasks at once {took():.2f} s")


async def tone() -> None:
    async with VoicePool("tone") as pool, pool.task(TaskAudio("wav", 48000)) as speaker:
        size = 0
        with timed() as took:
            async for block in speaker.say("声" * 20_000):
                size += len(block.data)
    print(f"tone in wav: {size / took() / 1e6:.0f} MB/s")


def main() -> None:
    joining()
    speaking()
    asyncio.run(processes())
    asyncio.run(tone())


if __name__ == "__main__":
    main()
