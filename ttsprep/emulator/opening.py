"""The opening handshake over websockets, and plain HTTP requests of any kind, which it does not know by itself."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.http11 import Request as HttpRequest
from websockets.http11 import Response

from ttsprep.emulator.faults import Fault, Step
from ttsprep.emulator.handshake import Refusal, Request, check, key_of, redactor
from ttsprep.protocol import Role
from ttsprep.recording import Channel, Opened, Refused

if TYPE_CHECKING:
    from ttsprep.emulator.server import Emulator

__all__ = ["Connection", "Opening"]

_HEAD_END: Final = b"\r\n\r\n"
_LONGEST_HEAD: Final = 1 << 16
_LONGEST_BODY: Final = 1 << 20
_BODY_WAIT: Final = 1.0
_REQUEST_LINE = re.compile(rb"([!-~]+) ([!-~]+) HTTP/1\.[01]\r?\n")
_BODY_HEADER = re.compile(rb"^(content-length|transfer-encoding|expect)[ \t]*:[ \t]*(.*?)[ \t]*\r?\n", re.I | re.M)


class Connection(ServerConnection):
    """A connection that also understands what websockets refuses to read: requests that are no GET or have a body.

    Such a request is read to its end first (a socket closed over unread bytes would swallow the answer), then passed
    on as a GET without a body, with its true method in `method`.
    """

    number = 0
    channel: Channel
    redact: Callable[[str], str]
    """Takes the key of the client out of a text."""
    method = "GET"
    _head: bytearray | None = None
    _body_left = 0
    _waiting: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        if self.request is not None and self.method == "GET":
            super().data_received(data)
        elif self.request is None and self._waiting is None:
            self._receive_head(data)
        elif self._waiting is not None:
            self._receive_body(len(data))

    def _receive_head(self, data: bytes) -> None:
        head = self._head = (self._head or bytearray()) + data
        end = head.find(_HEAD_END)
        if end < 0 and len(head) < _LONGEST_HEAD:
            return
        self._head = None
        line = _REQUEST_LINE.match(head)
        fields = {name.lower(): value for name, value in _BODY_HEADER.findall(head[: end + 4])}
        if line is None or (line[1] == b"GET" and not fields):
            super().data_received(bytes(head))
            return
        self.method = line[1].decode("ascii")
        clean = b"GET " + line[2] + b" HTTP/1.1\r\n" + _BODY_HEADER.sub(b"", head[line.end() : end + 4])
        self._waiting = self.loop.call_later(_BODY_WAIT, self._pass_on, bytes(clean))
        self._clean = bytes(clean)
        self._body_left = 0 if b"expect" in fields else _length(fields)
        self._receive_body(len(head) - end - 4)

    def _receive_body(self, received: int) -> None:
        self._body_left -= received
        if self._body_left <= 0:
            self._pass_on(self._clean)

    def _pass_on(self, head: bytes) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        if self.request is None:
            super().data_received(head)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        super().connection_lost(exc)


def _length(fields: dict[bytes, bytes]) -> int:
    """How many bytes of body to wait for; a chunked body, whose length is not known, until the wait is over."""
    if b"transfer-encoding" in fields:
        return _LONGEST_BODY
    stated = fields.get(b"content-length", b"0")
    return min(int(stated), _LONGEST_BODY) if stated.isdigit() else 0


class Opening:
    """Lets clients in, or tells them why not."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._number = 0

    async def process_request(self, websocket: ServerConnection, http: HttpRequest) -> Response | None:
        """websockets asks here what to answer; None opens the connection."""
        assert isinstance(websocket, Connection)
        self._number += 1
        websocket.number = self._number
        request = _request(websocket, http)
        websocket.redact = redactor(key_of(request.authorization))
        websocket.channel = Channel(self._emulator.recorder, self._number, websocket.redact)
        websocket.channel.note(Role.CLIENT, Opened(self._emulator.origin + request.path, request.method))
        await asyncio.sleep(self._emulator.timing.opening())
        refusal = await self._fault() or check(request, self._emulator.options.require_key)
        if refusal is None:
            return None
        if refusal.rules:
            self._emulator.findings.add(refusal.finding(self._number))
        websocket.channel.note(Role.SERVER, Refused(refusal.status, refusal.message))
        return _response(refusal, self._emulator.new_uuid())

    async def _fault(self) -> Refusal | None:
        for fault in self._emulator.faults.due(Step.CONNECT):
            if fault.name == "slow-opening":
                await asyncio.sleep(float(fault.argument))
            else:
                return _refusal(fault)
        return None


_FAULT_ANSWERS = {
    401: ("InvalidApiKey", "Invalid API-key provided."),
    403: ("AccessDenied", "Access denied."),
    503: ("ServiceUnavailable", "[emulator] the fault 503"),
}


def _refusal(fault: Fault) -> Refusal:
    code, message = _FAULT_ANSWERS[fault.kind.status]
    return Refusal(fault.kind.status, code, message, (), f"the fault {fault.name}", "", "it was asked for")


def _request(websocket: Connection, http: HttpRequest) -> Request:
    upgrade = ",".join(http.headers.get_all("Upgrade")).lower()
    is_websocket = websocket.method == "GET" and "websocket" in upgrade
    return Request(websocket.method, http.path, http.headers.get_all("Authorization"), is_websocket)


def _response(refusal: Refusal, request_id: str) -> Response:
    import http

    body = refusal.body(request_id).encode()
    headers = Headers(
        [
            ("Content-Type", "application/json; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
        ]
    )
    return Response(refusal.status, http.HTTPStatus(refusal.status).phrase, headers, body)
