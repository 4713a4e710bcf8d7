"""The key and the URL: what is taken, what is refused, and that neither shows a secret."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import pickle
import tomllib
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection

from tests.sender_tools import KEY, listen, peer, sender
from ttsprep import TaskSettings
from ttsprep.emulator import Emulator
from ttsprep.sender import EndpointFault, Key, KeyFault, Sender
from ttsprep.sender.endpoint import Endpoint
from ttsprep.sender.key import find_key

URLS = tomllib.loads((Path(__file__).parent / "cases" / "sender" / "urls.toml").read_text("utf-8"))


@pytest.mark.rule("HDR-06")
def test_a_key_shows_itself_nowhere() -> None:
    key = Key(KEY)
    shown = [str(key), repr(key), f"{key}", f"{key!r:>40}", "{}".format(key), "%s %r" % (key, key), repr([key])]  # noqa: UP031, UP032 - every way to show it
    assert not [text for text in shown if KEY in text]
    assert copy.copy(key) is key and copy.deepcopy(key) is key
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        vars(key)


@pytest.mark.rule("HDR-01")
def test_the_header_is_bearer_and_the_key() -> None:
    assert Key("sk-1").authorization == "Bearer sk-1"


@pytest.mark.rule("HDR-06", "HDR-01")
@pytest.mark.parametrize(
    "bad", ["", "sk-sec ret", "sk-secret\n", "\tsk-secret", "sk-secrét", "sk-secret\x00", "s" * 5000]
)
def test_a_text_that_cannot_be_a_key_is_refused_unseen(bad: str) -> None:
    with pytest.raises(KeyFault) as caught:
        Key(bad)
    assert "sec" not in str(caught.value) + repr(caught.value)


@pytest.mark.rule("HDR-06")
@pytest.mark.parametrize("wrong", [KEY.encode(), 5, [KEY], {"key": KEY}], ids=lambda wrong: type(wrong).__name__)
def test_a_key_that_is_no_text_is_a_type_error_that_does_not_show_it(wrong: Any) -> None:
    with pytest.raises(TypeError) as caught:
        Sender(api_key=wrong)
    assert type(wrong).__name__ in str(caught.value)
    assert KEY not in str(caught.value) and "5" not in str(caught.value)


@pytest.mark.rule("HDR-06")
@pytest.mark.parametrize("before", range(0, 90, 7))
def test_the_log_of_a_connection_shows_neither_the_key_nor_a_part_of_it(
    before: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "websockets.server")  # the peer of this test
    caplog.set_level(logging.DEBUG)

    async def handler(socket: ServerConnection) -> None:
        await socket.recv()
        await socket.send(json.dumps({"header": {"task_id": "x" * before + KEY + "y" * 60}}))
        await socket.close(1008, f"bad key {KEY}")

    async def scenario() -> None:
        async with peer(handler) as url, sender(url, attempts=1) as speaking:
            await listen(speaking.speak("Hello."))

    asyncio.run(scenario())
    ours = [record.getMessage() for record in caplog.records if record.name == "ttsprep.sender.websockets"]
    assert any(message.startswith("< TEXT [") for message in ours)
    assert [message for message in ours if KEY[:6] in message or KEY[-6:] in message] == []


def test_where_the_key_comes_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(b"\xef\xbb\xbfsk-of-file\r\n")
    assert find_key() is None
    monkeypatch.setenv("DASHSCOPE_API_KEY", "  ")
    assert find_key() is None
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-of-environment")
    found = [find_key(), find_key(None, file), find_key("sk-of-argument", file)]
    assert [key.authorization for key in found if key] == [
        "Bearer sk-of-environment",
        "Bearer sk-of-file",
        "Bearer sk-of-argument",
    ]


def test_a_key_in_the_place_of_its_file_is_not_shown() -> None:
    with pytest.raises(KeyFault, match="cannot be read") as caught:
        find_key(api_key_file=KEY)
    assert KEY not in str(caught.value) and KEY not in repr(caught.value)


@pytest.mark.parametrize("content", [b"", b"sk-one\nsk-two\n", "sk-gehe\u00efm".encode(), b"\xff\xfes\0k\0"])
def test_a_key_file_that_holds_no_key(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "key"
    file.write_bytes(content)
    with pytest.raises(KeyFault) as caught:
        find_key(None, file)
    assert str(file) in str(caught.value) and "sk-" not in str(caught.value).replace(str(file), "")


def test_without_a_key_only_this_machine_is_spoken_to() -> None:
    with pytest.raises(KeyFault, match="DASHSCOPE_API_KEY"):
        Sender()
    Sender("ws://127.0.0.1:1/api-ws/v1/inference")


def test_what_stands_in_for_a_key_masks_no_words(tmp_path: Path) -> None:
    record = tmp_path / "session.jsonl"

    async def scenario() -> None:
        async with Emulator(voice="tone") as emulator, Sender(emulator.url, record=record) as speaking:
            await listen(speaking.speak("The local emulator.", TaskSettings(format="pcm")))

    asyncio.run(scenario())
    assert "The local emulator." in record.read_text("utf-8") and "[key]" not in record.read_text("utf-8")


@pytest.mark.rule("HDR-06")
@pytest.mark.parametrize("depth", range(4))
@pytest.mark.parametrize("key", ['sk-"quo\\ted"', "sk-\\\\two", '"sk-begin', "sk-end\\", "sk-a/b+c=="])
def test_a_key_is_found_in_json_in_json(key: str, depth: int) -> None:
    text = f"no such key {key}!"
    for _ in range(depth):
        text = json.dumps({"message": text})
    shown = Key(key).redact(text)
    assert "[key]" in shown and "sk-" not in shown
    if key[0] == '"' or key[-1] == "\\":
        return  # the mask may take the escape of a neighbour with it
    for _ in range(depth):
        shown = json.loads(shown)["message"]
    assert shown == "no such key [key]!"


@pytest.mark.rule("HDR-06")
@pytest.mark.parametrize("written", ["sk\\u002Da\\/b", "sk\\u002da/b", "s\\u006b-a\\u002fb", "s\\\\u006b-a\\\\\\/b"])
def test_a_key_is_found_however_json_escapes_it(written: str) -> None:
    assert Key("sk-a/b").redact(f'{{"message": "bad {written}."}}') == '{"message": "bad [key]."}'


@pytest.mark.rule("URL-01", "URL-03")
@pytest.mark.parametrize("url", URLS["taken"])
def test_urls_that_are_taken(url: str) -> None:
    assert Endpoint.parse(url).url == url


REFUSED = [(group["rule"], url) for group in URLS["refused"] for url in group["urls"]]


@pytest.mark.rule("URL-01", "URL-02", "URL-03")
@pytest.mark.parametrize(("rule", "url"), REFUSED)
def test_urls_that_are_refused(rule: str, url: str) -> None:
    with pytest.raises(EndpointFault) as caught:
        Endpoint.parse(url)
    assert rule in caught.value.rules
    assert "secret" not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize(
    "options", [{"max_connections": 0}, {"attempts": 0}, {"time_scale": 0}, {"time_scale": float("nan")}], ids=repr
)
def test_numbers_that_make_no_sense(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="positive"):
        Sender(api_key=KEY, **options)


@pytest.mark.rule("HDR-03", "HDR-04", "HDR-05")
@pytest.mark.parametrize("name", ["workspace", "data_inspection", "user_agent"])
@pytest.mark.parametrize("value", ["llm-1\n", "llm\r\nX-Other: 1", "工作区", "a\x00b", " llm-1", "\x7f"])
def test_headers_that_cannot_be_sent_are_refused_at_once(name: str, value: str) -> None:
    options: dict[str, Any] = {name: value}
    with pytest.raises(ValueError, match=name):
        Sender(api_key=KEY, **options)
