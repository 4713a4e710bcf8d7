"""Writing to one client: recorded, in time, and bent by whichever fault asks for it."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from websockets.exceptions import ConcurrencyError, ConnectionClosed

from ttsprep.protocol import Role
from ttsprep.recording import Channel

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

__all__ = ["Ended", "Wire"]


class Ended(Exception):
    """The connection is closed, or shall be left alone."""


class Wire:
    """One client's socket. A client that takes nothing for `stall` seconds, or at most twice that, is dropped."""

    def __init__(self, websocket: ServerConnection, channel: Channel, *, stall: float) -> None:
        self._websocket = websocket
        self._channel = channel
        self._stall = stall
        self._sends = 0
        self._sending = False
        self.closing = False
        """This end has begun to close."""
        self.silent = False
        """Nothing is written any more; pings are still answered."""
        self.unknown_fields = False
        """Every event carries fields that no page names."""

    async def send(self, frame: str | bytes) -> None:
        """Write a frame; wait while the client is behind with reading."""
        if self.silent:
            return
        if self.unknown_fields and isinstance(frame, str):
            frame = _with_unknown_fields(frame)
        self._channel.frame(Role.SERVER, frame)
        self._sends += 1
        self._sending = True
        await self._websocket.send(frame)
        self._sending = False

    async def watch(self) -> None:
        """Drop a client that takes nothing; a timeout for each frame would cost as much as sending it."""
        while True:
            before = self._sends if self._sending else -1
            await asyncio.sleep(self._stall)
            if self._sending and self._sends == before:
                self.abort()

    async def close(self, code: int, reason: str = "") -> NoReturn:
        """Close in good order, or when silent wait until the client does. Raises `Ended`."""
        self.closing = True
        ending = self._websocket.wait_closed() if self.silent else self._websocket.close(code, reason)
        await asyncio.gather(ending, self._drain())
        raise Ended

    async def _drain(self) -> None:
        """Read on, so that the client's closing frame is found behind whatever it has sent before."""
        try:
            while True:
                await self._websocket.recv()
        except (ConnectionClosed, ConcurrencyError):
            pass  # closed, or somebody reads already

    def abort(self) -> NoReturn:
        """Drop the TCP connection: the client sees a reset, close code 1006. Raises `Ended`."""
        self.closing = True
        reset(self._websocket)
        raise Ended


def reset(websocket: ServerConnection) -> None:
    """End the TCP connection with a reset instead of the orderly end."""
    connected = websocket.transport.get_extra_info("socket")
    if connected is not None:
        # struct linger {on, 0 seconds}: two shorts on Windows, two ints elsewhere.
        at_once = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
    websocket.transport.abort()


def _with_unknown_fields(frame: str) -> str:
    try:
        body: Any = json.loads(frame)
    except ValueError:
        return frame
    extra = {"x-emulator": {"unknown": [1, None, "字段"]}}
    bent: Mapping[str, Any] = {name: {**value, **extra} for name, value in body.items()} | extra
    return json.dumps(bent, ensure_ascii=False)
