"""Random faults, rhythms and departures together: whatever happens, it ends, and nothing is left behind."""

from __future__ import annotations

import asyncio
import gc
import random
from collections.abc import AsyncIterator

import pytest

from tests.sender_tools import sender, timeouts
from ttsprep import SpeechError, TaskSettings
from ttsprep.emulator import Emulator
from ttsprep.sender import Audio, Sender, Summary

FAULTS = [
    "503x2",
    "close-1006=audio:3",
    "close-1006=startedx1",
    "close-1007=run-task",
    "close-1011=continue-task",
    "half-then-reset",
    "late-events",
    "malformed-event=sentence:1",
    "no-task-finished",
    "silence=audio:2",
    "task-failed=sentence:2",
]
WAYS = ["listen", "break", "stop", "interrupt", "close", "cancel"]
OURS = {f"ttsprep {name}" for name in ("speech", "reader", "writer", "text", "closer")}


async def sentences(rng: random.Random) -> AsyncIterator[str]:
    for number in range(rng.randint(1, 25)):
        yield f"Sentence {number} goes. "
        await asyncio.sleep(rng.random() * 0.02)
    if rng.random() < 0.1:
        raise LookupError


async def listener(speaking: Sender, rng: random.Random) -> str:
    """Listen for a while, and leave in some way; says how it ended."""
    speech = speaking.speak(sentences(rng), TaskSettings(format="pcm", sample_rate=8000), joined=False)
    until, way, heard, last = rng.randint(1, 40), rng.choice(WAYS), 0, ""
    try:
        async for event in speech:
            until -= 1
            heard += len(event.data) if isinstance(event, Audio) else 0
            last = type(event).__name__
            if rng.random() < 0.05:
                await asyncio.sleep(rng.random() * 0.05)
            if until == 0 and way == "break":
                return way
            if until == 0 and way in ("stop", "interrupt", "close"):
                await {"stop": speech.stop, "interrupt": speech.interrupt, "close": speech.aclose}[way]()
            if until == 0 and way == "cancel":
                asyncio.get_running_loop().call_soon(current().cancel)
                await asyncio.sleep(1)
    except SpeechError as error:
        finished = sum(task.audio_bytes for task in speech.finished)
        assert heard == finished + error.audio_bytes, "nothing delivered is lost"
        return type(error).__name__
    except LookupError:
        return "source"
    assert last == Summary.__name__ or way == "close"
    return way


def current() -> asyncio.Task[object]:
    task = asyncio.current_task()
    assert task is not None
    return task


@pytest.mark.rule("FLW-08", "INT-01", "INT-02", "EVT-06")
@pytest.mark.parametrize("seed", range(24))
def test_everything_ends_and_nothing_is_left_behind(seed: int) -> None:
    rng = random.Random(seed)
    waits = timeouts(opening=3, task_started=1, first_audio=1, next_audio=0.5, closing=0.2)

    async def scenario() -> None:
        async with Emulator(voice="tone", faults=rng.sample(FAULTS, rng.randint(0, 2))) as emulator:
            options = {"attempts": rng.randint(1, 3), "max_connections": 2, "time_scale": 0.05, "timeouts": waits}
            async with sender(emulator.url, memory=rng.choice([0, 1000, 1 << 20]), **options) as speaking:
                async with asyncio.timeout(20):
                    listeners = (listener(speaking, rng) for _ in range(3))
                    ends = await asyncio.gather(*listeners, return_exceptions=True)
            failures = [end for end in ends if isinstance(end, Exception)]
            assert failures == []
            assert [task for task in asyncio.all_tasks() if task.get_name() in OURS] == []

    asyncio.run(scenario())
    gc.collect()  # what was left open would warn here
