"""TLS: a service on wss, one that nobody vouches for, and a proxy between that never sees the key."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection

from tests.sender_tools import KEY, PATH, Heard, Script, listen, peer, sender, timeouts
from ttsprep import TaskSettings
from ttsprep.sender import ConnectionFailed

CERTIFICATE = Path(__file__).parent / "cases" / "sender" / "localhost.pem"
PCM = TaskSettings(format="pcm", sample_rate=8000)
AUDIO = bytes(8000)


def server_side() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATE)


async def serves(socket: ServerConnection) -> None:
    with contextlib.suppress(Exception):
        while True:
            await Script(socket).task(AUDIO)


@contextlib.asynccontextmanager
async def proxy(passed: list[bytes]) -> AsyncIterator[str]:
    """An HTTP proxy that connects everything to where it asks, and keeps what it saw."""

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(1 << 16):
                passed.append(data)
                writer.write(data)
        writer.close()

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        passed.append(head)
        host, _, port = head.split()[1].decode().rpartition(":")
        to_reader, to_writer = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await asyncio.gather(pump(reader, to_writer), pump(to_reader, writer))

    server = await asyncio.start_server(serve_one, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def speak(*, trusted: bool, through: list[bytes] | None = None) -> Heard:
    async def scenario() -> Heard:
        async with contextlib.AsyncExitStack() as stack:
            url = await stack.enter_async_context(peer(serves, ssl=server_side()))
            between = await stack.enter_async_context(proxy(through)) if through is not None else False
            port = url.removesuffix(PATH).rpartition(":")[2]
            speaking = await stack.enter_async_context(
                sender(
                    f"wss://localhost:{port}{PATH}",
                    attempts=1,
                    ssl_context=trusting() if trusted else None,
                    proxy=between,
                    timeouts=timeouts(opening=3),
                )
            )
            return await listen(speaking.speak("Hello.", PCM))

    return asyncio.run(scenario())


@pytest.mark.rule("NET-02")
def test_wss_works() -> None:
    assert speak(trusted=True).audio == AUDIO


@pytest.mark.rule("NET-02", "HDR-06")
def test_a_certificate_that_nobody_vouches_for() -> None:
    heard = speak(trusted=False)
    assert isinstance(heard.error, ConnectionFailed) and heard.error.stage == "tls"
    assert "certificate" in str(heard.error)


@pytest.mark.rule("NET-02", "HDR-06")
def test_a_proxy_passes_the_connection_on_and_never_sees_the_key() -> None:
    passed: list[bytes] = []
    assert speak(trusted=True, through=passed).audio == AUDIO
    assert passed[0].startswith(b"CONNECT localhost:") and len(passed) > 3
    assert KEY.encode() not in b"".join(passed)
