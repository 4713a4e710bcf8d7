"""The emulator itself: a WebSocket server on the loopback, with the state of one account."""

from __future__ import annotations

import logging
import random
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, AsyncExitStack, nullcontext
from datetime import UTC, datetime
from os import PathLike
from types import TracebackType
from typing import IO, Final, Self, Unpack

from websockets.asyncio.server import Server, ServerConnection, serve

from ttsprep.emulator.faults import Fault, Faults
from ttsprep.emulator.findings import Finding, Findings, Outcome
from ttsprep.emulator.handshake import PATH
from ttsprep.emulator.opening import Connection, Opening
from ttsprep.emulator.options import Keywords, Options
from ttsprep.emulator.quota import Quota
from ttsprep.emulator.session import Session
from ttsprep.emulator.tasks import TaskReport
from ttsprep.emulator.timing import Timing
from ttsprep.emulator.voice import VoicePool, available
from ttsprep.protocol import Role, WireLimits
from ttsprep.recording import Recorder

__all__ = ["Emulator"]

_TASKS_KEPT: Final = 10_000
_LARGEST_FRAME: Final = 8 << 20
_AHEAD: Final = 1 << 18
"""Bytes that may wait for a client before its task does."""
_OPENING_LIMIT: Final = 120
_CLOSING_LIMIT: Final = 2

_log = logging.getLogger("ttsprep.emulator")
# websockets would write the headers of the handshake, and so the key, at the level DEBUG.
_websockets_log = logging.getLogger("ttsprep.emulator.websockets")
_websockets_log.setLevel(logging.WARNING)


class Emulator:
    """A local service for as long as it is entered.

        >>> import asyncio
        >>> async def demo():
        ...     async with Emulator(voice="tone") as emulator:
        ...         return emulator.url.startswith("ws://127.0.0.1:"), emulator.departures
        >>> asyncio.run(demo())
        (True, [])

    `options` are the fields of `Options`. `faults` are `Fault` values or their short form
    (``"close-1011=finish-task"``), `record` is a file for what goes over the wire (`ttsprep.recording`), `on_departure`
    is called with every `Finding`.

    Entering raises OSError where the port is taken or the record cannot be written, `VoiceError` where the voice asked
    for is not installed.
    """

    def __init__(
        self,
        *,
        faults: Iterable[Fault | str] = (),
        record: str | PathLike[str] | IO[str] | None = None,
        on_departure: Callable[[Finding], None] | None = None,
        **options: Unpack[Keywords],
    ) -> None:
        self.options = Options(**options)  # type: ignore[arg-type]  # it makes a Mode of a string
        self.log = _log
        self.findings = Findings(on_departure or _log_finding)
        self.faults = Faults(faults)
        self.tasks: deque[TaskReport] = deque(maxlen=_TASKS_KEPT)
        self.running = 0
        self.ended: Counter[str] = Counter()
        self.limits = WireLimits.of_service().scaled(self.options.time_scale)
        self.timing = Timing(self.options.timing, scale=self.options.time_scale, seed=self.options.seed)
        self.quota = Quota(self.options.quota, self.options.max_tasks, window=self.options.time_scale)
        self.recorder: Recorder | None = None
        self.voices = VoicePool(self.options.voice or available().kind)
        self._record = record
        self._random = random.Random(self.options.seed)  # noqa: S311 (ids that repeat, not secrets)
        self._server: Server
        self._stack = AsyncExitStack()

    # --- what a user looks at

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        name = next(iter(self._server.sockets)).getsockname()
        return name[0], name[1]

    @property
    def url(self) -> str:
        """Where to connect: plain ws, on the path of the service."""
        return self.origin + PATH

    @property
    def origin(self) -> str:
        """The URL without its path."""
        host, port = self.address
        return f"ws://{f'[{host}]' if ':' in host else host}:{port}"

    @property
    def departures(self) -> Sequence[Finding]:
        """What clients did against the API page: refused, or tolerated in the mode ``observed``."""
        return self.findings.of(Outcome.REFUSED, Outcome.TOLERATED)

    # --- life

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            if self._record is not None:
                self.recorder = _recorder(stack.enter_context(_opened(self._record)))
            await stack.enter_async_context(self.voices)
            self._server = await stack.enter_async_context(self._listen())
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def _listen(self) -> Server:
        return serve(
            self._serve,
            self.options.host,
            self.options.port,
            process_request=Opening(self).process_request,
            create_connection=Connection,
            compression=None,  # audio does not shrink
            open_timeout=_OPENING_LIMIT,
            close_timeout=_CLOSING_LIMIT,
            max_size=_LARGEST_FRAME,
            write_limit=_AHEAD,
            logger=_websockets_log,
        )

    async def _serve(self, websocket: ServerConnection) -> None:
        assert isinstance(websocket, Connection)
        await Session(self, websocket).run()

    def new_uuid(self) -> str:
        """An id that the same seed gives again."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))


def _log_finding(finding: Finding) -> None:
    level = logging.WARNING if finding.outcome is Outcome.REFUSED else logging.INFO
    _log.log(level, "%s", finding)


def _opened(record: str | PathLike[str] | IO[str]) -> AbstractContextManager[IO[str]]:
    return Recorder.opened(record) if isinstance(record, str | PathLike) else nullcontext(record)


def _recorder(stream: IO[str]) -> Recorder:
    return Recorder(stream, Role.SERVER, began=datetime.now(UTC), clock=time.monotonic)
