"""The sender under every fault: the right exception in bounded time, nothing hangs, nothing delivered is lost."""

from __future__ import annotations

import asyncio
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sender_tools import KEY, TEXT, Heard, decoded, listen, sender
from tests.sender_tools import timeouts as waits
from ttsprep import SpeechError, TaskSettings
from ttsprep.emulator import FAULTS, Emulator
from ttsprep.sender import Audio, Retrying, Started

CASES = tomllib.loads((Path(__file__).parent / "cases" / "sender" / "faults.toml").read_text("utf-8"))["case"]
PCM = TaskSettings(format="pcm", sample_rate=8000)


async def speak(case: dict[str, Any]) -> Heard:
    limits = waits(**case.get("timeouts", {}))
    async with Emulator(voice="tone", faults=case["faults"]) as emulator:
        options = {"timeouts": limits, "attempts": case.get("attempts", 1)}
        async with sender(emulator.url, **options) as speaking:
            speaking.backoff = type(speaking.backoff)(speaking.backoff.attempts, 0.01, 0.02)
            begun = time.monotonic()
            heard = await listen(speaking.speak(case.get("text", TEXT), PCM, joined=False))
        heard.seconds = time.monotonic() - begun
        assert not our_tasks(), "nothing is left behind"
    return heard


def our_tasks() -> list[asyncio.Task[Any]]:
    """Tasks of the sender that are still running; the emulator's go on until it is left."""
    ours = {f"ttsprep {name}" for name in ("speech", "reader", "writer", "text", "closer")}
    return [task for task in asyncio.all_tasks() if task.get_name() in ours]


def whole_speech(text: str) -> bytes:
    return asyncio.run(speak({"faults": [], "text": text})).audio


def rows() -> Iterator[Any]:
    """The cases, each with the mark of the rule that it covers."""
    for case in CASES:
        marks = [pytest.mark.rule(case["rule"])] if "rule" in case else []
        yield pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", list(rows()))
def test_every_fault_ends_in_time_with_all_facts(case: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    heard = asyncio.run(speak(case))
    if timeouts := case.get("timeouts"):
        assert heard.seconds < max(timeouts.values()) + 1, "every wait ends within its limit plus one second"
    assert KEY not in caplog.text + str(heard.error) + repr(heard.error)
    if "error" not in case:
        assert heard.error is None, heard.error
        assert heard.audio == whole_speech(case.get("text", TEXT))
        return
    check_error(case, heard)


def check_error(case: dict[str, Any], heard: Heard) -> None:
    error = heard.error
    assert isinstance(error, SpeechError) and type(error).__name__ == case["error"], repr(error)
    facts = {name: getattr(error, name) for name in case.get("facts", {})}
    assert facts == case.get("facts", {})
    assert case.get("rule", "") in (*error.rules, ""), error.rules
    assert [words for words in case.get("says", []) if words not in str(error)] == []
    assert error.audio_bytes == len(heard.audio), "what was delivered before the error is all there"
    assert {"none": not heard.audio, "some": bool(heard.audio), "any": True}[case["audio"]]
    started = [event for event in heard.events if isinstance(event, Started)]
    assert not started or error.task_id == started[-1].task_id


def test_the_table_has_every_fault_of_the_emulator() -> None:
    used = {fault.partition("=")[0].partition(":")[0].partition("x")[0] for case in CASES for fault in case["faults"]}
    assert set(FAULTS) <= used


def test_an_attempt_that_is_repeated_is_announced_and_sends_all_text_again() -> None:
    heard = asyncio.run(speak({"faults": ["close-1011=continue-taskx1"], "attempts": 3}))
    retrying = [event for event in heard.events if isinstance(event, Retrying)]
    assert [(event.task, event.attempt) for event in retrying] == [(0, 1)]
    assert heard.summary.tasks[0].attempts == 2
    assert heard.summary.counted == heard.summary.billed


def test_words_that_were_heard_before_an_error_come_first() -> None:
    heard = asyncio.run(speak({"faults": ["task-failed=sentence:3"]}))
    assert isinstance(heard.error, SpeechError)
    assert heard.error.sentences >= 2
    assert isinstance(heard.events[-1], Audio) or heard.audio
    samples, _ = decoded(heard.audio, "pcm", 8000)
    assert len(samples) > 8000 * 0.2
