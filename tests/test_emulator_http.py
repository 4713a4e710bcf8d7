"""What is no WebSocket handshake, or a bad one, over a raw socket: ``tests/cases/emulator/requests.toml``."""

from __future__ import annotations

import json
import socket
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.emulating import KEY
from ttsprep.emulator import Outcome, ThreadedEmulator

CASES = tomllib.loads((Path(__file__).parent / "cases" / "emulator" / "requests.toml").read_text("utf-8"))["case"]
Factory = Callable[..., ThreadedEmulator]
UPGRADE = (
    "Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
)


def _ask(address: tuple[str, int], request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body that a request gets, read to the end of the connection."""
    with socket.create_connection(address, timeout=5) as connected:
        connected.sendall(request)
        data = b""
        while b"101 Switching" not in data and (more := connected.recv(65536)):
            data += more
    head, _, body = data.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(status.split()[1]), headers, body


def _request(case: dict[str, Any]) -> bytes:
    text: str = case["request"].strip().replace("UPGRADE", UPGRADE).replace("KEY", KEY)
    head, _, body = text.partition("\n\n")
    lines = head.replace("\n", "\r\n")
    return f"{lines}\r\nHost: localhost\r\n\r\n{body}".encode()


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["name"], marks=[pytest.mark.rule(*case["rules"])]) for case in CASES]
)
def test_requests(case: dict[str, Any], cosyvoice_server_factory: Factory) -> None:
    server = cosyvoice_server_factory(require_key=case.get("require_key"))
    server.expect(*(case["rules"] if case["status"] != 101 else ()))
    status, headers, body = _ask(server.address, _request(case))
    assert status == case["status"]
    if status == 101:
        assert server.departures == []
        return
    answer = json.loads(body)
    assert int(headers["content-length"]) == len(body)
    assert answer["code"] == case["code"]
    assert case["message"] in answer["message"]
    assert answer["hint"].startswith("[emulator] ")
    (finding,) = server.departures
    assert set(case["rules"]) == set(finding.rules)
    assert finding.outcome is Outcome.REFUSED
    assert finding.says and finding.remedy
    assert KEY not in body.decode() + str(headers) + str(finding)


@pytest.mark.rule("URL-01")
def test_a_large_body_is_read_before_the_answer(cosyvoice_server: ThreadedEmulator) -> None:
    cosyvoice_server.expect("URL-01")
    body = b"x" * 300_000
    head = f"POST /api/v1/tts HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    status, _, answer = _ask(cosyvoice_server.address, head.encode() + body)
    assert (status, json.loads(answer)["code"]) == (400, "InvalidParameter")


@pytest.mark.rule("URL-01")
def test_a_request_in_single_bytes(cosyvoice_server: ThreadedEmulator) -> None:
    cosyvoice_server.expect("URL-01")
    request = b'POST /api-ws/v1/inference HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"a": {}}'
    with socket.create_connection(cosyvoice_server.address, timeout=5) as connected:
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in request:
            connected.sendall(bytes([byte]))
        assert connected.recv(1000).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("garbage", [b"\x16\x03\x01\x02\x00\x01\x00", b"hello\r\n\r\n", b"GET\r\n\r\n", b"\r\n\r\n"])
def test_what_is_no_http_at_all_is_dropped(garbage: bytes, cosyvoice_server: ThreadedEmulator) -> None:
    with socket.create_connection(cosyvoice_server.address, timeout=5) as connected:
        connected.sendall(garbage)
        connected.shutdown(socket.SHUT_WR)
        assert not connected.recv(1000).startswith(b"HTTP/1.1 101")
    status, _, _ = _ask(cosyvoice_server.address, _request({"request": CASES[0]["request"]}))
    assert status == CASES[0]["status"], "others are served as before"
    cosyvoice_server.expect(*CASES[0]["rules"])
