"""Speech into files that are whole or do not exist; the synchronous twin; the outbox."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sender_tools import KEY, SHORT, TEXT, decoded, sender, timeouts
from ttsprep import SpeechError, TaskSettings
from ttsprep.emulator import Emulator, ThreadedEmulator
from ttsprep.sender import Audio, Finished, Sentence, SpeechEvent, Started, Summary, SyncSender, Usage
from ttsprep.sender.outbox import Outbox

FORMATS = ["wav", "mp3", "opus", "pcm"]
DOCUMENTS = ["<speak>The first task.</speak>", "<speak>第二个任务。</speak>", "<speak>And the third.</speak>"]


@pytest.fixture(scope="module")
def service() -> Iterator[ThreadedEmulator]:
    with ThreadedEmulator(voice="tone") as emulator:
        yield emulator


def sync_sender(url: str, **options: Any) -> SyncSender:
    return SyncSender(url, **{"api_key": KEY, "task_starts": 0, "timeouts": timeouts(), **options})


def spoken(emulator: Emulator, path: Path, source: Any, task_settings: TaskSettings, **options: Any) -> Summary:
    async def scenario() -> Summary:
        async with emulator, sender(emulator.url, **options) as speaking:
            return await speaking.speak_to_file(source, path, task_settings)

    return asyncio.run(scenario())


# --- files


@pytest.mark.rule("AUD-05")
@pytest.mark.parametrize("audio", FORMATS)
def test_a_file_of_three_tasks_plays_whole(audio: str, tmp_path: Path) -> None:
    task_settings = TaskSettings(format=audio, sample_rate=24000, enable_ssml=True)
    path = tmp_path / f"speech.{audio}"
    summary = spoken(Emulator(voice="tone"), path, DOCUMENTS, task_settings)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    samples, rate = decoded(path.read_bytes(), audio)
    assert len(samples) / rate == pytest.approx(summary.audio_seconds, abs=0.1) and len(summary.tasks) == 3
    assert numpy.abs(samples[-rate // 4 :]).max() > 0.01, "the last task is heard"


@pytest.mark.rule("AUD-05")
def test_the_sizes_of_a_wav_file_are_set(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    spoken(Emulator(voice="tone"), path, TEXT, TaskSettings(format="wav"))
    data = path.read_bytes()
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    at = data.index(b"data")
    assert int.from_bytes(data[at + 4 : at + 8], "little") == len(data) - at - 8


@pytest.mark.parametrize("audio", FORMATS)
def test_a_failed_run_leaves_the_old_file_and_says_where_the_rest_is(audio: str, tmp_path: Path) -> None:
    path = tmp_path / f"speech.{audio}"
    path.write_bytes(b"an older recording")
    emulator = Emulator(voice="tone", faults=["half-then-reset=sentence:3"])
    with pytest.raises(SpeechError) as caught:
        spoken(emulator, path, TEXT, TaskSettings(format=audio, sample_rate=24000), attempts=1)
    assert path.read_bytes() == b"an older recording"
    part = tmp_path / f"speech.{audio}.part"
    assert str(part) in str(caught.value) and f"{part.stat().st_size:,} bytes" in str(caught.value)
    samples, rate = decoded(part.read_bytes(), audio)
    assert len(samples) / rate > 0.3, "what was heard can be played"


def test_a_run_without_audio_leaves_nothing(tmp_path: Path) -> None:
    emulator = Emulator(voice="tone", faults=["task-failed=run-task"])
    with pytest.raises(SpeechError):
        spoken(emulator, tmp_path / "a.mp3", TEXT, TaskSettings(), attempts=1)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_found_before_anything_is_sent(tmp_path: Path) -> None:
    emulator = Emulator(voice="tone")
    for path in (tmp_path, tmp_path / "no" / "folder.mp3"):
        with pytest.raises(OSError, match=str(path)):
            spoken(Emulator(voice="tone"), path, TEXT, TaskSettings())
    assert not emulator.tasks


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_or_device_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileExistsError, match="device or pipe"):
        spoken(Emulator(voice="tone"), pipe, TEXT, TaskSettings())
    assert pipe.is_fifo()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.pcm", tmp_path / "link.pcm"
    real.write_bytes(b"old")
    link.symlink_to(real)
    spoken(Emulator(voice="tone"), link, TEXT, TaskSettings(format="pcm"))
    assert link.is_symlink() and len(real.read_bytes()) > 1000


def test_what_an_earlier_run_kept_is_not_touched(tmp_path: Path) -> None:
    kept = tmp_path / "a.pcm.part"
    kept.write_bytes(b"kept")
    spoken(Emulator(voice="tone"), tmp_path / "a.pcm", TEXT, TaskSettings(format="pcm"))
    with pytest.raises(SpeechError):
        spoken(Emulator(voice="tone", faults=["task-failed=run-task"]), tmp_path / "a.pcm", TEXT, TaskSettings())
    assert kept.read_bytes() == b"kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pcm", "a.pcm.part"]


def test_a_cancelled_run_keeps_the_part_and_notes_it(tmp_path: Path) -> None:
    path = tmp_path / "long.pcm"

    async def scenario() -> BaseException | None:
        async with Emulator(voice="tone", timing=True) as emulator, sender(emulator.url) as speaking:
            got = asyncio.Event()
            task = asyncio.create_task(
                speaking.speak_to_file(
                    "A sentence. " * 2000,
                    path,
                    TaskSettings(format="pcm"),
                    on_event=lambda event, _: got.set() if isinstance(event, Audio) else None,
                )
            )
            await got.wait()
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled()
            return None

    asyncio.run(scenario())
    assert not path.exists() and path.with_name("long.pcm.part").stat().st_size > 0


# --- the synchronous twin


def test_the_twin_gives_the_same_events(service: ThreadedEmulator) -> None:
    with sync_sender(service.url) as speaking, speaking.speak(TEXT, TaskSettings(format="pcm")) as speech:
        events = list(speech)
    kinds = {type(event) for event in events}
    assert kinds == {Started, Audio, Sentence, Usage, Finished, Summary}
    assert events[-1] is speech.summary
    assert speech.seconds == pytest.approx(speech.summary.audio_seconds)


@pytest.mark.parametrize("audio", FORMATS)
def test_the_twin_writes_the_same_file(audio: str, service: ThreadedEmulator, tmp_path: Path) -> None:
    task_settings = TaskSettings(format=audio, sample_rate=16000)
    with sync_sender(service.url) as speaking:
        summary = speaking.speak_to_file(TEXT, tmp_path / "a", task_settings)
        streamed = b"".join(speaking.stream(TEXT, task_settings))
    for data in (streamed, (tmp_path / "a").read_bytes()):
        samples, rate = decoded(data, audio, 16000)
        assert len(samples) / rate == pytest.approx(summary.audio_seconds, abs=0.1)


def test_the_twin_raises_what_went_wrong(service: ThreadedEmulator) -> None:
    with sync_sender("ws://127.0.0.1:1/api-ws/v1/inference", attempts=1) as speaking:
        for _ in range(2):
            with pytest.raises(SpeechError, match=r"127\.0\.0\.1"):
                list(speaking.speak(TEXT))


def slow_sentences() -> Iterator[str]:
    for number in range(1000):
        yield f"Sentence number {number}. "
        time.sleep(0.02)


def test_the_twin_can_be_stopped_from_another_thread(service: ThreadedEmulator) -> None:
    with sync_sender(service.url) as speaking:
        speech = speaking.speak(slow_sentences(), TaskSettings(format="pcm"))
        threading.Timer(0.3, speech.stop).start()
        begun = time.monotonic()
        events = list(speech)
        assert isinstance(events[-1], Summary) and events[-1].interrupted
        assert time.monotonic() - begun < 5


def test_the_twin_can_be_interrupted_and_left_early(service: ThreadedEmulator) -> None:
    long = TaskSettings(format="pcm", sample_rate=48000)
    with sync_sender(service.url) as speaking:
        speech = speaking.speak("A sentence. " * 1000, long)
        next(speech)
        speaking.interrupt()
        assert [type(event) for event in speech] == [Summary]
        with speaking.speak("A sentence. " * 1000, long) as left:
            next(left)
        assert list(left) == []
    threads = [thread.name for thread in threading.enumerate()]
    assert "ttsprep loop" not in threads
    with pytest.raises(RuntimeError, match="closed"):
        list(speaking.speak(TEXT))
    speaking.close()


def test_the_twin_gives_way_to_the_keyboard(service: ThreadedEmulator) -> None:
    def never() -> Iterator[str]:
        yield "One. Two"
        threading.Event().wait(20)

    import _thread

    with sync_sender(service.url) as speaking:
        threading.Timer(0.5, _thread.interrupt_main).start()
        begun = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            list(speaking.speak(never(), TaskSettings(format="pcm")))
    assert time.monotonic() - begun < 5


# --- the outbox


@given(
    st.integers(0, 2000),
    st.lists(st.one_of(st.binary(max_size=700), st.integers(1, 5), st.just("new task")), max_size=60),
)
def test_an_outbox_keeps_order_and_every_byte(memory: int, steps: list[bytes | int | str]) -> None:
    outbox, task = Outbox(memory), 0
    put: list[tuple[int, bytes]] = []
    got: list[tuple[int, bytes]] = []
    for step in steps:
        if isinstance(step, bytes):
            outbox.put(Audio(task, step))
            put.append((task, step))
        elif isinstance(step, int):
            got += [(event.task, event.data) for _ in range(step) if isinstance(event := outbox.take(), Audio)]
        else:
            task += 1
            outbox.put(Usage(task, task))
    while (event := outbox.take()) is not None:
        got += [(event.task, event.data)] if isinstance(event, Audio) else []
    outbox.discard()
    for number in range(task + 1):
        assert b"".join(data for of, data in got if of == number) == b"".join(d for of, d in put if of == number)
    assert outbox.spooled == 0


def test_events_keep_their_place_between_spooled_audio() -> None:
    outbox = Outbox(10)
    events: list[SpeechEvent] = [Audio(0, b"a" * 20), Usage(0, 1), Audio(0, b"b" * 20), Audio(1, b"c" * 20)]
    for event in events:
        outbox.put(event)
    assert outbox.spooled == 60
    assert [outbox.take() for _ in events] == events
    outbox.discard()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to look at open files")
def test_the_file_of_an_outbox_has_no_name_and_goes_away() -> None:
    outbox = Outbox(0)
    outbox.put(Audio(0, bytes(100)))
    names = [str(file.readlink()) for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]
    assert [name for name in names if "ttsprep-" in name and not name.endswith("(deleted)")] == []
    outbox.discard()
    assert outbox.take() is None


def test_the_short_waits_of_the_tests_are_waits_of_the_sender() -> None:
    assert set(SHORT) <= set(timeouts().__slots__)
