"""`VoicePool`: voice processes are ready, bounded, the same every time, and gone when they should be."""

from __future__ import annotations

import asyncio
import gc
import importlib.util
import os
import subprocess
import sys
import textwrap
import time
import warnings
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from ttsprep.emulator.voice import Block, TaskAudio, VoiceError, VoicePool, available, process
from ttsprep.emulator.voice.synthesis import Synthesis

SENTENCES = ("你好，世界。", "It’s 3.14, don't you think so?", "……")
LONG = "很长的一句话，" * 500


def run(test: Coroutine[Any, Any, None]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(60):
            await test

    asyncio.run(bounded())


async def whole_task(pool: VoicePool, audio: TaskAudio, *sentences: str) -> tuple[bytes, list[Block]]:
    async with pool.task(audio) as speaker:
        data, last = bytearray(), []
        for sentence in sentences:
            async for block in speaker.say(sentence):
                data += block.data
                last += [block] if block.last else []
        return bytes(data + await speaker.finish()), last


def process_ids(pool: VoicePool) -> list[int]:
    return [alive._process.pid for alive in pool._alive]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.rule("PAR-11")
@pytest.mark.parametrize("audio_format", ["pcm", "wav", "mp3", "opus"])
def test_every_process_says_the_same(audio_format: str) -> None:
    audio = TaskAudio(audio_format, 24000, seed=3, voice="longanyang")

    async def twice() -> None:
        results = []
        for _ in range(2):
            async with VoicePool("speech") as pool:
                results += [await whole_task(pool, audio, *SENTENCES) for _ in range(2)]
                results += await asyncio.gather(*(whole_task(pool, audio, *SENTENCES) for _ in range(3)))
        assert all(result == results[0] for result in results)
        assert len(results[0][0]) > 10_000
        assert [len(block.words) for block in results[0][1]] == [4, 6, 0]

    run(twice())


@pytest.mark.parametrize("audio_format", ["pcm", "wav"])
def test_a_tone_needs_no_process(audio_format: str) -> None:
    async def speak() -> None:
        async with VoicePool("tone") as pool:
            data, _ = await whole_task(pool, TaskAudio(audio_format, 8000), *SENTENCES)
            assert not process_ids(pool)
        inline = Synthesis(TaskAudio(audio_format, 8000), "tone")
        assert data == b"".join(block.data for sentence in SENTENCES for block in inline.say(sentence))

    run(speak())


def test_a_process_is_ready_before_the_first_task_and_serves_the_next() -> None:
    async def speak() -> None:
        async with VoicePool("speech") as pool:
            ready = pool._ready[0]
            first = await asyncio.shield(ready)
            for _ in range(3):
                await whole_task(pool, TaskAudio("pcm", 8000), "你好。")
            assert first in pool._alive

    run(speak())


@pytest.mark.rule("INT-01")
def test_breaking_off_ends_the_process_at_once() -> None:
    async def break_off() -> None:
        async with VoicePool("speech") as pool:
            async with pool.task(TaskAudio("wav", 48000)) as speaker:
                async for block in speaker.say(LONG):
                    assert block.data
                    break
                in_use = speaker._process._process.pid  # type: ignore[attr-defined] # what no user needs
                started = time.monotonic()
            assert time.monotonic() - started < 2
            assert not is_running(in_use)
            with pytest.raises(VoiceError, match="has ended"):
                async for _ in speaker.say("你好。"):
                    pass
            assert (await whole_task(pool, TaskAudio("pcm", 8000), "你好。"))[0]

    run(break_off())


def test_a_cancelled_task_leaves_nothing() -> None:
    async def cancel() -> None:
        async with VoicePool("speech") as pool:
            for delay in (0, 0.01, 0.1, 0.3):
                speaking = asyncio.create_task(whole_task(pool, TaskAudio("mp3", 48000), LONG))
                await asyncio.sleep(delay)
                speaking.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await speaking
                assert pool._in_use == 0
            assert (await whole_task(pool, TaskAudio("pcm", 8000), "你好。"))[0]
            pids = process_ids(pool)
        assert not any(map(is_running, pids))

    run(cancel())


def test_a_task_whose_audio_nobody_takes_is_closed_at_once() -> None:
    async def leave_unread() -> None:
        async with VoicePool("speech") as pool:
            speaker = pool.speaker(TaskAudio("pcm", 48000))
            blocks = speaker.say(LONG)
            await anext(blocks)
            await asyncio.sleep(1)  # the process fills the pipe and everything before it
            async with asyncio.timeout(5):
                await speaker.close()
            assert pool._in_use == 0

    run(leave_unread())


def test_a_start_that_is_cancelled_leaves_no_pipe_open() -> None:
    async def cancel(turns: int) -> None:
        starting = asyncio.create_task(process.VoiceProcess.start(10))
        for _ in range(turns):
            await asyncio.sleep(0)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for turns in range(1, 13):
            run(cancel(turns))
            gc.collect()
    assert not caught


@pytest.mark.parametrize("turns", range(4))
def test_a_task_cancelled_while_its_process_ends_leaves_nothing(turns: int) -> None:
    """The pool waits for the end of a process that the task itself could not wait for."""

    async def cancel() -> None:
        async with VoicePool("speech") as pool:
            speaker = pool.speaker(TaskAudio("pcm", 8000))
            async for block in speaker.say(LONG):
                assert block.data
                break
            closing = asyncio.create_task(speaker.close())
            for _ in range(turns):
                await asyncio.sleep(0)
            closing.cancel()
            await asyncio.wait([closing])

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        run(cancel())
        gc.collect()
    assert not caught


def test_a_start_that_is_cancelled_twice_leaves_nothing() -> None:
    async def cancel() -> None:
        async with VoicePool("speech") as pool:
            starting = next(iter(pool._starting))
            await asyncio.sleep(0.05)
            starting.cancel()
            await asyncio.sleep(0)
            starting.cancel()

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        run(cancel())
        gc.collect()
    assert not caught


def test_closing_the_pool_ends_what_still_speaks() -> None:
    async def close() -> None:
        pool = VoicePool("speech")
        async with pool:
            speaking = asyncio.create_task(whole_task(pool, TaskAudio("opus", 48000), LONG))
            starting = [asyncio.create_task(whole_task(pool, TaskAudio("pcm", 8000), LONG)) for _ in range(3)]
            await asyncio.sleep(0.5)
            pids = process_ids(pool)
        for task in (speaking, *starting):
            with pytest.raises(VoiceError):
                await task
        assert not any(map(is_running, pids))
        with pytest.raises(VoiceError, match="are closed"):
            await whole_task(pool, TaskAudio("pcm", 8000), "你好。")

    run(close())


@pytest.mark.parametrize("ending", ["os._exit(0)", "os.kill(os.getpid(), 9)", "raise RuntimeError"])
def test_no_process_outlives_its_server(ending: str) -> None:
    if os.name == "nt":
        pytest.skip("os.kill with 0 would end a process there")
    script = f"""
        import asyncio, os
        from ttsprep.emulator.voice import TaskAudio, VoicePool
        async def main():
            pool = await VoicePool("speech").__aenter__()
            speaker = pool.speaker(TaskAudio("wav", 48000))
            async for block in speaker.say({LONG!r}):
                break
            print(*(alive._process.pid for alive in pool._alive), flush=True)
            {ending}
        asyncio.run(main())
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=60)
    pids = list(map(int, done.stdout.split()))
    assert pids
    deadline = time.monotonic() + 10
    while any(map(is_running, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(is_running, pids))


# --- processes that fail


def worker(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(process, "_MODULE", f"tests.voice_workers.{name}")


def test_a_process_that_stalls_is_an_error_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    worker(monkeypatch, "silent")

    async def stall() -> None:
        async with VoicePool("speech", limit=2) as pool:
            started = time.monotonic()
            with pytest.raises(VoiceError, match="gave nothing for 2 s and was ended"):
                await whole_task(pool, TaskAudio("pcm", 8000), "你好。")
            assert time.monotonic() - started < 8

    run(stall())


def test_a_process_that_crashes_is_an_error_with_its_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    worker(monkeypatch, "crashing")

    async def crash() -> None:
        async with VoicePool("speech") as pool:
            got = 0
            with pytest.raises(VoiceError, match="ended with status 3: the engine is broken"):
                async with pool.task(TaskAudio("pcm", 8000)) as speaker:
                    async for block in speaker.say("你好。"):
                        got += len(block.data)
            assert got == 1000

    run(crash())


def test_a_process_that_never_gets_ready_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    worker(monkeypatch, "stillborn")

    async def start() -> None:
        async with VoicePool("speech") as pool:
            for _ in range(3):
                with pytest.raises(VoiceError, match="ended with status 1: no such engine"):
                    await whole_task(pool, TaskAudio("pcm", 8000), "你好。")

    run(start())


def test_a_process_that_cannot_be_started_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))

    async def start() -> None:
        async with VoicePool("speech") as pool:
            with pytest.raises(VoiceError, match=r"cannot be started: .*no-python"):
                await whole_task(pool, TaskAudio("pcm", 8000), "你好。")

    run(start())


@pytest.mark.rule("HDR-06")
def test_a_process_does_not_get_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    worker(monkeypatch, "telling")
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-secret")

    async def start() -> None:
        async with VoicePool("speech") as pool:
            with pytest.raises(VoiceError, match="key: None"):
                await whole_task(pool, TaskAudio("pcm", 8000), "你好。")

    run(start())


def test_a_process_that_ends_while_it_waits_is_replaced() -> None:
    async def end() -> None:
        async with VoicePool("speech") as pool:
            (await pool._ready[0])._process.kill()
            await asyncio.sleep(0.3)
            assert (await whole_task(pool, TaskAudio("pcm", 8000), "你好。"))[0]

    run(end())


def test_an_error_of_the_voice_comes_with_its_words() -> None:
    async def fail() -> None:
        async with VoicePool("tone") as pool:
            with pytest.raises(VoiceError, match="ZeroDivisionError: float division by zero"):
                await whole_task(pool, TaskAudio("mp3", 8000, rate=0), "你好。")
            assert (await whole_task(pool, TaskAudio("mp3", 8000), "你好。"))[0]

    run(fail())


def test_more_tasks_than_processes_wait_and_at_last_fail() -> None:
    async def crowd() -> None:
        async with VoicePool("speech", processes=2, limit=20) as pool:
            audio = TaskAudio("pcm", 8000)
            results = await asyncio.gather(*(whole_task(pool, audio, "你好。") for _ in range(8)))
            assert len({data for data, _ in results}) == 1
        async with VoicePool("speech", processes=1, limit=5) as pool, pool.task(audio) as speaker:
            async for _ in speaker.say("你好。"):
                pass
            with pytest.raises(VoiceError, match="all voice processes were busy for 5 s"):
                await whole_task(pool, audio, "你好。")

    run(crowd())


def test_a_listener_that_pauses_holds_the_voice_up_but_loses_nothing() -> None:
    async def pause() -> None:
        audio = TaskAudio("wav", 48000)
        async with VoicePool("speech", limit=5) as pool:
            async with pool.task(audio) as speaker:
                data, pauses = bytearray(), 0
                async for block in speaker.say(LONG[:600]):
                    data += block.data
                    if pauses < 3:
                        pauses += 1
                        await asyncio.sleep(0.3)
                data += await speaker.finish()
            assert data == (await whole_task(pool, audio, LONG[:600]))[0]

    run(pause())


# --- what is installed


def test_what_is_installed_decides_the_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert available() == (True, True, "")
    assert available().kind == "speech"
    find = importlib.util.find_spec
    missing = {"soundfile"}
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in missing else find(name))
    assert available()[:2] == (True, False)
    assert "mp3, opus not installed" in available().notice
    missing.add("espeakng_loader")
    assert available().kind == "tone"
    assert 'pip install "ttsprep[emulator]"' in available().notice

    async def refuse() -> None:
        with pytest.raises(VoiceError, match=r'pip install "ttsprep\[emulator\]"'):
            async with VoicePool("speech"):
                pass
        async with VoicePool("tone") as pool:
            for audio_format in ("mp3", "opus"):
                with pytest.raises(VoiceError, match=rf'{audio_format} needs.*pip install "ttsprep\[emulator\]"'):
                    pool.speaker(TaskAudio(audio_format, 8000))
            assert (await whole_task(pool, TaskAudio("wav", 8000), "你好。"))[0]

    run(refuse())


def test_a_kind_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="not 'song'"):
        VoicePool("song")


def test_the_process_imports_nothing_from_where_it_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "numpy.py").write_text("raise RuntimeError('not this one')")
    (tmp_path / "json.py").write_text("raise RuntimeError('not this one')")
    monkeypatch.chdir(tmp_path)

    async def speak() -> None:
        async with VoicePool("speech") as pool:
            assert (await whole_task(pool, TaskAudio("mp3", 8000), "你好。"))[0]

    run(speak())
