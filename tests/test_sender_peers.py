"""Peers that behave as the emulator never would: stalls, odd frames, dead connections, late ends."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from tests.sender_tools import KEY, Heard, Script, listen, peer, sender, timeouts
from ttsprep import (
    ConnectionLost,
    RemoteProtocolError,
    ServiceTimeout,
    SpeechError,
    TaskFailed,
    TaskSettings,
    recording,
)
from ttsprep.payloads import Plan, build
from ttsprep.protocol import Role
from ttsprep.sender import Audio, BadAudio, NoAudio, Sender, Sentence, SpeechEvent, Started, Summary, Usage
from ttsprep.sentences import split

PCM = TaskSettings(format="pcm", sample_rate=8000)
AUDIO = bytes(8000)

Handler = Callable[[Script], Awaitable[None]]


def speak_to(
    *handlers: Handler, source: Any = "Hello.", settings: TaskSettings | None = PCM, times: int = 1, **options: Any
) -> list[Heard]:
    """What is heard of a peer whose connections behave like these, one after the other; the last one for all more."""
    opened = 0

    async def handler(socket: ServerConnection) -> None:
        nonlocal opened
        opened += 1
        with contextlib.suppress(ConnectionClosed):
            await handlers[min(opened, len(handlers)) - 1](Script(socket))

    async def scenario() -> list[Heard]:
        heards = []
        async with peer(handler) as url, sender(url, **{"attempts": 1, **options}) as speaking:
            for _ in range(times):
                begun = time.monotonic()
                heards.append(await listen(speaking.speak(source, settings)))
                heards[-1].seconds = time.monotonic() - begun
                await asyncio.sleep(0.05)
        return heards

    return asyncio.run(scenario())


async def well(script: Script) -> None:
    while True:
        await script.task(AUDIO)


async def once(script: Script) -> None:
    await script.task(AUDIO)


async def dies_at_the_second_task(script: Script) -> None:
    await script.task(AUDIO)
    await script.run_task()
    script.socket.transport.abort()


async def closes_at_the_second_task(script: Script) -> None:
    await script.task(AUDIO)
    await script.run_task()
    await script.socket.close(1000)


@pytest.mark.rule("USE-02")
@pytest.mark.parametrize("handler", [once, dies_at_the_second_task, closes_at_the_second_task])
def test_a_connection_found_dead_is_replaced_without_losing_the_request(handler: Handler) -> None:
    heards = speak_to(handler, well, times=3)
    assert [heard.error for heard in heards] == [None] * 3
    assert [heard.audio for heard in heards] == [AUDIO] * 3
    assert [heard.summary.tasks[0].attempts for heard in heards] == [1] * 3, "a dead connection is no failed attempt"


async def closes_a_little_later(script: Script) -> None:
    await script.task(AUDIO)
    await asyncio.sleep(0.3)
    await script.socket.close(1000)


async def closes_unused(script: Script) -> None:
    await asyncio.sleep(0.3)
    await script.socket.close(1000)


@pytest.mark.rule("USE-02", "USE-03")
@pytest.mark.parametrize("handlers", [(closes_a_little_later, well), (once, closes_unused, well)])
def test_a_connection_that_closes_while_the_start_waits_its_turn_is_replaced(handlers: tuple[Handler, ...]) -> None:
    """The second task has a connection, used before or new, and then waits for about a second."""
    heards = speak_to(*handlers, times=3, task_starts=1)
    assert [(heard.error, heard.audio) for heard in heards] == [(None, AUDIO)] * 3
    assert heards[1].seconds > 0.7, "it did wait"
    assert [heard.summary.tasks[0].attempts for heard in heards] == [1] * 3


async def closes(script: Script) -> None:
    await script.run_task()
    await script.socket.close(1000)


def test_a_fresh_connection_that_dies_is_an_error() -> None:
    [heard] = speak_to(closes)
    assert isinstance(heard.error, ConnectionLost) and heard.error.code == 1000


async def bad_utf8(script: Script) -> None:
    await script.run_task()
    await script.socket.send(b"\xff\xfe", text=True)
    await script.socket.wait_closed()


async def too_large(script: Script) -> None:
    await script.run_task()
    await script.event("task-started")
    await script.until("finish-task")
    await script.socket.send(bytes(65 << 20))
    await script.socket.wait_closed()


async def audio_before_start(script: Script) -> None:
    await script.run_task()
    await script.socket.send(AUDIO)
    await script.socket.wait_closed()


async def finished_before_finish(script: Script) -> None:
    await script.run_task()
    await script.event("task-started")
    await script.event("task-finished")
    await script.socket.wait_closed()


async def started_twice(script: Script) -> None:
    await script.run_task()
    await script.event("task-started")
    await script.event("task-started")
    await script.socket.wait_closed()


async def json_array(script: Script) -> None:
    await script.run_task()
    await script.socket.send("[]")
    await script.socket.wait_closed()


async def deep_json(script: Script) -> None:
    await script.run_task()
    await script.socket.send('{"a":' * 100_000)
    await script.socket.wait_closed()


BROKEN = [bad_utf8, audio_before_start, finished_before_finish, started_twice, json_array, deep_json]


@pytest.mark.parametrize("handler", BROKEN, ids=lambda handler: handler.__name__)
def test_a_peer_that_breaks_the_protocol(handler: Handler) -> None:
    [heard] = speak_to(handler)
    assert isinstance(heard.error, RemoteProtocolError), repr(heard.error)
    assert heard.error.rules and heard.error.task_id and heard.seconds < 4


def test_a_frame_that_is_too_large_is_not_taken_into_memory() -> None:
    [heard] = speak_to(too_large)
    assert isinstance(heard.error, ConnectionLost) and heard.error.code == 1009
    assert "64 MiB" in str(heard.error)


@pytest.mark.parametrize("action", ["run-task", "continue-task", "finish-task"])
def test_a_send_that_stalls_is_a_timeout(action: str, monkeypatch: pytest.MonkeyPatch) -> None:
    send = ClientConnection.send

    async def stalled(self: ClientConnection, frame: str) -> None:
        if action in frame:
            await asyncio.sleep(10)
        await send(self, frame)

    monkeypatch.setattr(ClientConnection, "send", stalled)
    [heard] = speak_to(well, timeouts=timeouts(sending=0.3))
    assert isinstance(heard.error, ServiceTimeout) and heard.error.waiting_for == f"room to send {action}"
    assert heard.seconds < 1.3 and heard.error.task_id


async def closes_but_stays(script: Script) -> None:
    """A closing frame, and then the TCP connection stays open."""
    await script.run_task()
    script.socket.transport.pause_reading()
    script.socket.transport.write(b"\x88\x06\x03\xf3" + b"busy")
    await asyncio.sleep(1.5)


def test_a_peer_that_closes_but_never_hangs_up() -> None:
    [heard] = speak_to(closes_but_stays, timeouts=timeouts(task_started=0.5))
    assert isinstance(heard.error, ConnectionLost | ServiceTimeout)
    assert heard.seconds < 2


async def no_audio(script: Script) -> None:
    await script.task()


def test_a_task_without_audio_is_reported_as_it_is() -> None:
    [heard] = speak_to(no_audio)
    assert heard.error is None
    assert heard.summary.audio_bytes == 0 and heard.summary.tasks[0].first_packet_seconds is None


def test_a_file_without_audio_is_no_file(tmp_path: Any) -> None:
    async def handler(socket: ServerConnection) -> None:
        await no_audio(Script(socket))

    async def scenario() -> None:
        async with peer(handler) as url, sender(url) as speaking:
            await speaking.speak_to_file("Hello.", tmp_path / "out.pcm", PCM)

    with pytest.raises(NoAudio, match="without any audio"):
        asyncio.run(scenario())
    assert list(tmp_path.iterdir()) == []


async def not_wav(script: Script) -> None:
    await script.task(b"this is no wav file at all, but long enough to be one" * 10)


def test_audio_of_another_format() -> None:
    [heard] = speak_to(not_wav, settings=TaskSettings(format="wav"))
    assert isinstance(heard.error, BadAudio) and heard.error.task_id


async def finishes_late(script: Script) -> None:
    while True:
        await script.run_task()
        await script.event("task-started")
        await script.until("finish-task")
        await script.socket.send(AUDIO)
        await asyncio.sleep(0.2)
        await script.event("task-finished")


@pytest.mark.rule("INT-02")
@pytest.mark.parametrize(
    ("source", "interrupted"),
    [
        ("One.", False),
        (["One.", " ……"], False),
        ([build(split("One."), PCM)], False),
        ([build(split("One."), PCM), build(split("Two."), PCM)], True),
    ],
    ids=["text", "nothing to speak after it", "plan", "two plans"],
)
def test_stop_is_an_interruption_only_where_text_was_left_unsent(source: Any, interrupted: bool) -> None:
    async def handler(socket: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            await finishes_late(Script(socket))

    async def scenario() -> list[SpeechEvent]:
        events = []
        async with peer(handler) as url, sender(url) as speaking:
            speech = speaking.speak(source, None if isinstance(source[0], Plan) else PCM)
            async for event in speech:
                events.append(event)
                if isinstance(event, Audio):
                    await speech.stop()
        return events

    last = asyncio.run(scenario())[-1]
    assert isinstance(last, Summary)
    assert (last.interrupted, len(last.tasks)) == (interrupted, 1)


async def fails_with_key(script: Script) -> None:
    await script.run_task()
    await script.event("task-failed", header={"error_code": "InvalidApiKey", "error_message": f"bad key {KEY}"})


async def closes_with_key(script: Script) -> None:
    await script.run_task()
    await script.socket.close(1008, f"bad key {KEY}")


@pytest.mark.rule("HDR-06", "EVT-06")
@pytest.mark.parametrize("handler", [fails_with_key, closes_with_key], ids=lambda handler: handler.__name__)
def test_a_peer_that_repeats_the_key(handler: Handler) -> None:
    [heard] = speak_to(handler)
    assert isinstance(heard.error, TaskFailed | ConnectionLost)
    assert "bad key [key]" in str(heard.error) and KEY not in str(heard.error)


async def usage_everywhere(script: Script) -> None:
    await script.run_task()
    started = {"attributes": {"request_uuid": "early"}}
    await script.event("task-started", header=started, payload={"usage": {"characters": 1}})
    await script.until("finish-task")
    sentence = {"index": 0, "words": []}
    await script.event("result-generated", payload={"output": {"sentence": sentence, "type": "sentence-begin"}})
    await script.socket.send(AUDIO)
    await script.event("result-generated", payload={"output": {"sentence": sentence}, "usage": {"characters": 3}})
    await script.event("something-new", payload={"usage": {"characters": 5}})
    await script.event("something-new", header={"task_id": "alien"}, payload={"usage": {"characters": 99}})
    await script.event("task-finished", header={"task_id": "alien"}, payload={"usage": {"characters": 98}})
    await script.event("task-finished", payload={"output": {}, "usage": {"characters": 7}})


@pytest.mark.rule("EVT-04", "EVT-05", "EVT-07")
def test_usage_is_taken_from_any_event_and_the_last_counts() -> None:
    [heard] = speak_to(usage_everywhere)
    assert [event.characters for event in heard.events if isinstance(event, Usage)] == [1, 3, 5, 7]
    finished = heard.summary.tasks[0]
    assert (finished.billed, finished.counted, finished.billed_differs) == (7, 6, True)
    assert finished.request_uuid == "early", "live traffic names it in other events too"


WORD = {"text": "Hello", "begin_index": 0, "end_index": 5, "begin_time": 280, "end_time": 560}


def finishing_with(*sentences: dict[str, Any]) -> Handler:
    """A task whose last of these sentences stands in task-finished."""

    async def handler(script: Script) -> None:
        await script.run_task()
        await script.event("task-started")
        await script.until("finish-task")
        await script.socket.send(AUDIO)
        for sentence in sentences[:-1]:
            await script.event("result-generated", payload={"output": {"sentence": sentence}})
        await script.event("task-finished", payload={"output": {"sentence": sentences[-1]}})

    return handler


@pytest.mark.rule("EVT-03", "EVT-05")
def test_words_in_task_finished_are_heard_too() -> None:
    [heard] = speak_to(finishing_with({"index": 0, "words": []}, {"words": [WORD]}))
    [begun, said] = [event for event in heard.events if isinstance(event, Sentence)]
    assert (begun.index, begun.words, said.index) == (0, (), None)
    assert [(word.text, word.begin_time, word.end_time) for word in said.words] == [("Hello", 280, 560)]
    assert heard.kinds()[-3:] == ["Sentence", "Finished", "Summary"]


@pytest.mark.parametrize("last", [{"words": []}, {}, {"words": [WORD]}], ids=repr)
def test_task_finished_without_new_words_is_no_sentence(last: dict[str, Any]) -> None:
    [heard] = speak_to(finishing_with({"index": 0, "words": [WORD]}, last))
    assert [event.index for event in heard.events if isinstance(event, Sentence)] == [0]


async def fails_late(script: Script) -> None:
    await script.run_task()
    await script.event("task-started", header={"attributes": {"request_uuid": "r-1"}})
    await script.until("finish-task")
    await script.socket.send(AUDIO)
    await script.event("result-generated", payload={"output": {"sentence": {"index": 1, "words": []}}})
    await script.event("task-failed", header={"error_code": "InternalError", "error_message": "oops"})


@pytest.mark.rule("EVT-06")
def test_a_failure_says_how_far_it_got() -> None:
    [heard] = speak_to(once_and_again(fails_late), source=["<speak>A.</speak>", "<speak>B.</speak>"], settings=SSML)
    error = heard.error
    assert isinstance(error, TaskFailed)
    assert (error.tasks, error.sentences, error.audio_bytes, error.request_uuid) == (1, 2, len(AUDIO), "r-1")
    assert heard.audio == AUDIO * 2
    for fact in ("InternalError", "oops", error.task_id, "r-1", "8000 bytes", "EVT-06", "remedy"):
        assert fact in str(error)


SSML = PCM.replace(enable_ssml=True)


def once_and_again(then: Handler) -> Handler:
    async def handler(script: Script) -> None:
        await script.task(AUDIO)
        await then(script)

    return handler


@pytest.mark.rule("EVT-06", "USE-01")
def test_after_task_failed_the_connection_is_not_used_again() -> None:
    connections = []

    async def first(script: Script) -> None:
        connections.append(1)
        await fails_with_key(script)
        await script.socket.wait_closed()

    async def second(script: Script) -> None:
        connections.append(2)
        await well(script)

    failed, fine = speak_to(first, second, times=2)
    assert isinstance(failed.error, SpeechError) and fine.error is None
    assert connections == [1, 2]


@pytest.mark.rule("FLW-05", "FLW-08")
def test_the_client_answers_pings_while_its_listener_sleeps() -> None:
    pongs: list[float] = []

    async def handler(socket: ServerConnection) -> None:
        script = Script(socket)
        await script.run_task()
        await script.event("task-started")
        await script.until("finish-task")
        for _ in range(300):
            await socket.send(bytes(1 << 14))
        pongs.append(await asyncio.wait_for(await socket.ping(), 2))
        await script.event("task-finished")

    async def scenario() -> int:
        size = 0
        async with peer(handler) as url, sender(url, memory=1 << 16) as speaking:
            async for event in speaking.speak("Hello.", PCM):
                if isinstance(event, Started):
                    await asyncio.sleep(1)
                elif isinstance(event, Audio):
                    size += len(event.data)
        return size

    assert asyncio.run(scenario()) == 300 << 14
    assert len(pongs) == 1


@pytest.mark.rule("HDR-06", "RUN-01")
def test_a_recording_has_every_frame_but_no_key_and_no_audio(tmp_path: Any) -> None:
    record = tmp_path / "session.jsonl"
    heards = speak_to(well, source=f"My key is {KEY}. Hello.", record=record, times=2)
    assert all(heard.error is None for heard in heards)
    [session] = recording.read(record)
    audio = [entry.what for entry in session.entries if isinstance(entry.what, recording.Binary)]
    assert audio == [recording.Binary.of(AUDIO)] * 2
    sent = [frame for frame in session.frames(Role.CLIENT) if isinstance(frame, recording.Text)]
    actions = [json.loads(frame.text)["header"]["action"] for frame in sent]
    assert actions == ["run-task", "continue-task", "continue-task", "finish-task"] * 2
    assert KEY not in record.read_text("utf-8")
    assert [entry.time for entry in session.entries] == sorted(entry.time for entry in session.entries)


@pytest.mark.rule("AUD-01", "FLW-08")
@pytest.mark.parametrize("memory", [0, 300, 1 << 20])
def test_unjoined_frames_stay_as_they_are_however_slow_the_listener(memory: int) -> None:
    frames = [bytes([size % 251]) * size for size in (1, 500, 2, 0, 100_000, 7, 7, 300, 0)]

    async def handler(socket: ServerConnection) -> None:
        await Script(socket).task(*frames)

    async def scenario() -> list[bytes]:
        heard = []
        async with peer(handler) as url, sender(url, memory=memory) as speaking:
            async for event in speaking.speak("Hello.", PCM, joined=False):
                if isinstance(event, Started):
                    await asyncio.sleep(0.3)
                elif isinstance(event, Audio):
                    heard.append(event.data)
        return heard

    assert asyncio.run(scenario()) == frames


@pytest.mark.rule("FIN-02")
@pytest.mark.parametrize(
    "source", ["Hello.", [build(split("One. Two."), PCM)], ["One. ", "Two"]], ids=["text", "plan", "list"]
)
def test_finish_task_comes_before_any_audio(source: Any) -> None:
    waited = []

    async def handler(script: Script) -> None:
        await script.run_task()
        await script.event("task-started")
        begun = time.monotonic()
        await asyncio.wait_for(script.until("finish-task"), 3)
        waited.append(time.monotonic() - begun)
        await script.socket.send(AUDIO)
        await script.event("task-finished")

    [heard] = speak_to(handler, source=source, settings=None if isinstance(source[0], Plan) else PCM)
    assert (heard.error, heard.audio) == (None, AUDIO)
    assert len(waited) == 1 and waited[0] < 1, "at once: this peer gives no audio before it"


@pytest.mark.rule("HDR-06")
def test_a_recording_shows_no_key_that_json_escapes(tmp_path: Any) -> None:
    key, record = 'sk-"quo\\ted"', tmp_path / "session.jsonl"

    async def repeats_the_key(script: Script) -> None:
        await script.run_task()
        await script.event("task-failed", header={"error_code": "X", "error_message": json.dumps({"key": key})})

    [heard] = speak_to(repeats_the_key, api_key=key, record=record)
    assert isinstance(heard.error, TaskFailed) and "quo" not in str(heard.error)
    assert "quo" not in record.read_text("utf-8") and "[key]" in record.read_text("utf-8")
    assert all(json.loads(line) for line in record.read_text("utf-8").splitlines())


def test_the_sender_says_who_it_speaks_to_and_no_more() -> None:
    assert repr(Sender("ws://127.0.0.1:1/api-ws/v1/inference", api_key=KEY)).count("sk-") == 0
