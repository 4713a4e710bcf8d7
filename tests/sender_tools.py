"""What the tests of the sender share: short waits, a listener that keeps everything, a peer that follows a script."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import numpy
import soundfile
from websockets.asyncio.server import ServerConnection, serve

from tests.conftest import BARE
from ttsprep import Timeouts
from ttsprep.sender import Audio, Sender, SpeechEvent, Summary
from ttsprep.sender.speech import Speech

KEY = "sk-0123456789abcdef-the-secret"
PATH = "/api-ws/v1/inference"
SHORT = {"opening": 5.0, "task_started": 5.0, "first_audio": 5.0, "next_audio": 5.0, "closing": 0.5, "sending": 5.0}
"""Real seconds: long enough for a slow machine, short enough for a test that runs into them."""

TEXT = "The first sentence. 第二句话在这里！And the third, which is 3.14 times as long as the others?"


def timeouts(**changes: float) -> Timeouts:
    return Timeouts(**{**SHORT, **changes})


def sender(url: str, **options: Any) -> Sender:
    options.setdefault("timeouts", timeouts())
    return Sender(url, **{"api_key": KEY, "task_starts": 0, **options})


class Heard:
    """Everything that a speech gave, and how it ended."""

    def __init__(self) -> None:
        self.events: list[SpeechEvent] = []
        self.error: Exception | None = None
        self.seconds = 0.0

    @property
    def audio(self) -> bytes:
        return b"".join(event.data for event in self.events if isinstance(event, Audio))

    @property
    def summary(self) -> Summary:
        assert isinstance(self.events[-1], Summary), self.error
        return self.events[-1]

    def kinds(self) -> list[str]:
        """Names of the events, each run of audio as one."""
        names = [type(event).__name__ for event in self.events]
        return [name for name, before in zip(names, ["", *names], strict=False) if (name, before) != ("Audio", "Audio")]


async def listen(speech: Speech) -> Heard:
    """All events of a speech, and the error at its end, if any."""
    heard = Heard()
    try:
        async for event in speech:
            heard.events.append(event)
    except Exception as error:
        heard.error = error
    return heard


def decoded(data: bytes, audio: str, sample_rate: int = 24_000) -> tuple[numpy.ndarray[Any, Any], int]:
    """Samples and sample rate, as a reader that knows nothing of us takes them."""
    if audio == "pcm":
        return numpy.frombuffer(data, "<i2") / 32768, sample_rate
    samples, rate = soundfile.read(io.BytesIO(data))
    return samples, rate


# --- a peer that does what the emulator never would


Peer = Callable[[ServerConnection], Awaitable[None]]


@contextlib.asynccontextmanager
async def peer(handler: Peer, **options: Any) -> AsyncIterator[str]:
    """A WebSocket server on a free port; yields its URL."""
    common: dict[str, Any] = {"compression": None, "close_timeout": 0.5, "logger": BARE}
    async with serve(handler, "127.0.0.1", 0, **common, **options) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{port}{PATH}"


@contextlib.asynccontextmanager
async def raw_peer(answer: bytes, seen: list[bytes] | None = None) -> AsyncIterator[str]:
    """A TCP server that answers every request with the same bytes."""

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            request = await reader.readuntil(b"\r\n\r\n")
            if seen is not None:
                seen.append(request)
            writer.write(answer)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve_one, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"ws://127.0.0.1:{port}{PATH}"


class Script:
    """The server's side of tasks, for scripted peers."""

    def __init__(self, socket: ServerConnection) -> None:
        self.socket = socket
        self.task_id = ""
        self.texts: list[str] = []

    async def run_task(self) -> dict[str, Any]:
        """Wait for run-task; answer nothing."""
        message: dict[str, Any] = json.loads(await self.socket.recv())
        assert message["header"]["action"] == "run-task"
        self.task_id = message["header"]["task_id"]
        return message

    async def until(self, action: str) -> None:
        """Take instructions to the first of this kind."""
        while True:
            message = json.loads(await self.socket.recv())
            if message["header"]["action"] == "continue-task":
                self.texts.append(message["payload"]["input"]["text"])
            if message["header"]["action"] == action:
                return

    async def event(self, name: str, **more: Any) -> None:
        header = {"task_id": self.task_id, "event": name, "attributes": {}, **more.pop("header", {})}
        await self.socket.send(json.dumps({"header": header, "payload": more.pop("payload", {})}))

    async def task(self, *frames: bytes) -> None:
        """A whole task with these frames of audio."""
        await self.run_task()
        await self.event("task-started")
        await self.until("finish-task")
        for frame in frames:
            await self.socket.send(frame)
        await self.event("task-finished", payload={"output": {}})
