"""Opening: headers, refusals, redirects, peers that are no service; and that the key goes nowhere else."""

from __future__ import annotations

import asyncio
import gc
import logging
import ssl
import time
import traceback
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection

from tests.sender_tools import KEY, PATH, Heard, Script, listen, peer, raw_peer, sender, timeouts
from ttsprep import AuthenticationError, ConnectionLost, HandshakeError, ServiceTimeout, TaskSettings
from ttsprep.emulator import Emulator
from ttsprep.protocol import Timeouts
from ttsprep.sender import ConnectionFailed, Sender

PCM = TaskSettings(format="pcm", sample_rate=8000)
AUDIO = bytes(8000)


async def speak_to(url: str, **options: Any) -> Heard:
    async with sender(url, **{"attempts": 1, **options}) as speaking:
        begun = time.monotonic()
        heard = await listen(speaking.speak("Hello.", PCM))
        heard.seconds = time.monotonic() - begun
    return heard


def answered(answer: str, seen: list[bytes] | None = None, **options: Any) -> Heard:
    """What becomes of a request that is answered with this HTTP."""

    async def scenario() -> Heard:
        async with raw_peer(answer.replace("\n", "\r\n").encode(), seen) as url:
            return await speak_to(url, **options)

    return asyncio.run(scenario())


@pytest.mark.rule("HDR-01", "HDR-03", "HDR-04", "HDR-05", "URL-02", "RUN-05")
def test_headers_of_the_handshake() -> None:
    seen: list[dict[str, str]] = []

    async def handler(socket: ServerConnection) -> None:
        assert socket.request is not None
        seen.append({name.lower(): value for name, value in socket.request.headers.raw_items()})
        seen[-1]["path"] = socket.request.path
        await Script(socket).task(AUDIO)

    async def scenario() -> None:
        async with peer(handler) as url:
            await speak_to(url)
            await speak_to(url, workspace="llm-1", data_inspection="disable", user_agent="player/2")

    asyncio.run(scenario())
    plain, full = seen
    assert plain["authorization"] == f"Bearer {KEY}" and plain["path"] == PATH
    assert plain["user-agent"].startswith("ttsprep/")
    assert not {"x-dashscope-workspace", "x-dashscope-datainspection"} & set(plain)
    assert (full["x-dashscope-workspace"], full["x-dashscope-datainspection"]) == ("llm-1", "disable")
    assert full["user-agent"] == "player/2"
    assert "sec-websocket-extensions" not in plain, "audio is not compressed"


STATUSES = [
    ("401 Unauthorized", AuthenticationError, "(4)"),
    ("403 Forbidden", AuthenticationError, "(4)"),
    ("400 Bad Request", HandshakeError, "URL"),
    ("404 Not Found", HandshakeError, "URL"),
    ("429 Too Many Requests", HandshakeError, "quota"),
    ("500 Internal Server Error", HandshakeError, "HTTP 500"),
    ("200 OK", HandshakeError, "HTTP 200"),
]


@pytest.mark.rule("HDR-02", "HDR-08")
@pytest.mark.parametrize(("status", "error", "says"), STATUSES)
def test_an_http_answer(status: str, error: type[Exception], says: str) -> None:
    body = f"no such key: {KEY}"
    heard = answered(f"HTTP/1.1 {status}\nContent-Length: {len(body)}\n\n{body}")
    assert type(heard.error) is error and says in str(heard.error)
    assert KEY not in str(heard.error), "a peer that repeats the key does not get it into our message"


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
@pytest.mark.parametrize("target", ["same", "other", "https://example.com/", "not a url"])
@pytest.mark.rule("HDR-06")
def test_a_redirect_is_not_followed(status: str, target: str) -> None:
    elsewhere: list[bytes] = []

    async def scenario() -> Heard:
        async with raw_peer(b"HTTP/1.1 500 Oops\r\n\r\n", elsewhere) as other:
            where = {"same": PATH, "other": other}.get(target, target)
            answer = f"HTTP/1.1 {status}\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n"
            async with raw_peer(answer.encode()) as url:
                return await speak_to(url)

    heard = asyncio.run(scenario())
    assert isinstance(heard.error, HandshakeError) and "redirect" in str(heard.error)
    assert elsewhere == []


ODD = [
    ("", ConnectionLost),
    ("SSH-2.0-OpenSSH_9.6\n", ConnectionLost),
    ("HTTP/1.1 101 Switching Protocols\n\n", ConnectionFailed),
    ("HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n"
     "Sec-WebSocket-Accept: AAAA\n\n", ConnectionFailed),
    ("HTTP/1.1 101 " + "x" * 20_000, ConnectionLost),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "error"), ODD, ids=["nothing", "ssh", "no upgrade", "wrong accept", "endless"])
def test_a_peer_that_is_no_websocket(answer: str, error: type[Exception]) -> None:
    heard = answered(answer)
    assert isinstance(heard.error, error) and heard.seconds < 5


def test_nobody_there() -> None:
    heard = asyncio.run(speak_to(f"ws://127.0.0.1:1{PATH}"))
    assert isinstance(heard.error, ConnectionFailed) and heard.error.stage == "tcp"
    assert "127.0.0.1" in str(heard.error) and heard.seconds < 2
    assert "Connect call failed" not in str(heard.error)


@pytest.mark.rule("NET-02")
def test_a_name_that_nobody_knows() -> None:
    heard = asyncio.run(speak_to(f"wss://service.invalid{PATH}", proxy=False))
    assert isinstance(heard.error, ConnectionFailed) and heard.error.stage == "dns"


@pytest.mark.rule("NET-02")
def test_a_peer_without_tls() -> None:
    async def scenario() -> Heard:
        async with raw_peer(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
            return await speak_to(url.replace("ws://", "wss://"), proxy=False, timeouts=timeouts(opening=0.5))

    heard = asyncio.run(scenario())
    assert isinstance(heard.error, ConnectionFailed | ServiceTimeout | ConnectionLost)
    assert heard.seconds < 1.5


@pytest.mark.rule("NET-02")
def test_old_tls_is_refused() -> None:
    context = ssl.create_default_context()
    with pytest.warns(DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1
    heard = asyncio.run(speak_to(f"wss://127.0.0.1:1{PATH}", ssl_context=context))
    assert isinstance(heard.error, ValueError) and "1.2" in str(heard.error)


@pytest.mark.rule("NET-02")
def test_the_proxy_of_the_environment_is_used_but_not_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    async def scenario() -> tuple[Heard, Heard]:
        async with raw_peer(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", seen) as proxy:
            where = proxy.removeprefix("ws://").removesuffix(PATH)
            for name in ("https_proxy", "http_proxy", "all_proxy"):
                monkeypatch.setenv(name, f"http://user:proxy-password@{where}")
            monkeypatch.delenv("no_proxy", raising=False)
            through = await speak_to(f"wss://service.invalid{PATH}")
            local = await speak_to(f"ws://127.0.0.1:1{PATH}")
        return through, local

    through, local = asyncio.run(scenario())
    assert isinstance(through.error, ConnectionFailed) and through.error.stage == "proxy"
    assert "proxy-password" not in str(through.error)
    assert [request.split(b"\r\n")[0] for request in seen] == [b"CONNECT service.invalid:443 HTTP/1.1"]
    assert isinstance(local.error, ConnectionFailed) and local.error.stage == "tcp"
    assert KEY.encode() not in b"".join(seen)


@pytest.mark.rule("NET-01", "NET-03")
def test_a_peer_that_never_answers() -> None:
    async def scenario() -> Heard:
        async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        server = await asyncio.start_server(serve_one, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await speak_to(f"ws://127.0.0.1:{port}{PATH}", timeouts=timeouts(opening=0.3))

    heard = asyncio.run(scenario())
    assert isinstance(heard.error, ServiceTimeout) and heard.error.waiting_for == "open connection"
    assert heard.seconds < 1.3
    assert Timeouts().opening == 30


@pytest.mark.rule("HDR-06")
def test_the_key_is_in_no_log_no_frame_and_no_object_left_behind(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def scenario() -> tuple[Heard, str]:
        async with sender("ws://127.0.0.1:1" + PATH, attempts=1) as speaking:
            refused = await listen(speaking.speak("Hello.", PCM))
        handled: list[str] = []

        async def handler(socket: ServerConnection) -> None:
            await Script(socket).task(AUDIO)

        async with peer(handler) as url, sender(url) as speaking:
            await listen(speaking.speak("Hello.", PCM))
            gc.collect()
            held = [thing for thing in gc.get_objects() if type(thing).__name__ == "Headers"]
            handled = [str(list(thing.raw_items())) for thing in held if "ttsprep/" in str(list(thing.raw_items()))]
            shown = repr(speaking) + repr(vars(speaking))
        return refused, "".join(handled) + shown

    refused, left = asyncio.run(scenario())
    ours = [record for record in caplog.records if record.name != "websockets.server"]  # the peer of this test
    assert "> Authorization: Bearer [key]" in [record.getMessage() for record in ours], "websockets logs the headers"
    assert [record for record in ours if KEY in record.getMessage() + str(record.args)] == []
    # The peer of this test got the header, of course; what the sender keeps has no key.
    assert KEY not in left.replace(f"('Authorization', 'Bearer {KEY}')", "", 1)
    assert refused.error is not None
    captured = traceback.TracebackException.from_exception(refused.error, capture_locals=True)
    assert KEY not in "".join(captured.format())


def test_a_sender_for_one_region_refuses_settings_of_another() -> None:
    speaking = Sender(api_key=KEY)
    with pytest.raises(ValueError, match="dashscope-intl"):
        speaking.speak("你好。", TaskSettings(region="beijing"))


@pytest.mark.parametrize("fault", ["401", "403", "503"])
def test_the_request_id_of_a_refusal_is_kept(fault: str) -> None:
    async def scenario() -> HandshakeError:
        async with Emulator(voice="tone", faults=[fault]) as emulator, Sender(emulator.url, attempts=1) as speaking:
            with pytest.raises(HandshakeError) as caught:
                async for _ in speaking.speak("Hello."):
                    pass
            return caught.value

    error = asyncio.run(scenario())
    assert error.request_uuid and f'"request_id": "{error.request_uuid}"' in error.reason
