"""The emulator itself: a WebSocket server on the loopback, with the options of a whole account."""

from __future__ import annotations

import logging
import random
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, AsyncExitStack, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from websockets.asyncio.server import Server, ServerConnection, serve

from ttsprep.catalog import default_region
from ttsprep.emulator.faults import Fault, Faults
from ttsprep.emulator.findings import Finding, Findings, Outcome
from ttsprep.emulator.handshake import PATH
from ttsprep.emulator.modes import Mode
from ttsprep.emulator.opening import Connection, Opening
from ttsprep.emulator.quota import Quota
from ttsprep.emulator.recording import Recording
from ttsprep.emulator.session import Session
from ttsprep.emulator.tasks import TaskReport
from ttsprep.emulator.timing import Timing
from ttsprep.emulator.voice import VoicePool, available
from ttsprep.protocol import WireLimits

__all__ = ["Emulator", "Options"]

_TASKS_KEPT = 10_000
_LARGEST_FRAME = 8 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How an emulator behaves.

    `time_scale` shrinks the service's limits of 23 and 60 seconds and the timing profile: 0.01 makes them 0.23 and
    0.6 s. `voice` is ``"speech"``, ``"tone"`` or None for what is installed. `require_key` lets in this key only.
    `quota` is task starts per (scaled) second, `max_tasks` tasks at once. `null_closes` answers what the
    service answers by either "task can not be null" or close 1007 with the latter. `frame_size` is bytes of audio
    in a frame, `stall` the seconds after which a client that takes nothing is dropped.
    """

    host: str = "127.0.0.1"
    port: int = 0
    mode: Mode = Mode.STRICT
    voice: str | None = None
    time_scale: float = 1.0
    seed: int = 0
    region: str = field(default_factory=lambda: default_region().id)
    require_key: str | None = field(default=None, repr=False)
    quota: int | None = None
    max_tasks: int | None = None
    null_closes: bool = False
    timing: bool = False
    frame_size: int = 8000
    stall: float = 60.0


class Emulator:
    """A local service for as long as it is entered.

    >>> async def demo():
    ...     async with Emulator(voice="tone") as emulator:
    ...         return emulator.url.startswith("ws://127.0.0.1:")
    >>> asyncio.run(demo())
    True
    """

    def __init__(
        self,
        *,
        mode: Mode | str = Mode.STRICT,
        faults: Iterable[Fault | str] = (),
        record: str | Path | IO[str] | None = None,
        on_departure: Callable[[Finding], None] | None = None,
        **options: object,
    ) -> None:
        self.options = Options(mode=Mode(mode), **options)  # type: ignore[arg-type] # Options checks names
        self.log = logging.getLogger("ttsprep.emulator")
        self.findings = Findings(on_departure or (lambda _finding: None))
        self.faults = Faults(faults)
        self.tasks: deque[TaskReport] = deque(maxlen=_TASKS_KEPT)
        self.limits = WireLimits.of_service().scaled(self.options.time_scale)
        self.timing = Timing(self.options.timing, scale=self.options.time_scale, seed=self.options.seed)
        self.quota = Quota(self.options.quota, window=self.options.time_scale)
        self.recording = Recording(None)
        self.voices: VoicePool
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
        host, port = self.address
        return f"ws://{f'[{host}]' if ':' in host else host}:{port}{PATH}"

    @property
    def departures(self) -> Sequence[Finding]:
        """What clients did against the API page: refused, or tolerated in the mode ``observed``."""
        return self.findings.of(Outcome.REFUSED, Outcome.TOLERATED)

    # --- life

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            if self._record is not None:
                self.recording = Recording(stack.enter_context(_opened(self._record)))
            kind = self.options.voice or available().kind
            self.voices = await stack.enter_async_context(VoicePool(kind))
            opening = Opening(self)
            self._server = await stack.enter_async_context(
                serve(
                    self._serve,
                    self.options.host,
                    self.options.port,
                    process_request=opening.process_request,
                    create_connection=Connection,
                    compression=None,
                    open_timeout=None,
                    close_timeout=2,
                    max_size=_LARGEST_FRAME,
                )
            )
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def _serve(self, websocket: ServerConnection) -> None:
        assert isinstance(websocket, Connection)
        await Session(self, websocket, websocket.number, websocket.key).run()

    def new_uuid(self) -> str:
        """An id that the same seed gives again."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))


def _opened(record: str | Path | IO[str]) -> AbstractContextManager[IO[str]]:
    return Path(record).open("w", encoding="utf-8") if isinstance(record, str | Path) else nullcontext(record)
