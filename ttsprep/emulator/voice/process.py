"""One voice process, seen from the server: started, asked, killed. Every wait has a limit."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from asyncio.subprocess import Process, SubprocessStreamProtocol
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, BinaryIO

import ttsprep
from ttsprep.emulator.voice import wire
from ttsprep.emulator.voice.model import VoiceError

__all__ = ["VoiceProcess"]

_MODULE = "ttsprep.emulator.voice.worker"
# How much a process may be ahead of the server, in bytes.
_AHEAD = 1 << 18
_DETAIL_BYTES = 2000
_ENDING_SECONDS = 1.0


class VoiceProcess:
    """Made by `start`; `close` must follow."""

    def __init__(
        self, transport: asyncio.SubprocessTransport, process: Process, errors: BinaryIO, limit: float
    ) -> None:
        self._transport = transport
        self._process = process
        self._errors = errors
        self._limit = limit

    @classmethod
    async def start(cls, limit: float) -> VoiceProcess:
        """A process that is ready to speak. `limit` (s) bounds this and every later wait for it."""
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `close`
        try:
            transport, process = await _spawned(errors)
        except OSError as error:
            errors.close()
            raise VoiceError("the voice process cannot be started", str(error)) from error
        except BaseException:
            errors.close()
            raise
        started = cls(transport, process, errors, limit)
        try:
            await started.receive()
        except BaseException:
            await started.close()
            raise
        return started

    @property
    def running(self) -> bool:
        return self._process.returncode is None

    async def send(self, data: bytes) -> None:
        assert self._process.stdin is not None
        try:
            async with asyncio.timeout(self._limit):
                self._process.stdin.write(data)
                await self._process.stdin.drain()
        except (ConnectionError, TimeoutError) as error:
            raise await self._broken(error) from error

    async def receive(self) -> tuple[bytes, bytes]:
        """The next message. Raises `VoiceError` where the process says so, ends, or says nothing in time."""
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(self._limit):
                header = await self._process.stdout.readexactly(wire.HEADER.size)
                kind, size = wire.HEADER.unpack(header)
                content = await self._process.stdout.readexactly(size)
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError) as error:
            raise await self._broken(error) from error
        if kind == wire.FAILED:
            raise VoiceError(content.decode("utf-8", "replace"))
        return kind, content

    async def _broken(self, error: Exception) -> VoiceError:
        stalled = isinstance(error, TimeoutError)
        if not stalled:
            await self._leave_time_to_end()
        await self._kill()
        detail = self._written_errors()
        if stalled:
            return VoiceError(f"the voice process gave nothing for {self._limit:g} s and was ended", detail)
        return VoiceError(f"the voice process ended with status {self._process.returncode}", detail)

    async def _leave_time_to_end(self) -> None:
        """A process that has closed its pipes is ending; killed now, its status would be lost."""
        try:
            async with asyncio.timeout(_ENDING_SECONDS):
                await self._process.wait()
        except TimeoutError:
            pass

    def _written_errors(self) -> str:
        if self._errors.closed:
            return "it was closed"
        self._errors.seek(0)
        return self._errors.read()[-_DETAIL_BYTES:].decode("utf-8", "replace").strip()

    async def _kill(self) -> None:
        if self.running:
            try:
                self._process.kill()
            except ProcessLookupError:
                pass
        await _ended(self._transport, self._process)

    async def close(self) -> None:
        """End the process at once, whatever it does and whether or not the caller is cancelled."""
        try:
            await _to_its_end(self._kill())
        finally:
            self._errors.close()


async def _spawned(errors: BinaryIO) -> tuple[asyncio.SubprocessTransport, Process]:
    """The process and its transport. Cancelled, it ends the process first.

    asyncio closes only those pipes of a process whose start is cancelled that are connected by then, so a start is
    never cut short.
    """
    starting = asyncio.ensure_future(_spawn(errors))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        await _to_its_end(_given_up(starting))
        raise


async def _given_up(starting: asyncio.Future[tuple[asyncio.SubprocessTransport, Process]]) -> None:
    await asyncio.wait([starting])
    if starting.exception() is None:
        transport, process = starting.result()
        if process.returncode is None:
            transport.kill()
        await _ended(transport, process)


async def _spawn(errors: BinaryIO) -> tuple[asyncio.SubprocessTransport, Process]:
    """As `asyncio.create_subprocess_exec`, which hides the transport."""
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.subprocess_exec(
        lambda: SubprocessStreamProtocol(limit=_AHEAD, loop=loop),
        sys.executable,
        "-P",
        "-m",
        _MODULE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=_environment(),
    )
    return transport, Process(transport, protocol, loop)


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Await `work`, which is short, even when cancelled meanwhile: a process left half ended is never reaped."""
    task, cancelled = asyncio.ensure_future(work), None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    task.result()
    if cancelled is not None:
        raise cancelled


async def _ended(transport: asyncio.SubprocessTransport, process: Process) -> None:
    """Wait for the end of a process that was killed.

    That waits for the ends of its pipes too, which never come where reading is paused: nobody took what it wrote.
    """
    for descriptor in (0, 1):
        pipe = transport.get_pipe_transport(descriptor)
        if pipe is not None:
            pipe.close()
    await process.wait()


def _environment() -> dict[str, str]:
    package = str(Path(ttsprep.__file__).resolve().parent.parent)
    path = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    # A voice has no use for a key. One thread each: the processes share the cores among themselves.
    return {
        **{name: value for name, value in os.environ.items() if name != "DASHSCOPE_API_KEY"},
        "PYTHONPATH": os.pathsep.join(path),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
