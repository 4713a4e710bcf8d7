"""Sender and emulator over loopback: tasks per second, audio throughput beside bare websockets, peak memory.

Run ``python tests/benchmarks/transport.py``. The servers run in a process of their own. Ratios are from runs that
take turns in one process; medians.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from ttsprep import TaskSettings
from ttsprep.emulator import Emulator
from ttsprep.sender import Audio, Sender

TASKS = 1_000
ROUNDS = 7
FRAME = 8_000
"""The service cuts wav into frames of this size."""
MEGABYTE = 1_000_000
REPLY = 100 * MEGABYTE
PCM = TaskSettings(format="pcm", sample_rate=48_000)
SENTENCE = "This is one sentence of the usual length. "


# --- servers, each in a process of its own


async def flood(socket: ServerConnection) -> None:
    """A service that does nothing but send: run-task's seed says how many megabytes."""
    with suppress(ConnectionClosed):
        await flood_tasks(socket)


async def flood_tasks(socket: ServerConnection) -> None:
    while True:
        run_task = json.loads(await socket.recv())
        task_id = run_task["header"]["task_id"]
        frame = bytes(FRAME)

        async def say(event: str, task_id: str = task_id) -> None:
            await socket.send(json.dumps({"header": {"task_id": task_id, "event": event}, "payload": {}}))

        await say("task-started")
        while json.loads(await socket.recv())["header"]["action"] != "finish-task":
            pass
        for _ in range(run_task["payload"]["parameters"]["seed"] * MEGABYTE // FRAME):
            await socket.send(frame)
        await say("task-finished")


async def run_flood(told: Connection) -> None:
    async with serve(flood, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        told.send(f"ws://127.0.0.1:{port}/api-ws/v1/inference")
        await asyncio.get_running_loop().run_in_executor(None, told.recv)


async def run_emulator(told: Connection) -> None:
    async with Emulator(voice="tone", keep_text=False) as emulator:
        told.send(emulator.url)
        await asyncio.get_running_loop().run_in_executor(None, told.recv)


def _in_process(server: Callable[[Connection], Coroutine[Any, Any, None]], told: Connection) -> None:
    asyncio.run(server(told))


@contextmanager
def serving(server: Callable[[Connection], Coroutine[Any, Any, None]]) -> Iterator[str]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_in_process, args=(server, theirs))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join(10)
        process.kill()


# --- clients


async def bare(url: str, text: str, settings: TaskSettings) -> int:
    """Nothing but websockets: what any client has to do at least."""
    header = {"task_id": uuid.uuid4().hex, "streaming": "duplex"}
    fixed = {"task_group": "audio", "task": "tts", "function": "SpeechSynthesizer"}
    payload = {**fixed, "model": settings.model, "parameters": settings.parameters(), "input": {}}
    async with connect(url, additional_headers={"Authorization": "Bearer x"}, compression=None, proxy=None) as socket:
        await socket.send(json.dumps({"header": {**header, "action": "run-task"}, "payload": payload}))
        await socket.recv()
        for start in range(0, len(text), 10_000):
            body = {"input": {"text": text[start : start + 10_000]}}
            await socket.send(json.dumps({"header": {**header, "action": "continue-task"}, "payload": body}))
        await socket.send(json.dumps({"header": {**header, "action": "finish-task"}, "payload": {"input": {}}}))
        size = 0
        async for frame in socket:
            if isinstance(frame, bytes):
                size += len(frame)
            elif json.loads(frame)["header"]["event"] == "task-finished":
                return size
    return size


async def ours(url: str, text: str, settings: TaskSettings) -> int:
    """The sender, its audio taken by a listener."""
    async with Sender(url, api_key="x", task_starts=0) as sender:
        size = 0
        async for event in sender.speak(text, settings):
            if isinstance(event, Audio):
                size += len(event.data)
    return size


Client = Callable[[str, str, TaskSettings], Coroutine[Any, Any, int]]


def throughput(client: Client, url: str, text: str, settings: TaskSettings) -> float:
    """Megabytes per second."""
    begun = time.perf_counter()
    size = asyncio.run(client(url, text, settings))
    return size / MEGABYTE / (time.perf_counter() - begun)


def compare(name: str, url: str, text: str, settings: TaskSettings) -> None:
    runs = [(throughput(bare, url, text, settings), throughput(ours, url, text, settings)) for _ in range(ROUNDS)]
    least, got = (statistics.median(side) for side in zip(*runs, strict=True))
    ratio = statistics.median(mine / its for its, mine in runs)
    print(f"{name:36} bare {least:7.0f} MB/s   sender {got:7.0f} MB/s   ratio {ratio:.2f}")


async def many_tasks(url: str, connections: int) -> tuple[float, int]:
    """Seconds for all tasks, and how many connections were opened."""
    async with Sender(url, api_key="x", task_starts=0, max_connections=connections) as sender:
        opened = 0

        async def worker(tasks: int) -> None:
            nonlocal opened
            for _ in range(tasks):
                speech = sender.speak(SENTENCE, TaskSettings(format="pcm", sample_rate=8000))
                async for _ in speech:
                    pass
                assert speech.summary is not None
                opened += not speech.summary.tasks[0].reused

        begun = time.perf_counter()
        await asyncio.gather(*(worker(TASKS // connections) for _ in range(connections)))
        return time.perf_counter() - begun, opened


def peak_memory(url: str, megabytes: int) -> None:
    """In a process of its own: prints the growth of its memory while so much audio goes to a file."""

    async def scenario(folder: Path) -> None:
        async with Sender(url, api_key="x", task_starts=0) as sender:
            await sender.speak_to_file("Hello.", folder / "warm.pcm", TaskSettings(format="pcm", seed=1))
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            await sender.speak_to_file("Hello.", folder / "a.pcm", TaskSettings(format="pcm", seed=megabytes))
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            size = (folder / "a.pcm").stat().st_size / MEGABYTE
            unit = 1 if sys.platform == "darwin" else 1024
            print(f"{size:5.0f} MB to a file: peak memory grows by {grown * unit / MEGABYTE:5.1f} MB")

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(scenario(Path(folder)))


def main() -> None:
    text = SENTENCE * 400
    with serving(run_emulator) as url:
        for connections in (1, 4):
            seconds, opened = asyncio.run(many_tasks(url, connections))
            print(f"{TASKS:,} tasks, {opened} connection(s) opened: {TASKS / seconds:.0f} tasks/s")
        for audio in ("pcm", "wav"):
            compare(f"emulator, tone, {audio} 48 kHz", url, text, TaskSettings(format=audio, sample_rate=48_000))
    with serving(run_flood) as url:
        compare(f"100 MB in frames of {FRAME:,} bytes", url, "Hello.", PCM.replace(seed=REPLY // MEGABYTE))
        for megabytes in (1, 10, REPLY // MEGABYTE, 4 * REPLY // MEGABYTE):
            process = multiprocessing.get_context("spawn").Process(target=peak_memory, args=(url, megabytes))
            process.start()
            process.join()
            if process.exitcode:
                sys.exit(process.exitcode)


if __name__ == "__main__":
    main()
