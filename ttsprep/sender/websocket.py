"""Opening and closing a WebSocket with the websockets library.

Raised out of here are our own exceptions only, without the library's frames behind them: these hold the handshake's
headers.
"""

from __future__ import annotations

import asyncio
import os
import platform
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidMessage,
    InvalidProxy,
    InvalidStatus,
    ProxyError,
)
from websockets.protocol import State as SocketState

from ttsprep.protocol import ConnectionLost, HandshakeError, Role, ServiceTimeout, SpeechError, Timeouts
from ttsprep.recording import Closed
from ttsprep.sender.endpoint import Endpoint
from ttsprep.sender.errors import ABNORMAL_CLOSURE, ConnectionFailed, key_refused, slow_opening
from ttsprep.sender.key import Key
from ttsprep.sender.logs import ConnectionLog

__all__ = ["OpenOptions", "Socket", "close_socket", "ending", "is_open", "lost", "open_socket"]

Socket = ClientConnection

_LARGEST_FRAME: Final = 64 << 20
_LONGEST_EXCERPT: Final = 300
_PING_SECONDS: Final = 20.0
_AUTHENTICATION_STATUSES: Final = (401, 403)


@dataclass(frozen=True, slots=True)
class OpenOptions:
    """How connections are opened: optional headers (HDR-03 to HDR-05), proxy (NET-02), TLS."""

    workspace: str = ""
    data_inspection: str = ""
    user_agent: str = ""
    proxy: str | bool = field(default=True, repr=False)  # a proxy URL may hold a password
    ssl_context: ssl.SSLContext | None = None

    def headers(self) -> dict[str, str]:
        """The headers beside Authorization."""
        given = {"X-DashScope-WorkSpace": self.workspace, "X-DashScope-DataInspection": self.data_inspection}
        return {name: value for name, value in given.items() if value}

    def agent(self) -> str:
        """The user-agent header: the caller's, else our own."""
        from ttsprep import __version__

        return self.user_agent or f"ttsprep/{__version__} python/{platform.python_version()}"


class _Refused(Exception):
    """An HTTP answer instead of a WebSocket. Not the library's InvalidStatus: it would follow a redirect."""

    def __init__(self, status: int, reason: str, location: str) -> None:
        super().__init__(status, reason, location)
        self.status, self.reason, self.location = status, reason, location


class _Connection(ClientConnection):
    async def handshake(self, *args: Any, **kwargs: Any) -> None:
        try:
            await super().handshake(*args, **kwargs)
        except InvalidStatus as error:
            answer = error.response
            body = bytes(answer.body or b"").decode("utf-8", "replace")
            words = f"{answer.reason_phrase} {' '.join(body.split())}".strip()
            raise _Refused(answer.status_code, words[:_LONGEST_EXCERPT], answer.headers.get("Location", "")) from None
        finally:
            if self.request is not None and "Authorization" in self.request.headers:
                del self.request.headers["Authorization"]


async def open_socket(endpoint: Endpoint, key: Key, options: OpenOptions, timeouts: Timeouts) -> Socket:
    """An open WebSocket, within the opening timeout.

    Raises AuthenticationError, HandshakeError, ServiceTimeout, ConnectionFailed, ConnectionLost; ValueError for a
    TLS context that allows less than TLS 1.2.
    """
    context = _tls(options.ssl_context) if endpoint.secure else None
    try:
        return await connect(
            endpoint.url,
            additional_headers={"Authorization": key.authorization, **options.headers()},
            user_agent_header=options.agent(),
            compression=None,  # audio does not compress
            # Without TLS the key would pass the proxy in the open.
            proxy=_proxy(options.proxy) if endpoint.secure else None,
            open_timeout=timeouts.opening,
            ping_interval=_PING_SECONDS,
            ping_timeout=_PING_SECONDS,
            close_timeout=timeouts.closing,
            max_size=_LARGEST_FRAME,
            logger=ConnectionLog(key),
            create_connection=_Connection,
            ssl=context,
        )
    except (OSError, InvalidHandshake, InvalidProxy, ConnectionClosed, EOFError, ImportError, _Refused) as error:
        failure = _failure(error, endpoint, timeouts, key)
    raise failure


def _tls(given: ssl.SSLContext | None) -> ssl.SSLContext:
    if given is None:
        given = ssl.create_default_context()
        given.minimum_version = ssl.TLSVersion.TLSv1_2
    if given.minimum_version < ssl.TLSVersion.TLSv1_2:
        raise ValueError("ssl_context allows TLS below 1.2 (NET-02): set its minimum_version")
    return given


def _proxy(given: str | bool) -> Any:
    """True: from the environment; a URL; None: none."""
    return given or None


def _failure(error: BaseException, endpoint: Endpoint, timeouts: Timeouts, key: Key) -> SpeechError:
    if isinstance(error, _Refused):
        refused, named = _refused(error, endpoint, key), _REQUEST_ID.search(error.reason)
        refused.request_uuid = named[1] if named else ""
        return refused
    if isinstance(error, TimeoutError) and not isinstance(error, ssl.SSLError):
        return ServiceTimeout(
            "open connection", timeouts.opening, rules=("NET-01", "NET-03"), remedy=slow_opening(endpoint)
        )
    if isinstance(error, ConnectionResetError | ConnectionAbortedError | BrokenPipeError | EOFError | InvalidMessage):
        return ConnectionLost(ABNORMAL_CLOSURE, "during the opening handshake", remedy=slow_opening(endpoint))
    stage = _stage(error)
    # The library's words about a proxy may show the password in its URL.
    reason = type(error).__name__ if stage == "proxy" else key.redact(_words(error))
    return ConnectionFailed(stage, endpoint.host, reason)


def _words(error: BaseException) -> str:
    if isinstance(error, ConnectionError) and error.errno:  # asyncio's words say less
        return os.strerror(error.errno)
    strerror = getattr(error, "strerror", None)
    return str(strerror or error) or type(error).__name__


def _stage(error: BaseException) -> str:
    import socket

    if isinstance(error, ProxyError | InvalidProxy | ImportError):
        return "proxy"
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, socket.gaierror):
        return "dns"
    return "tcp" if isinstance(error, OSError) else "websocket"


_REDIRECTS: Final = range(300, 400)
_LATER: Final = "the service, or a proxy before it, has trouble of its own: try again later"
_REMEDIES: Final[Mapping[int, str]] = {
    400: "check the URL: the service answers so to what is no WebSocket handshake",
    404: "check the URL: no further path segments and no query",
    408: _LATER,
    429: "too many requests: wait, or ask for a higher quota",
}


_REQUEST_ID = re.compile(r'"request_id"\s*:\s*"([0-9A-Fa-f-]{8,64})"')


def _refused(error: _Refused, endpoint: Endpoint, key: Key) -> HandshakeError:
    reason = key.redact(error.reason)
    if error.status in _AUTHENTICATION_STATUSES:
        return key_refused(error.status, reason, key, endpoint)
    if error.status in _REDIRECTS:
        where = f" to {key.redact(error.location)}" if error.location else ""
        remedy = f"the redirect{where} was not followed: the key goes to {endpoint.host} only; check the URL"
        return HandshakeError(error.status, reason, remedy=remedy)
    rules = ("URL-01",) if error.status < 500 else ()
    return HandshakeError(error.status, reason, rules=rules, remedy=_REMEDIES.get(error.status, _LATER))


# --- the end of a connection


def is_open(socket: Socket) -> bool:
    """Whether neither side has begun to close it."""
    return socket.state is SocketState.OPEN


def lost(error: ConnectionClosed) -> tuple[int, str, str]:
    """Close code, reason and remedy: the peer's, or our own where the peer left us no choice."""
    received, sent = error.rcvd, error.sent
    if received is not None and (sent is None or error.rcvd_then_sent):
        return received.code, received.reason, ""
    if sent is not None:
        return sent.code, f"closed by this client: {sent.reason}", _OUR_REASONS.get(sent.code, _BROKEN)
    cause = error.__cause__
    return ABNORMAL_CLOSURE, str(cause) if isinstance(cause, OSError) else "", ""


def ending(socket: Socket) -> tuple[Role, Closed]:
    """Which end closed a connection first, and with what; 1006 where it went without a word."""
    received, sent = socket.protocol.close_rcvd, socket.protocol.close_sent
    if received is not None and (sent is None or socket.protocol.close_rcvd_then_sent):
        return Role.SERVER, Closed(received.code, received.reason)
    if sent is not None:
        return Role.CLIENT, Closed(sent.code, sent.reason)
    return Role.SERVER, Closed(ABNORMAL_CLOSURE)


_BROKEN: Final = "the peer broke the WebSocket protocol: report this"
_OUR_REASONS: Final[Mapping[int, str]] = {
    1009: f"the peer sent a frame over {_LARGEST_FRAME >> 20} MiB: report this",
    1011: "the peer answered no keepalive ping: check the network",
}


async def close_socket(socket: Socket, timeouts: Timeouts) -> None:
    """Close politely, and by force where that takes longer than the closing timeout."""
    try:
        async with asyncio.timeout(timeouts.closing):
            await socket.close()
    except TimeoutError:
        pass
    finally:
        socket.transport.abort()
