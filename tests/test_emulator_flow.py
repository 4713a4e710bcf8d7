"""How the emulator behaves with clients in good order: sentences, audio, events, reuse, limits of time."""

from __future__ import annotations

import asyncio
import io
import json
import uuid
import wave
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.emulating import KEY, Client, client, instruction
from ttsprep.counting import count
from ttsprep.emulator import Emulator, Outcome
from ttsprep.protocol import Role
from ttsprep.recording import Binary, Closed, Opened, Text, parse

SCALE = 0.03
Play = Callable[[Client], Awaitable[Any]]


def play(script: Play, **options: Any) -> tuple[Any, Emulator]:
    """Run a script on one connection to an emulator; what it gave, and the emulator."""

    async def run() -> tuple[Any, Emulator]:
        async with Emulator(**{"voice": "tone", **options}) as emulator, client(emulator.url) as connected:
            return await asyncio.wait_for(script(connected), 30), emulator

    return asyncio.run(run())


async def start(on: Client, **parameters: Any) -> None:
    await on.run_task(parameters)
    await on.until("task-started")


async def quiet(on: Client, seconds: float = 0.4) -> bool:
    """Whether nothing comes for a while."""
    try:
        async with asyncio.timeout(seconds):
            await on.websocket.recv()
    except TimeoutError:
        return True
    return False


def usages(events: list[dict[str, Any]]) -> list[int]:
    return [event["payload"]["usage"]["characters"] for event in events if "usage" in event["payload"]]


# --- sentences


@pytest.mark.rule("FLW-03", "FLW-10")
@pytest.mark.parametrize("text", ["你好，世界。", "Is it?", "“真的！”", "First one. And"])
def test_a_complete_sentence_is_spoken_while_the_task_goes_on(text: str) -> None:
    async def script(on: Client) -> None:
        await start(on)
        await on.text(text)
        await on.until("audio")
        await on.text("再见。")
        await on.finish()
        await on.until("task-finished")

    _, emulator = play(script)
    assert emulator.departures == []
    assert len(emulator.tasks[0].sentences) >= 2


@pytest.mark.rule("FLW-03")
@pytest.mark.parametrize("text", ["你好，世界", "It costs 3", "one, two;", "a line\nand another", "他说：“好"])
def test_an_incomplete_sentence_gives_nothing(text: str) -> None:
    async def script(on: Client) -> bool:
        await start(on)
        await on.text(text)
        return await quiet(on)

    assert play(script)[0]


@pytest.mark.rule("FLW-03")
def test_a_full_stop_at_the_end_counts_when_nothing_follows_it() -> None:
    async def script(on: Client) -> None:
        await start(on)
        await on.text("Moonlight shines bright.")
        await on.until("audio")

    play(script)


@pytest.mark.rule("FLW-03", "FLW-06")
def test_fragments_are_one_text() -> None:
    async def script(on: Client) -> None:
        await on.speak("It is 3", ".", "14, s", "aid Dr", ". Smith. 你", "好。再", "见")

    _, emulator = play(script)
    task = emulator.tasks[0]
    assert [sentence.strip() for sentence in task.sentences] == ["It is 3.14, said Dr. Smith.", "你好。", "再见"]
    assert "".join(task.sentences) == task.text


@pytest.mark.rule("FLW-04", "INT-02")
def test_finish_task_speaks_what_is_buffered() -> None:
    async def script(on: Client) -> bytes:
        await start(on)
        await on.text("没有句号")
        assert await quiet(on)
        await on.finish()
        await on.until("task-finished")
        return b"".join(on.audio)

    audio, emulator = play(script)
    assert len(audio) > 44 + 8000 * 2 * 0.4
    assert emulator.tasks[0].sentences == ["没有句号"]


@pytest.mark.rule("FLW-04", "INT-01")
def test_without_finish_task_the_ending_is_lost() -> None:
    async def script(on: Client) -> None:
        await start(on)
        await on.text("第一句。第二句")
        await on.until("audio")
        await on.websocket.close()

    _, emulator = play(script)
    task = emulator.tasks[0]
    assert (task.state, task.sentences) == ("lost", ["第一句。"])


# --- audio and events


@pytest.mark.rule("AUD-02", "AUD-06", "EVT-02")
def test_a_sentence_gives_several_frames_with_events_between() -> None:
    async def script(on: Client) -> list[str]:
        await on.speak("你好，世界，今天天气很好。", "好。")
        assert all(set(event) == {"header", "payload"} for event in on.events)
        return on.order

    order, _ = play(script)
    assert order[0] == "task-started"
    assert order[-1] == "task-finished"
    between = order[order.index("audio") : len(order) - order[::-1].index("audio")]
    assert "result-generated" in between
    sentences = "".join({"audio": "a", "result-generated": "r"}.get(name, "") for name in order).split("rr")
    assert all(part.count("a") >= 2 for part in sentences if "a" in part)


@pytest.mark.rule("AUD-02")
@pytest.mark.parametrize("audio_format", ["wav", "pcm", "mp3", "opus"])
def test_even_a_short_sentence_gives_two_frames(audio_format: str) -> None:
    async def script(on: Client) -> int:
        await on.speak("好。", format=audio_format)
        return len(on.audio)

    assert play(script)[0] >= 2


@pytest.mark.rule("AUD-03")
def test_only_the_first_frame_has_a_header() -> None:
    async def script(on: Client) -> list[bytes]:
        await on.speak("你好，世界。", "今天天气很好。", format="wav", sample_rate=16000)
        return on.audio

    frames, _ = play(script)
    assert frames[0][:4] == b"RIFF"
    assert not any(b"RIFF" in frame for frame in frames[1:])
    assert len(frames[0]) == 8000, "the service sends wav in frames of 8000 bytes"
    with wave.open(io.BytesIO(b"".join(frames))) as audio:
        assert (audio.getframerate(), audio.getnchannels(), audio.getsampwidth()) == (16000, 1, 2)


@pytest.mark.rule("EVT-01", "EVT-05", "EVT-08", "EVT-02")
def test_the_shape_of_the_events() -> None:
    async def script(on: Client) -> Client:
        await on.speak("你好。世界。")
        return on

    on, emulator = play(script)
    header = {"task_id": on.task_id, "attributes": {}}
    assert on.events[0] == {"header": {**header, "event": "task-started"}, "payload": {}}
    assert on.events[1] == {
        "header": {**header, "event": "result-generated"},
        "payload": {"output": {"sentence": {"index": 0, "words": []}}},
    }
    finished = on.events[-1]
    request = finished["header"]["attributes"]["request_uuid"]
    assert str(uuid.UUID(request)) == request == emulator.tasks[0].request_uuid
    assert finished["payload"] == {"output": {}}
    assert {event["header"]["task_id"] for event in on.events} == {on.task_id}
    indices = [event["payload"]["output"]["sentence"]["index"] for event in on.named("result-generated")]
    assert sorted(indices) == indices
    assert set(indices) == {0, 1}


@pytest.mark.rule("EVT-02")
def test_sentences_count_from_0_in_each_task() -> None:
    async def script(on: Client) -> list[int]:
        await on.speak("一。二。三。")
        on.events.clear()
        await on.speak("四。")
        return [event["payload"]["output"]["sentence"]["index"] for event in on.named("result-generated")]

    assert set(play(script)[0]) == {0}


@pytest.mark.rule("EVT-04", "TXT-03")
def test_usage_is_cumulative_and_comes_in_some_events() -> None:
    texts = ["你好，", "世界。 Hello. ", "中A文123！——", "……"]

    async def script(on: Client) -> Client:
        await on.speak(*texts)
        return on

    on, _ = play(script)
    found = usages(on.events)
    assert found == sorted(found)
    assert found[-1] == count("".join(texts))
    assert 1 < len(found) < len(on.named("result-generated"))
    assert "usage" not in on.events[-1]["payload"]


@pytest.mark.rule("EVT-04")
def test_observed_has_usage_in_task_finished_too() -> None:
    async def script(on: Client) -> list[dict[str, Any]]:
        await on.speak("代码改变世界")
        return on.events

    events, _ = play(script, mode="observed")
    assert events[-1]["payload"]["usage"] == {"characters": 12}


@pytest.mark.rule("TXT-04", "SSM-03")
def test_tags_of_ssml_count_nothing_and_are_not_spoken() -> None:
    async def script(on: Client) -> list[int]:
        await on.speak('<speak rate="1.2">你好，<break time="1s"/>世界。1 &lt; 2。</speak>', enable_ssml=True)
        return usages(on.events)

    found, emulator = play(script)
    assert found[-1] == count("你好，世界。1 &lt; 2。")
    assert found == sorted(found)
    assert "".join(emulator.tasks[0].sentences) == "你好，世界。1 < 2。"


@pytest.mark.rule("TXT-04")
def test_tags_of_other_text_are_ordinary_characters() -> None:
    async def script(on: Client) -> list[int]:
        await on.speak("a<speak>你好</speak>。")
        return usages(on.events)

    found, emulator = play(script)
    assert found[-1] == len("a<speak></speak>。") + 4
    assert emulator.tasks[0].sentences == ["a<speak>你好</speak>。"]


@pytest.mark.rule("TXT-04", "SSM-03")
def test_tags_of_a_document_without_enable_ssml_are_spoken_but_not_billed() -> None:
    async def script(on: Client) -> list[int]:
        await on.speak("<speak>你好。再见。</speak>")
        return usages(on.events)

    found, emulator = play(script)
    assert found[-1] == 10
    assert "".join(emulator.tasks[0].sentences) == "<speak>你好。再见。</speak>"


@pytest.mark.rule("PAR-08", "SSM-03")
def test_plain_text_under_enable_ssml_is_spoken_as_it_is() -> None:
    async def script(on: Client) -> None:
        await on.speak("你好。", enable_ssml=True)

    _, emulator = play(script)
    assert emulator.tasks[0].sentences == ["你好。"]
    assert emulator.departures == []


@pytest.mark.rule("EVT-03", "PAR-10")
def test_words_when_asked_for() -> None:
    async def script(on: Client) -> list[dict[str, Any]]:
        await on.speak("你好，Emma。", "再见。", word_timestamp_enabled=True)
        return [event["payload"]["output"]["sentence"] for event in on.named("result-generated")]

    sentences, _ = play(script)
    words = {sentence["index"]: sentence["words"] for sentence in sentences if sentence["words"]}
    assert [word["text"] for word in words[0]] == ["你", "好", "Emma"]
    assert [(word["begin_index"], word["end_index"]) for word in words[0]] == [(0, 1), (1, 2), (3, 7)]
    times = [time for index in (0, 1) for word in words[index] for time in (word["begin_time"], word["end_time"])]
    assert times == sorted(times), "milliseconds from the beginning of the task's audio"
    assert set(words[0][0]) == {"text", "begin_index", "end_index", "begin_time", "end_time"}


@pytest.mark.rule("EVT-02", "PAR-10")
@pytest.mark.parametrize("parameters", [{}, {"word_timestamp_enabled": False}])
def test_no_words_unless_asked_for(parameters: dict[str, Any]) -> None:
    async def script(on: Client) -> bool:
        await on.speak("你好。", **parameters)
        return any(event["payload"]["output"]["sentence"]["words"] for event in on.named("result-generated"))

    assert not play(script)[0]


@pytest.mark.rule("EVT-03", "PAR-10")
def test_an_unmarked_voice_gives_no_words_and_that_is_logged() -> None:
    async def script(on: Client) -> bool:
        await on.run_task({"voice": "longxiaochun", "word_timestamp_enabled": True}, model="cosyvoice-v1")
        await on.until("task-started")
        await on.text("你好。")
        await on.finish()
        await on.until("task-finished")
        return any(event["payload"]["output"]["sentence"]["words"] for event in on.named("result-generated"))

    has_words, emulator = play(script)
    assert not has_words
    assert ("PAR-10",) in [finding.rules for finding in emulator.findings.of(Outcome.NOTED)]
    assert emulator.departures == []


# --- sameness


@pytest.mark.rule("PAR-11")
@pytest.mark.parametrize("audio_format", ["wav", "pcm", "mp3"])
def test_the_same_seed_and_parameters_give_the_same_bytes(audio_format: str) -> None:
    async def script(on: Client) -> list[Any]:
        results = []
        for seed in (7, 7, 8):
            on.audio.clear()
            on.order.clear()
            await on.speak("你好，世界。", "Hello there.", format=audio_format, seed=seed)
            results.append((list(on.audio), list(on.order)))
        return results

    (first, again, other), _ = play(script)
    assert first == again
    assert first[0] != other[0]


def test_the_seed_of_the_emulator_decides_request_ids() -> None:
    async def script(on: Client) -> str:
        await on.speak("你好。")
        return str(on.events[-1]["header"]["attributes"]["request_uuid"])

    ids = [play(script, seed=seed)[0] for seed in (1, 1, 2)]
    assert ids[0] == ids[1] != ids[2]


# --- several tasks, limits of time


@pytest.mark.rule("USE-01", "INT-02", "FLW-07")
def test_a_connection_takes_one_task_after_another() -> None:
    async def script(on: Client) -> int:
        return len([await on.speak("你好。") for _ in range(20)])

    _, emulator = play(script)
    assert [task.state for task in emulator.tasks] == ["finished"] * 20
    assert emulator.departures == []


@pytest.mark.rule("CON-02")
@pytest.mark.parametrize("after", ["task-started", "continue-task"])
def test_23_seconds_without_text(after: str) -> None:
    async def script(on: Client) -> tuple[float, dict[str, Any], int]:
        await start(on)
        if after == "continue-task":
            await asyncio.sleep(15 * SCALE)
            await on.text("半句")
        begun = asyncio.get_running_loop().time()
        event = await on.until("task-failed")
        waited = asyncio.get_running_loop().time() - begun
        return waited, event["header"], (await on.end())[0]

    (waited, header, code), emulator = play(script, time_scale=SCALE)
    assert (header["error_code"], header["error_message"]) == ("InvalidParameter", "request timeout after 23 seconds")
    assert 18 * SCALE < waited < 23 * SCALE + 5
    assert code == 1000
    assert [finding.rules for finding in emulator.departures] == [("CON-02",)]


@pytest.mark.rule("CON-02")
def test_text_in_time_and_finish_task_stop_the_clock() -> None:
    async def script(on: Client) -> None:
        await start(on)
        for _ in range(4):
            await asyncio.sleep(10 * SCALE)
            await on.text("你好，")
        await on.finish()
        await on.until("task-finished")

    _, emulator = play(script, time_scale=SCALE)
    assert emulator.departures == []


@pytest.mark.rule("USE-02")
def test_an_idle_connection_is_closed_in_good_order() -> None:
    async def script(on: Client) -> tuple[float, int]:
        await on.speak("你好。")
        begun = asyncio.get_running_loop().time()
        code, _ = await on.end()
        return asyncio.get_running_loop().time() - begun, code

    (waited, code), emulator = play(script, time_scale=0.01)
    assert 0.4 < waited < 5
    assert code == 1000
    assert emulator.departures == []


@pytest.mark.rule("CON-02")
@pytest.mark.parametrize("mode", ["strict", "observed"])
def test_audio_that_goes_out_keeps_the_task_alive_in_observed_only(mode: str) -> None:
    """Audio in frames of two bytes takes longer than the limit, here 0.1 s."""

    async def script(on: Client) -> int:
        await start(on, format="pcm")
        for _ in range(2):
            await on.text("一二三四五六七八九十。")
        await on.until("task-failed")
        return len(b"".join(on.audio))

    received, _ = play(script, mode=mode, time_scale=0.1 / 23, frame_size=2)
    whole = int(2 * (10 * 0.2 + 0.06) * 8000) * 2
    assert received == whole if mode == "observed" else received < whole


@pytest.mark.rule("USE-03")
def test_more_task_starts_than_the_quota() -> None:
    async def run() -> tuple[list[str], Emulator]:
        async with Emulator(voice="tone", quota=3) as emulator:
            outcomes = []
            for _ in range(4):
                async with client(emulator.url) as on:
                    await on.run_task()
                    event = await on.until("task-started", "task-failed")
                    outcomes.append(event["header"].get("error_message", "started"))
                    code = event["header"].get("error_code")
            assert code == "Throttling.RateQuota"
            return outcomes, emulator

    outcomes, emulator = asyncio.run(run())
    assert outcomes == ["started"] * 3 + ["Requests rate limit exceeded, please try again later."]
    assert [finding.rules for finding in emulator.departures] == [("USE-03",)]


@pytest.mark.rule("USE-03")
def test_more_tasks_at_once_than_allowed() -> None:
    async def run() -> None:
        async with Emulator(voice="tone", max_tasks=1) as emulator:
            async with client(emulator.url) as first, client(emulator.url) as second:
                await start(first)
                await second.run_task()
                event = await second.until("task-started", "task-failed")
                assert event["header"]["error_code"] == "Throttling.RateQuota"
                await first.text("你好。")
                await first.finish()
                await first.until("task-finished")
            async with client(emulator.url) as third:
                await third.speak("你好。")

    asyncio.run(run())


# --- connections that end, or stall


@pytest.mark.rule("INT-01")
def test_closing_stops_the_speech_at_once() -> None:
    async def run() -> Emulator:
        async with Emulator(voice="tone") as emulator:
            async with client(emulator.url) as on:
                await start(on)
                await on.text("一二三四五六七八九十。" * 900)
                await on.until("audio")
            for _ in range(100):
                if emulator.tasks[0].state == "lost":
                    break
                await asyncio.sleep(0.02)
            return emulator

    emulator = asyncio.run(run())
    task = emulator.tasks[0]
    assert task.state == "lost"
    assert len(task.sentences) < 900
    assert emulator.ended == {"lost": 1}
    assert task.request_uuid == ""


@pytest.mark.rule("FLW-10")
def test_a_client_that_does_not_read_holds_nobody_up_and_is_dropped() -> None:
    async def run() -> None:
        async with Emulator(voice="tone", stall=1.0) as emulator, client(emulator.url, max_queue=1) as stuck:
            await start(stuck, format="pcm", sample_rate=48000)
            await stuck.text("一二三四五六七八九十。" * 900)
            async with client(emulator.url) as other:
                for _ in range(5):
                    await other.speak("你好。")
            task = emulator.tasks[0]
            for _ in range(100):
                if task.state == "lost":
                    break
                await asyncio.sleep(0.05)
            assert task.state == "lost"
            assert task.audio_bytes < 30_000_000, "what is not taken is not made"

    asyncio.run(run())


def test_a_flood_of_frames_after_a_fault_still_gets_the_answer() -> None:
    async def run() -> None:
        async with Emulator(voice="tone") as emulator, client(emulator.url) as on:
            try:
                for _ in range(500):
                    await on.send(instruction("continue-task", "0" * 32))
            except ConnectionClosed:
                pass
            event = await on.until("task-failed")
            assert event["header"]["error_message"].startswith("[emulator]")
            assert (await on.end())[0] == 1000
            assert len(emulator.departures) == 1

    asyncio.run(run())


def test_many_connections_at_once() -> None:
    async def run() -> None:
        async with Emulator(voice="tone") as emulator:

            async def one(number: int) -> bytes:
                async with client(emulator.url) as on:
                    return await on.speak("你好，" * (number % 5) + "世界。")

            audio = await asyncio.gather(*map(one, range(50)))
            assert len(set(map(len, audio))) == 5
            assert emulator.ended == {"finished": 50}

    asyncio.run(run())


def test_ending_the_emulator_closes_connections_as_going_away() -> None:
    async def run() -> tuple[int, str]:
        async with Emulator(voice="tone") as emulator, client(emulator.url) as on:
            await start(on)
            await on.text("一二三四五六七八九十。" * 900)
            await on.until("audio")
            reading = asyncio.ensure_future(on.end())
            await emulator.__aexit__(None, None, None)
            return await reading

    assert asyncio.run(run())[0] == 1001


# --- what is written down


@pytest.mark.rule("HDR-06")
def test_the_recording_has_all_frames_and_no_key() -> None:
    stream = io.StringIO()

    async def script(on: Client) -> int:
        await on.speak("你好。" + KEY)
        return len(b"".join(on.audio))

    size, _ = play(script, record=stream)
    [session] = parse(stream.getvalue().encode().splitlines(keepends=True))
    opened = session.entries[0].what
    assert session.role is Role.SERVER
    assert isinstance(opened, Opened) and opened.url.endswith("/api-ws/v1/inference") and opened.method == "GET"
    sent = [json.loads(frame.text) for frame in session.frames(Role.CLIENT) if isinstance(frame, Text)]
    assert [frame["header"]["action"] for frame in sent] == ["run-task", "continue-task", "finish-task"]
    assert sum(frame.size for frame in session.frames(Role.SERVER) if isinstance(frame, Binary)) == size
    assert session.entries[-1].what == Closed(1000)
    assert KEY not in stream.getvalue()
    times = [entry.time for entry in session.entries]
    assert times == sorted(times)


@pytest.mark.rule("HDR-06")
def test_the_key_stands_in_no_log_or_finding(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")

    async def script(on: Client) -> None:
        await on.run_task(task=KEY, key=KEY)
        await on.end()

    _, emulator = play(script, require_key=KEY)
    assert emulator.departures
    assert KEY not in "".join(map(str, emulator.departures)) + repr(emulator.options)
    own = [record.getMessage() for record in caplog.records if record.name.startswith("ttsprep")]
    assert own
    assert KEY not in "".join(own)


@pytest.mark.rule("SPD-02", "NET-01")
def test_the_timing_profile() -> None:
    async def run(seed: int) -> list[float]:
        scale = 0.2
        async with Emulator(voice="tone", timing=True, time_scale=scale, seed=seed) as emulator:
            clock = asyncio.get_running_loop().time
            begun = clock()
            async with client(emulator.url) as on:
                opened = (clock() - begun) / scale
                await start(on)
                begun = clock()
                await on.text("一二三四五六七八九十一二三四五六七八九十。")
                await on.until("audio")
                first = (clock() - begun) / scale
                await on.finish()
                await on.until("task-finished")
                factor = (clock() - begun) / scale / emulator.tasks[0].audio_seconds
                return [opened, first, factor]

    opened, first, factor = asyncio.run(run(1))
    assert 0.95 <= opened < 4
    assert 0.19 <= first < 1.3
    assert 0.09 <= factor < 1.0


@pytest.mark.rule("SPD-02", "AUD-02")
@pytest.mark.parametrize("audio", ["wav", "mp3"])
def test_with_the_profile_frames_come_at_a_pace(audio: str) -> None:
    scale = 0.5

    async def run() -> tuple[list[float], float]:
        async with (
            Emulator(voice="tone", timing=True, time_scale=scale, seed=3) as emulator,
            client(emulator.url) as on,
        ):
            await start(on, format=audio)
            await on.text("一二三四五六七八九十" * 4 + "。")
            await on.finish()
            clock, arrivals = asyncio.get_running_loop().time, []
            while (name := await on.read()) != "task-finished":
                if name == "audio":
                    arrivals.append(clock())
            return arrivals, emulator.tasks[0].audio_seconds

    arrivals, seconds = asyncio.run(run())
    took, frames = arrivals[-1] - arrivals[0], len(arrivals)
    assert frames >= 8
    assert 0.08 <= took / scale / seconds <= 0.9, "a sentence takes a tenth to a half of its length"
    early = sum(came < arrivals[0] + took / 2 for came in arrivals)
    assert 0.2 <= early / frames <= 0.8, "spread, and not in one burst"
    due = [arrivals[0] + seconds * scale * number / frames for number in range(frames)]
    assert all(came <= when + 0.5 for came, when in zip(arrivals, due, strict=True)), "a player never waits"


@pytest.mark.rule("SPD-02")
def test_without_the_profile_it_is_as_fast_as_it_can() -> None:
    async def script(on: Client) -> float:
        begun = asyncio.get_running_loop().time()
        await on.speak("一二三四五六七八九十。" * 100)
        return asyncio.get_running_loop().time() - begun

    waited, emulator = play(script)
    assert waited < emulator.tasks[0].audio_seconds / 20


@pytest.mark.rule("EXA-01", "PAR-06", "RUN-02", "CON-01", "FIN-01")
@pytest.mark.parametrize("mode", ["strict", "observed"])
def test_the_instructions_of_the_api_page_make_a_task(mode: str) -> None:
    async def script(on: Client) -> int:
        pages = Path(__file__).parent / "cases" / "from-docs"
        for name, wait in (("run-task", "task-started"), ("continue-task", "audio"), ("finish-task", "task-finished")):
            await on.send((pages / f"{name}.json").read_text("utf-8"))
            await on.until(wait)
        return usages(on.events)[-1]

    billed, emulator = play(script, mode=mode)
    assert billed == len("Before my bed, moonlight shines bright, I suspect it's frost upon the ground.")
    assert emulator.findings.of(*Outcome) == []
