"""Every fault of the table happens when it is asked for, and only then."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.emulating import KEY, Client, client
from ttsprep.emulator import FAULTS, Emulator, Fault, Outcome

SENTENCE = "一二三四五六七八九十。"
WHOLE = int((10 * 0.2 + 0.06) * 8000) * 2
"""Bytes of `SENTENCE` as a tone in pcm at 8000 Hz."""


def play(script: Callable[[Client], Awaitable[Any]], *faults: str | Fault, **options: Any) -> Any:
    async def run() -> Any:
        async with Emulator(voice="tone", faults=faults, **options) as emulator, client(emulator.url) as connected:
            return await asyncio.wait_for(script(connected), 20)

    return asyncio.run(run())


async def whole_task(on: Client, sentence: str = SENTENCE) -> list[str]:
    """Three sentences in two instructions, up to the end of the task or of the connection; what came, in order."""
    try:
        await on.run_task({"format": "pcm"})
        await on.until("task-started")
        await on.text(sentence)
        await on.text(sentence * 2)
        await on.finish()
        await on.until("task-finished", "task-failed")
    except ConnectionClosed:
        pass
    return on.order


@pytest.mark.rule("HDR-02")
@pytest.mark.parametrize(("fault", "status"), [("401", 401), ("403", 403), ("503", 503)])
def test_refused_handshakes(fault: str, status: int) -> None:
    async def run() -> Emulator:
        async with Emulator(voice="tone", faults=[f"{fault}x2"]) as emulator:
            for _ in range(2):
                with pytest.raises(InvalidStatus) as caught:
                    async with client(emulator.url):
                        pass
                assert caught.value.response.status_code == status
                assert "code" in json.loads(caught.value.response.body)
            async with client(emulator.url) as connected:
                await connected.speak("你好。")
            return emulator

    assert asyncio.run(run()).departures == [], "a fault is nobody's departure"


@pytest.mark.rule("NET-01")
def test_slow_opening() -> None:
    async def run() -> float:
        async with Emulator(voice="tone", faults=["slow-opening:0.5"]) as emulator:
            begun = asyncio.get_running_loop().time()
            async with client(emulator.url):
                return asyncio.get_running_loop().time() - begun

    assert 0.5 <= asyncio.run(run()) < 3


@pytest.mark.parametrize("code", [1007, 1011, 1006])
@pytest.mark.parametrize(
    ("step", "seen"),
    [
        ("run-task", []),
        ("started", ["task-started"]),
        ("continue-task", ["task-started"]),
        ("finish-task", ["task-started"]),
        ("sentence:2", ["task-started", "audio", "result-generated"]),
        ("audio:3", ["task-started", "audio", "result-generated"]),
        ("finished", ["task-started", "audio", "result-generated"]),
    ],
)
def test_connections_that_end_at_a_step(code: int, step: str, seen: list[str]) -> None:
    async def script(on: Client) -> tuple[set[str], int, int]:
        order = await whole_task(on)
        ended, _ = await on.end()
        return set(order), ended, len(on.audio)

    order, ended, frames = play(script, f"close-{code}={step}")
    assert ended == code
    assert order >= set(seen)
    assert "task-finished" not in order
    if step == "audio:3" and code != 1006:
        assert frames == 3


@pytest.mark.parametrize("step", ["run-task", "started", "continue-task:2", "finish-task", "sentence:2", "audio:4"])
def test_silence_but_pings_are_answered(step: str) -> None:
    async def script(on: Client) -> list[str]:
        order: list[str] = []
        try:
            async with asyncio.timeout(0.8):
                order = await whole_task(on)
        except TimeoutError:
            await asyncio.wait_for(await on.websocket.ping(), 1)
            return on.order
        return order

    # The scaled limits of 23 and 60 s pass meanwhile: they are silent too.
    assert "task-finished" not in play(script, f"silence={step}", time_scale=0.01)


@pytest.mark.rule("EVT-06")
def test_task_failed_in_a_sentence() -> None:
    async def script(on: Client) -> tuple[dict[str, Any], int, int]:
        await whole_task(on)
        return on.events[-1]["header"], len(b"".join(on.audio)), (await on.end())[0]

    header, heard, code = play(script, "task-failed:InternalError.Algo:the engine broke=sentence:3")
    assert (header["error_code"], header["error_message"]) == ("InternalError.Algo", "the engine broke")
    assert heard == 2 * WHOLE
    assert code == 1000


def test_half_a_sentence_then_a_reset() -> None:
    async def script(on: Client) -> tuple[int, int]:
        await whole_task(on)
        return len(b"".join(on.audio)), (await on.end())[0]

    assert play(script, "half-then-reset=sentence:2") == (WHOLE + WHOLE // 2, 1006)


@pytest.mark.rule("EVT-08", "EVT-07")
def test_events_of_other_tasks() -> None:
    async def script(on: Client) -> tuple[list[str], set[str], str]:
        await on.speak("你好。")
        first = on.task_id
        on.events.clear()
        await whole_task(on)
        while on.events[-1]["header"]["task_id"] != on.task_id:
            await on.until("task-finished", "task-failed")
        others = {event["header"]["task_id"] for event in on.events} - {on.task_id}
        return [event["header"]["event"] for event in on.events], others, first

    names, others, first = play(script, "late-events=started")
    assert others == {first}
    assert {"task-started", "task-finished"} <= set(names)
    names, others, _ = play(script, "alien-events=sentence:2")
    assert others == {"f" * 32}
    assert {"task-finished", "task-failed"} <= set(names)


@pytest.mark.rule("AUD-02")
def test_sizes_of_frames() -> None:
    async def script(on: Client) -> list[int]:
        await whole_task(on, "a.\n")
        return [len(frame) for frame in on.audio]

    usual = play(script)
    assert len(usual) == 6
    assert play(script, "one-byte-frames") == [1] * sum(usual)
    assert play(script, "huge-frame") == [sum(usual) // 3] * 3
    from_third = play(script, "one-byte-frames=sentence:3")
    assert (from_third[:4], set(from_third[4:])) == (usual[:4], {1})


@pytest.mark.rule("EVT-07")
def test_events_and_fields_that_no_page_names() -> None:
    async def script(on: Client) -> list[dict[str, Any]]:
        await whole_task(on)
        return on.events

    events = play(script, "unknown-event=sentence:1")
    assert "result-imagined" in [event["header"]["event"] for event in events]
    events = play(script, "unknown-fields")
    assert all(set(event) > {"header", "payload"} for event in events)
    assert events[-1]["header"]["event"] == "task-finished"


def test_an_event_that_is_not_json() -> None:
    async def script(on: Client) -> None:
        with pytest.raises(json.JSONDecodeError):
            await whole_task(on)

    play(script, "malformed-event=sentence:2")


def test_task_finished_never_comes() -> None:
    async def script(on: Client) -> int:
        try:
            async with asyncio.timeout(0.8):
                await whole_task(on)
        except TimeoutError:
            pass
        assert "task-finished" not in on.order
        return len(b"".join(on.audio))

    assert play(script, "no-task-finished") == 3 * WHOLE


def test_a_fault_can_happen_once() -> None:
    async def script(on: Client) -> list[str]:
        await whole_task(on)
        on.order.clear()
        on.audio.clear()
        await whole_task(on)
        return [str(max(map(len, on.audio))), on.order[-1]]

    assert play(script, "huge-framex1") == ["8000", "task-finished"]
    assert play(script, "huge-frame") == [str(WHOLE), "task-finished"]


def test_every_fault_is_documented_and_can_be_asked_for_by_its_name() -> None:
    for name, kind in FAULTS.items():
        argument = ":1" if kind.argument == "SECONDS" else ""
        assert Fault.parse(name + argument).step is kind.default
        assert kind.summary
    wanted = {"401", "403", "503", "slow-opening", "close-1007", "close-1011", "close-1006", "silence", "task-failed"}
    wanted |= {"half-then-reset", "late-events", "alien-events", "one-byte-frames", "huge-frame", "unknown-event"}
    assert set(FAULTS) == wanted | {"unknown-fields", "malformed-event", "no-task-finished"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("close1011", "did you mean close-1011"),
        ("silence=continue", "did you mean continue-task"),
        ("401=sentence:2", "cannot happen at sentence"),
        ("silence=connect", "cannot happen at connect"),
        ("silence=sentence:0", "counted from 1"),
        ("silencex0", "counted from 1"),
        ("slow-opening", "SECONDS"),
        ("slow-opening:soon", "SECONDS"),
        ("", "NAME"),
        ("=sentence", "NAME"),
        ("nonsense", "there are 401, 403"),
    ],
)
def test_faults_that_make_no_sense(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Fault.parse(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("task-failed:A:b=c:d=sentence:2x3", ("task-failed", "A:b=c:d", "sentence", 2, 3)),
        ("task-failed:Throttling.RateQuota", ("task-failed", "Throttling.RateQuota", "sentence", 1, None)),
        ("slow-opening:12.5x1", ("slow-opening", "12.5", "connect", 1, 1)),
        (" silence=audio:5 ", ("silence", "", "audio", 5, None)),
    ],
)
def test_the_short_form_of_a_fault(text: str, fault: tuple[Any, ...]) -> None:
    found = Fault.parse(text)
    assert found.step
    assert (found.name, found.argument, found.step.value, found.ordinal, found.times) == fault


def test_no_key_in_a_fault_refusal() -> None:
    async def run() -> str:
        async with Emulator(voice="tone", faults=["401"]) as emulator:
            with pytest.raises(InvalidStatus) as caught:
                async with client(emulator.url):
                    pass
            response = caught.value.response
            return str(response.headers) + (response.body or b"").decode()

    assert KEY not in asyncio.run(run())


def test_silence_lasts_whatever_the_client_does() -> None:
    async def script(on: Client) -> None:
        await on.run_task()
        await on.run_task()
        await on.send("nonsense")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(on.read(), 0.5)
        await asyncio.wait_for(await on.websocket.ping(), 1)

    play(script, "silence=run-task")


async def _read_to_the_fault(on: Client) -> None:
    """A task up to the frame that is no JSON, or for a while."""
    await on.run_task({"format": "pcm"})
    await on.until("task-started")
    await on.text(SENTENCE)
    with contextlib.suppress(json.JSONDecodeError, TimeoutError):
        async with asyncio.timeout(0.3):
            await on.until("nothing")


async def _wait(on: Client) -> None:
    await on.end()


async def _start_anew(on: Client) -> None:
    await on.run_task()
    await asyncio.sleep(0.1)


async def _finish_twice(on: Client) -> None:
    await on.finish()
    await on.finish()
    await asyncio.sleep(0.1)


@pytest.mark.parametrize("after", [_wait, _start_anew, _finish_twice])
@pytest.mark.parametrize("fault", ["malformed-event", "silence=sentence"])
def test_what_a_client_does_after_the_conversation_was_broken_is_excused(
    fault: str, after: Callable[[Client], Awaitable[None]]
) -> None:
    async def run() -> Emulator:
        async with Emulator(voice="tone", faults=[fault], time_scale=0.02) as emulator:
            async with client(emulator.url) as on:
                await _read_to_the_fault(on)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.7):
                        await after(on)
            return emulator

    emulator = asyncio.run(run())
    assert emulator.findings.refused == 0 and emulator.departures == []
    assert emulator.findings.of(Outcome.EXCUSED) or fault != "malformed-event"


def test_after_a_fault_that_breaks_nothing_a_departure_counts() -> None:
    async def run() -> Emulator:
        async with Emulator(voice="tone", faults=["unknown-event"]) as emulator, client(emulator.url) as on:
            await on.run_task()
            await on.until("task-started")
            await on.run_task()
            await on.until("task-failed")
            return emulator

    assert [finding.rules for finding in asyncio.run(run()).departures] == [("USE-01",)]
