"""A bare client for tests of the emulator: frames as they are, no library of ours between."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.conftest import BARE, SECRET

KEY = SECRET
PATIENCE = 10.0
VALID: Mapping[str, Any] = {
    "run-task": {
        "task_group": "audio",
        "task": "tts",
        "function": "SpeechSynthesizer",
        "model": "cosyvoice-v3-flash",
        "parameters": {"text_type": "PlainText", "voice": "longanyang", "format": "wav", "sample_rate": 8000},
        "input": {},
    },
    "continue-task": {"input": {"text": "你好，世界。"}},
    "finish-task": {"input": {}},
}


def instruction(action: str, task_id: str, payload: Any = None) -> dict[str, Any]:
    """A valid instruction, or one with another payload."""
    header = {"action": action, "task_id": task_id, "streaming": "duplex"}
    return {"header": header, "payload": json.loads(json.dumps(VALID[action])) if payload is None else payload}


def put(body: dict[str, Any], path: str, value: Any) -> None:
    """Set, or with None take out, the field at a dotted path."""
    *parents, last = path.split(".")
    for name in parents:
        body = body.setdefault(name, {})
    if value is None:
        body.pop(last, None)
    else:
        body[last] = value


class Client:
    """One connection and what came over it."""

    def __init__(self, websocket: ClientConnection) -> None:
        self.websocket = websocket
        self.task_id = ""
        self.events: list[dict[str, Any]] = []
        self.audio: list[bytes] = []
        self.order: list[str] = []
        """``audio`` and names of events as they came."""

    async def send(self, frame: Any) -> None:
        await self.websocket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame, ensure_ascii=False))

    async def run_task(self, parameters: Mapping[str, Any] | None = None, **fields: Any) -> str:
        """Send run-task with a new id and other parameters; the id."""
        self.task_id = uuid.uuid4().hex
        body = instruction("run-task", self.task_id)
        body["payload"]["parameters"] |= parameters or {}
        body["payload"] |= fields
        await self.send(body)
        return self.task_id

    async def text(self, text: str) -> None:
        await self.send(instruction("continue-task", self.task_id, {"input": {"text": text}}))

    async def finish(self) -> None:
        await self.send(instruction("finish-task", self.task_id))

    async def read(self) -> str:
        """Read one frame: the name of its event, or ``audio``."""
        async with asyncio.timeout(PATIENCE):
            frame = await self.websocket.recv()
        if isinstance(frame, bytes):
            self.audio.append(frame)
            self.order.append("audio")
        else:
            self.events.append(json.loads(frame))
            self.order.append(self.events[-1]["header"]["event"])
        return self.order[-1]

    async def until(self, *names: str) -> dict[str, Any]:
        """Read up to an event, which comes back, or ``audio``."""
        while await self.read() not in names:
            pass
        return self.events[-1] if self.events else {}

    async def speak(self, *texts: str, **parameters: Any) -> bytes:
        """A whole task in good order; its audio."""
        await self.run_task(parameters)
        await self.until("task-started")
        self.audio.clear()
        for text in texts:
            await self.text(text)
        await self.finish()
        await self.until("task-finished")
        return b"".join(self.audio)

    async def end(self) -> tuple[int, str]:
        """Read until the connection ends; close code and reason."""
        try:
            while True:
                await self.read()
        except ConnectionClosed as closed:
            return (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (1006, "")

    def named(self, name: str) -> list[dict[str, Any]]:
        """The events with a name."""
        return [event for event in self.events if event["header"]["event"] == name]


@asynccontextmanager
async def client(url: str, **options: Any) -> AsyncIterator[Client]:
    """A client that is let in."""
    headers = {"Authorization": f"Bearer {KEY}"}
    common: dict[str, Any] = {"proxy": None, "close_timeout": 1, "logger": BARE}
    async with connect(url, additional_headers=headers, **common, **options) as websocket:
        yield Client(websocket)
