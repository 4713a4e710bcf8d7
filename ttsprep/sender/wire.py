"""One open connection: the socket, the protocol's state, a reader that never rests, and the timers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final, Protocol

from websockets.exceptions import ConnectionClosed

from ttsprep.protocol import (
    Audio,
    ClientConnection,
    ConnectionLost,
    Departure,
    Event,
    Ignored,
    Instruction,
    Kind,
    RemoteProtocolError,
    Role,
    ServiceTimeout,
    SpeechError,
    State,
    Timeouts,
    Timer,
    WireLimits,
)
from ttsprep.recording import Channel
from ttsprep.sender.key import Key
from ttsprep.sender.websocket import Socket, close_socket, ending, is_open, lost

__all__ = ["Listener", "Wire"]

_NOT_UTF_8: Final = 1007
_SECOND_LOOK: Final = 0.005
_LOG: Final = logging.getLogger("ttsprep.sender")


class Listener(Protocol):
    """Whoever runs a task on a wire. Called from the reader: must not wait, and must not raise SpeechError."""

    def received(self, event: Event | Audio | Ignored, now: float) -> None: ...

    def due(self, timer: Timer) -> None: ...

    def failed(self, error: Exception) -> None: ...


class Wire:
    """An open connection and its one task.

    The reader runs from the opening to the end, so that keepalive frames are answered and a close is noticed at once,
    also between tasks. `listener` hears what comes while it is set.
    """

    def __init__(
        self,
        socket: Socket,
        *,
        limits: WireLimits,
        timeouts: Timeouts,
        key: Key,
        channel: Channel | None = None,
        connect_seconds: float = 0.0,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._socket = socket
        self._timeouts = timeouts
        self.redact = key.redact
        self._channel = channel or Channel(None, 0, key.redact)
        self._ended = False
        self._alarm: asyncio.TimerHandle | None = None
        self._armed_for: float | None = None
        self.connection = ClientConnection(self._loop.time(), limits=limits, timeouts=timeouts)
        self.connect_seconds = connect_seconds
        self.tasks = 0
        """How many tasks were opened on it."""
        self.expired = False
        """Whether it has been idle for as long as it may."""
        self.listener: Listener | None = None
        self.on_end: Callable[[Wire], None] | None = None
        """Called when it cannot be used any more."""
        self._arm()
        self._reader = asyncio.create_task(self._read(), name="ttsprep reader")

    @property
    def is_usable(self) -> bool:
        """Whether a new task may be opened on it (USE-01, USE-02)."""
        reading = not self._reader.done() and is_open(self._socket)
        return reading and not self.expired and self.connection.state is State.IDLE

    @property
    def was_used(self) -> bool:
        """Whether it has served a task before the one at hand."""
        return self.tasks > 1

    def now(self) -> float:
        """Seconds on the clock of all timers."""
        return self._loop.time()

    async def send(self, instruction: Instruction, *, completes: bool = False) -> None:
        """Send an instruction. Raises LocalProtocolError, ServiceTimeout if the socket takes no more.

        A connection that is lost is the reader's to report: here it is passed over in silence.
        """
        frame = self.connection.send(instruction, self.now(), completes=completes)
        self._arm()
        self._channel.frame(Role.CLIENT, frame)
        try:
            async with asyncio.timeout(self._timeouts.sending):
                await self._socket.send(frame)
        except ConnectionClosed:
            _LOG.debug("the connection closed while sending %s", instruction.message.value)
        except TimeoutError:
            stalled = True
        else:
            stalled = False
        if stalled:
            raise ServiceTimeout(
                f"room to send {instruction.message.value}",
                self._timeouts.sending,
                rules=("FLW-10",),
                remedy="the peer has stopped reading, or the network is too slow",
                task_id=instruction.task_id,
            )

    async def close(self) -> None:
        """Close the connection, within the closing timeout."""
        if self._alarm is not None:
            self._alarm.cancel()
        self.listener = self.on_end = None
        try:
            await close_socket(self._socket, self._timeouts)
        finally:
            self._reader.cancel()
            await asyncio.wait([self._reader])
            self._note_end()

    # --- the reader

    async def _read(self) -> None:
        try:
            while True:
                self._handle(await self._socket.recv())
        except ConnectionClosed as closed:
            self._note_end()
            self._closed(*lost(closed))
        except SpeechError as error:
            self._fail(error)
        except Exception as error:  # of the listener: the disk is full, …
            self._fail(error)
        self._end()

    def _handle(self, frame: str | bytes) -> None:
        now = self.now()
        self._channel.frame(Role.SERVER, frame)
        event = self.connection.receive(frame, now)
        self._arm()
        if isinstance(event, Ignored):
            _LOG.debug("ignored: %s", self.redact(event.reason))
        if self.listener is not None:
            self.listener.received(event, now)

    def _note_end(self) -> None:
        """Record the end, once: the reader may be stopped before it sees it."""
        if not self._ended:
            self._ended = True
            self._channel.note(*ending(self._socket))

    def _closed(self, code: int, reason: str, remedy: str) -> None:
        _LOG.debug("connection closed with %d", code)
        reason, task_id, state = self.redact(reason), self.connection.task_id, self.connection.state
        error = self.connection.closed(code, reason) or ConnectionLost(code, reason, task_id=task_id)
        error.remedy = remedy
        if remedy and code == _NOT_UTF_8:
            self._fail(RemoteProtocolError([Departure(Kind.NO_EVENT, "", reason)], state, task_id=task_id))
        else:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if self.listener is not None:
            self.listener.failed(error)

    def _end(self) -> None:
        if self.on_end is not None:
            self.on_end(self)

    # --- the timers

    def _arm(self) -> None:
        """Have the alarm ring at the next deadline, or earlier."""
        deadline = self.connection.deadline()
        if deadline is None or (self._armed_for is not None and self._armed_for <= deadline):
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._armed_for = deadline
        self._alarm = self._loop.call_at(deadline, self._ring)

    def _ring(self) -> None:
        """Look a second time before a wait counts as over: where the whole program stood still, what has arrived
        meanwhile is read first.
        """
        self._alarm = self._loop.call_later(_SECOND_LOOK, self._over)

    def _over(self) -> None:
        self._armed_for = self._alarm = None
        for timer in self.connection.tick(self.now()):
            if self.listener is not None:
                self.listener.due(timer)
            if timer is Timer.IDLE:
                self.expired = True
                self._end()
        self._arm()
