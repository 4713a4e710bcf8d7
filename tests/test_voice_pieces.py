"""A sentence of several pieces: each has its length and manner, and words stay where they are."""

from __future__ import annotations

import asyncio

import numpy
import pytest

from ttsprep.emulator.voice import Block, TaskAudio, VoicePool, available
from ttsprep.emulator.voice.pieces import Beep, Piece, Silence, Spoken

KINDS = ["tone", pytest.param("speech", marks=pytest.mark.skipif(not available().speech, reason="no espeak-ng"))]
RATE = 8000


def say(kind: str, *sentence: Piece) -> tuple[numpy.ndarray[tuple[int], numpy.dtype[numpy.int16]], Block]:
    async def run() -> list[Block]:
        async with VoicePool(kind) as pool, pool.task(TaskAudio("pcm", RATE)) as speaker:
            return [block async for block in speaker.say(sentence)]

    blocks = asyncio.run(run())
    return numpy.frombuffer(b"".join(block.data for block in blocks), "<i2"), blocks[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_put_in_changes_nothing_around_it(kind: str) -> None:
    plain, without = say(kind, Spoken("你好"), Spoken("世界 again"))
    samples, last = say(kind, Spoken("你好"), Silence(777), Beep(250), Silence(0), Spoken("世界 again"))
    silent, beeping = round(RATE * 0.777), RATE // 4
    begin = round(without.words[2].begin_time * RATE / 1000)
    begin = next(
        cut
        for cut in range(begin - RATE // 1000 - 1, begin + RATE // 1000 + 2)
        if numpy.array_equal(numpy.delete(samples, numpy.s_[cut : cut + silent + beeping]), plain)
        and not samples[cut : cut + silent].any()
    )
    assert numpy.abs(samples[begin + silent : begin + silent + beeping]).mean() > 1000
    words = [(word.text, word.begin_index, word.end_index) for word in last.words]
    assert words == [("你", 0, 1), ("好", 1, 2), ("世", 2, 3), ("界", 3, 4), ("again", 5, 10)]
    moved = [(word.begin_time, word.end_time) for word in without.words]
    moved[2:] = [(first + 1027, after + 1027) for first, after in moved[2:]]
    assert numpy.abs(numpy.array(moved) - [(word.begin_time, word.end_time) for word in last.words]).max() <= 1
    assert abs(last.milliseconds - len(samples) * 1000 / RATE) <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_each_text_in_its_own_manner(kind: str) -> None:
    text = "一二三四五六七八"
    plain, _ = say(kind, Spoken(text))
    fast, _ = say(kind, Spoken(text, rate=2.0))
    silent, _ = say(kind, Spoken(text, volume=0))
    both, _ = say(kind, Spoken(text, volume=0), Spoken(text))
    assert 0.4 < len(fast) / len(plain) < 0.65
    assert len(silent) == len(plain) and not silent.any()
    assert not both[: len(silent)].any() and both[len(silent) :].any(), "the next text is as in the task again"


def test_silence_alone_is_exact() -> None:
    for milliseconds in (1, 50, 10_000):
        samples, last = say("tone", Silence(milliseconds))
        assert (len(samples), last.milliseconds, last.words) == (RATE * milliseconds // 1000, milliseconds, ())
