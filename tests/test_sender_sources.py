"""What is given to the sender: its settings, its type, the name of the file it goes to; and what is said of faults."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.sender_tools import KEY, decoded, listen, peer, raw_peer, sender, timeouts
from ttsprep import AuthenticationError, PrepareStream, ServiceTimeout, SpeechError, TaskSettings, prepare
from ttsprep.emulator import Emulator, ThreadedEmulator
from ttsprep.sender import EndpointFault, Finished, Sender, SyncSender
from ttsprep.sender.endpoint import Endpoint
from ttsprep.source import Source

CASES = Path(__file__).parent / "cases" / "sender"
NAMES = tomllib.loads((CASES / "names.toml").read_text("utf-8"))["name"]
URLS = tomllib.loads((CASES / "messages.toml").read_text("utf-8"))["url"]
WAV = TaskSettings(format="wav", voice="longanhuan")
PCM = TaskSettings(format="pcm")


# --- settings that a source brings with it


async def tokens() -> AsyncIterator[str]:
    for token in ("**Sure", "!** It costs 3", ".14 dollars. ", "Anything else?\n"):
        yield token


async def spoken_with(given: TaskSettings | None, default: TaskSettings | None) -> tuple[str, Mapping[str, Any]]:
    async with Emulator(voice="tone") as emulator, sender(emulator.url, settings=default) as speaking:
        heard = await listen(speaking.speak(PrepareStream(WAV).parts(tokens()), given))
        assert heard.error is None
        return "".join(emulator.tasks[0].texts), emulator.tasks[0].parameters


@pytest.mark.parametrize(("given", "default"), [(None, None), (WAV, None), (None, PCM)])
def test_the_parts_of_a_stream_bring_their_settings(given: TaskSettings | None, default: TaskSettings | None) -> None:
    text, parameters = asyncio.run(spoken_with(given, default))
    assert text.strip() == "Sure! It costs 3.14 dollars. Anything else?"
    assert (parameters["format"], parameters["voice"]) == ("wav", "longanhuan")


def sources() -> list[Any]:
    return [prepare("Hello.", WAV), [prepare("Hello.", WAV)], PrepareStream(WAV).parts(tokens())]


@pytest.mark.parametrize("number", range(3), ids=["plan", "plans", "stream"])
def test_other_settings_beside_a_source_of_its_own_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="has its own settings"):
        Sender(api_key=KEY).speak(sources()[number], PCM)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"abc", "not bytes: decode it first"),
        (5, "not int"),
        (None, "not NoneType"),
        (Path("a.md"), "read the file first"),
        (Source("# Hello"), "prepare it first"),
        ({"text": "Hello."}, "not dict"),
    ],
)
def test_what_cannot_be_spoken_is_refused_with_what_can(source: Any, says: str) -> None:
    with pytest.raises(TypeError, match=r"text \(str\), a plan") as caught:
        Sender(api_key=KEY).speak(source)
    assert says in str(caught.value)


# --- the name of a file


@pytest.fixture(scope="module")
def service() -> Any:
    with ThreadedEmulator(voice="tone") as emulator:
        yield emulator


def write(service: ThreadedEmulator, case: dict[str, Any], path: Path, kind: str) -> None:
    task_settings = TaskSettings(format=case.get("format"))
    with SyncSender(service.url, api_key=KEY, task_starts=0) as speaking:
        if kind == "plan":
            speaking.speak_to_file(prepare("Hello, 世界！", task_settings), path)
        else:
            speaking.speak_to_file("Hello, 世界！", path, task_settings)


@pytest.mark.parametrize("kind", ["text", "plan"])
@pytest.mark.parametrize("case", NAMES, ids=lambda case: f"{case['name']} {case.get('format', '')}")
def test_the_suffix_chooses_the_format(
    case: dict[str, Any], kind: str, service: ThreadedEmulator, tmp_path: Path
) -> None:
    path, before = tmp_path / case["name"], len(service.tasks)
    if "becomes" in case:
        write(service, case, path, kind)
        assert service.tasks[-1].parameters.get("format", "mp3") == case["becomes"]
        assert len(decoded(path.read_bytes(), case["becomes"])[0]) > 1000
        return
    with pytest.raises(ValueError) as caught:
        write(service, case, path, kind)
    assert [words for words in case["says"] if words not in str(caught.value)] == []
    assert len(service.tasks) == before and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["script", "link.mp3"])
def test_a_file_that_is_no_audio_is_not_overwritten(name: str, service: ThreadedEmulator, tmp_path: Path) -> None:
    script = tmp_path / ("script" if name == "script" else "script.md")
    script.write_text("# My only copy", "utf-8")
    if name != "script":
        (tmp_path / name).symlink_to(script)
    with pytest.raises(FileExistsError, match="not overwritten"):
        write(service, {}, tmp_path / name, "text")
    assert script.read_text("utf-8") == "# My only copy"


def test_a_text_without_words_makes_no_file_and_says_so(service: ThreadedEmulator, tmp_path: Path) -> None:
    with SyncSender(service.url) as speaking, pytest.raises(SpeechError, match="nothing to speak"):
        speaking.speak_to_file("……", tmp_path / "a.mp3")
    assert list(tmp_path.iterdir()) == []


# --- what is said of faults


@pytest.mark.rule("URL-01", "URL-03")
@pytest.mark.parametrize("case", URLS, ids=lambda case: case["url"])
def test_what_is_said_of_a_url(case: dict[str, Any]) -> None:
    with pytest.raises(EndpointFault) as caught:
        Endpoint.parse(case["url"])
    assert case["says"] in str(caught.value)
    assert case.get("not_says", "\0") not in str(caught.value)


async def refused_by(fault: str, **options: Any) -> Exception | None:
    options = {"attempts": 1, "timeouts": timeouts(), **options}
    async with Emulator(voice="tone", faults=[fault]) as emulator, Sender(emulator.url, **options) as speaking:
        return (await listen(speaking.speak("Hello.", PCM))).error


@pytest.mark.rule("HDR-02", "HDR-08")
@pytest.mark.parametrize("status", ["401", "403"])
def test_no_key_is_told_from_a_bad_one(status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DASHSCOPE_API_KEY", raising=False)
    without = asyncio.run(refused_by(status))
    with_one = asyncio.run(refused_by(status, api_key=KEY))
    assert isinstance(without, AuthenticationError) and not without.key_given
    assert isinstance(with_one, AuthenticationError) and with_one.key_given
    assert "none was given" in str(without) and "refused the API key" in str(with_one)
    for error in (without, with_one):
        for words in ("DASHSCOPE_API_KEY", "--api-key-file", "region"):
            assert words in error.remedy
    assert "(1)" not in without.remedy


@pytest.mark.rule("HDR-08")
@pytest.mark.parametrize("region", ["intl", "beijing"])
def test_the_remedy_of_the_key_names_the_region_it_must_be_of(region: str) -> None:
    settings = TaskSettings(region=region)
    speaking = Sender(api_key=KEY, settings=settings)
    assert f"({speaking.endpoint.host}, {region})" in speaking.key_remedy


CLOSED = [("1008", "Invalid API-key provided."), ("3000", ""), ("3003", "go away")]


@pytest.mark.rule("HDR-08")
@pytest.mark.parametrize(("code", "reason"), CLOSED)
def test_a_close_that_speaks_of_the_key_has_the_remedy_of_the_key(code: str, reason: str) -> None:
    async def scenario() -> Exception | None:
        async def handler(socket: Any) -> None:
            await socket.recv()
            await socket.close(int(code), reason)

        async with peer(handler) as url, sender(url, attempts=1) as speaking:
            return (await listen(speaking.speak("Hello.", PCM))).error

    error = asyncio.run(scenario())
    assert isinstance(error, SpeechError) and "DASHSCOPE_API_KEY" in error.remedy and "(4)" in error.remedy


@pytest.mark.rule("HDR-08")
def test_a_refusal_for_another_cause_than_the_key_names_that() -> None:
    body = "Access denied, please make sure your account is in good standing."
    answer = f"HTTP/1.1 403 Forbidden\r\nContent-Length: {len(body)}\r\n\r\n{body}"

    async def scenario() -> Exception | None:
        async with raw_peer(answer.encode()) as url, sender(url, attempts=1) as speaking:
            return (await listen(speaking.speak("Hello.", PCM))).error

    error = asyncio.run(scenario())
    assert isinstance(error, AuthenticationError) and "account" in error.remedy
    assert "DASHSCOPE_API_KEY" not in error.remedy


@pytest.mark.rule("NET-01", "NET-03")
def test_a_slow_opening_names_the_four_causes_and_how_to_time_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> Exception | None:
        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        async with server:
            proxy = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            url = "wss://relay.invalid:8443/api-ws/v1/inference"
            async with sender(url, attempts=1, proxy=proxy, timeouts=timeouts(opening=0.3)) as speaking:
                return (await listen(speaking.speak("Hello.", PCM))).error

    error = asyncio.run(scenario())
    assert isinstance(error, ServiceTimeout)
    for words in ("(1)", "DNS", "TLS below 1.2", "(4) a proxy", "curl", "https://relay.invalid:8443/"):
        assert words in error.remedy


# --- ending while the connection opens


@pytest.mark.rule("INT-01", "INT-02")
@pytest.mark.parametrize("way", ["stop", "interrupt"])
def test_ending_while_the_connection_opens_takes_no_time(way: str) -> None:
    async def scenario() -> tuple[list[str], float]:
        async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        server = await asyncio.start_server(never, "127.0.0.1", 0)
        async with server:
            url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/api-ws/v1/inference"
            async with sender(url, timeouts=timeouts(opening=20)) as speaking:
                listening = asyncio.create_task(listen(speaking.speak("Hello.", PCM)))
                await asyncio.sleep(0.2)
                begun = asyncio.get_running_loop().time()
                await getattr(speaking, way)()
                heard = await listening
                assert heard.error is None and heard.summary.interrupted
                return heard.kinds(), asyncio.get_running_loop().time() - begun

    kinds, seconds = asyncio.run(scenario())
    assert kinds == ["Summary"] and seconds < 2


@pytest.mark.rule("INT-02")
def test_stopping_a_speech_that_waits_for_a_connection_leaves_the_others_alone() -> None:
    async def scenario() -> tuple[list[str], list[str]]:
        async with Emulator(voice="tone", timing=True) as emulator, sender(emulator.url, max_connections=1) as speaking:
            first = asyncio.create_task(listen(speaking.speak("A first sentence. " * 5, PCM)))
            await asyncio.sleep(0.2)
            second = speaking.speak("Never said.", PCM)
            waiting = asyncio.create_task(listen(second))
            await asyncio.sleep(0.1)
            await second.stop()
            async with asyncio.timeout(1):
                left = (await waiting).kinds()
            return (await first).kinds(), left

    whole, left = asyncio.run(scenario())
    assert left == ["Summary"] and whole[-2:] == [Finished.__name__, "Summary"]
