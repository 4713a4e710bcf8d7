"""What went over the wire, as both ends write it: the same frames, no key, and read back with clear errors."""

from __future__ import annotations

import asyncio
import io
import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import sender_tools
from tests.emulating import KEY, client
from tests.sender_tools import listen, sender
from ttsprep import TaskSettings
from ttsprep.emulator import Emulator
from ttsprep.protocol import Role
from ttsprep.recording import (
    KINDS,
    Binary,
    Closed,
    Opened,
    Recorder,
    RecordingError,
    Refused,
    Session,
    Text,
    parse,
    read,
)

BROKEN = tomllib.loads((Path(__file__).parent / "cases" / "recording.toml").read_text("utf-8"))["case"]
FIRST = b'{"recording": 1, "role": "client", "began": "2026-11-22T00:00:00+00:00"}\n'


def both_sides(folder: Path, *texts: str, **options: Any) -> tuple[Session, Session]:
    """The recordings of a sender and of the emulator that it spoke to."""

    async def converse() -> None:
        async with Emulator(voice="tone", record=folder / "server.jsonl", **options) as emulator:
            async with sender(emulator.url, record=folder / "client.jsonl", attempts=2) as speaking:
                for text in texts:
                    await listen(speaking.speak(text, TaskSettings(format="wav", sample_rate=8000)))
            await asyncio.sleep(0.05)

    asyncio.run(converse())
    [ours], [theirs] = read(folder / "client.jsonl"), read(folder / "server.jsonl")
    return ours, theirs


@pytest.mark.rule("HDR-06", "AUD-01", "AUD-06")
def test_both_sides_record_the_same_conversation(tmp_path: Path) -> None:
    ours, theirs = both_sides(
        tmp_path, f"My key is {sender_tools.KEY}. 你好，世界。\u2028 And so on.", "The second task."
    )
    assert (ours.role, theirs.role) == (Role.CLIENT, Role.SERVER)
    for end in Role:
        assert ours.frames(end) == theirs.frames(end) != []
    assert {type(frame) for frame in ours.frames(Role.SERVER)} == {Text, Binary}
    assert {type(frame) for frame in ours.frames(Role.CLIENT)} == {Text}
    assert ours.entries[0].what == theirs.entries[0].what and isinstance(ours.entries[0].what, Opened)
    for session in (ours, theirs):
        assert (session.entries[-1].sender, session.entries[-1].what) == (Role.CLIENT, Closed(1000))
        assert [entry.connection for entry in session.entries] == [1] * len(session.entries)
        assert (datetime.now(UTC) - session.began).total_seconds() < 60
    assert not [file for file in tmp_path.iterdir() if sender_tools.KEY in file.read_text("utf-8")]


@pytest.mark.rule("CON-03", "EVT-06")
@pytest.mark.parametrize(
    ("fault", "sender_of", "code"), [("close-1011", Role.SERVER, 1011), ("task-failed:InternalError", None, 1000)]
)
def test_both_sides_agree_on_the_end(tmp_path: Path, fault: str, sender_of: Role | None, code: int) -> None:
    ours, theirs = both_sides(tmp_path, "The only sentence.", faults=[f"{fault}x1"])
    for session in (ours, theirs):
        ends = [entry for entry in session.entries if entry.connection == 1 and isinstance(entry.what, Closed)]
        assert len(ends) == 1
        assert isinstance(ends[0].what, Closed) and ends[0].what.code == code
        assert sender_of in (None, ends[0].sender)


@pytest.mark.rule("HDR-01", "HDR-02")
def test_both_sides_record_a_refused_handshake(tmp_path: Path) -> None:
    ours, theirs = both_sides(tmp_path, "Nobody hears this.", faults=["401"])
    for session in (ours, theirs):
        assert [type(entry.what) for entry in session.entries] == [Opened, Refused]
        assert isinstance(session.entries[1].what, Refused) and session.entries[1].what.status == 401


def test_a_reset_has_no_close_code(tmp_path: Path) -> None:
    ours, _ = both_sides(tmp_path, "Cut off.", faults=["close-1006=started"])
    ends = [entry.what for entry in ours.entries if isinstance(entry.what, Closed)]
    assert {end.code for end in ends} == {1006}


@pytest.mark.rule("HDR-06")
def test_the_emulator_takes_a_key_out_however_json_escapes_it(tmp_path: Path) -> None:
    record = tmp_path / "server.jsonl"

    async def converse() -> None:
        async with Emulator(voice="tone", record=record) as emulator, client(emulator.url) as on:
            escaped = "".join(f"\\u{ord(letter):04x}" for letter in KEY)
            await on.send(f'{{"header": {{"action": "{escaped}"}}}}')
            await on.end()

    asyncio.run(converse())
    assert "[key]" in record.read_text("utf-8") and KEY not in json.dumps(json.loads("".join(["[", *_frames(record)])))


def _frames(record: Path) -> list[str]:
    """The decoded text frames of a recording, as the inside of a JSON array."""
    [session] = read(record)
    return [", ".join(frame.text for frame in session.frames(Role.CLIENT) if isinstance(frame, Text)), "]"]


def test_a_recording_goes_behind_the_one_before(tmp_path: Path) -> None:
    for _ in range(2):
        both = Emulator(voice="tone", record=tmp_path / "twice.jsonl")

        async def converse(emulator: Emulator) -> None:
            async with emulator, client(emulator.url) as on:
                await on.speak("你好。")

        asyncio.run(converse(both))
    first, second = read(tmp_path / "twice.jsonl")
    assert len(first.entries) == len(second.entries) > 5
    assert second.entries[0].line == len(first.entries) + 3


WHATS = st.one_of(
    st.builds(Opened, st.text(), st.text()),
    st.builds(Refused, st.integers(0, 999), st.text()),
    st.builds(Text, st.text()),
    st.binary().map(Binary.of),
    st.builds(Closed, st.integers(1000, 4999), st.text()),
)


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(Role), WHATS)))
def test_what_is_written_is_read(rows: list[tuple[int, Role, Any]]) -> None:
    file = io.StringIO()
    recorder = Recorder(file, Role.SERVER, began=datetime(2026, 11, 22, tzinfo=UTC), clock=iter(range(999)).__next__)
    for connection, end, what in rows:
        recorder.channel(connection, str).note(end, what)
    [session] = parse(file.getvalue().encode("utf-8", "surrogatepass").splitlines(keepends=True))
    found = [(entry.connection, entry.sender, entry.what) for entry in session.entries]
    assert found == rows
    assert [entry.time for entry in session.entries] == list(range(1, len(rows) + 1))


def test_every_kind_is_tried() -> None:
    assert set(KINDS.values()) == {Opened, Refused, Text, Binary, Closed}


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["name"])
def test_a_broken_line_is_named(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "broken.jsonl"
    first = FIRST if case.get("first", True) else b""
    file.write_bytes(first + b"\n" + case["line"].encode())
    with pytest.raises(RecordingError) as caught:
        read(file)
    assert str(caught.value).startswith(f"{file}:{3 if first else 2}: {case['says']}")
    assert case.get("also", "") in str(caught.value)


@pytest.mark.parametrize(
    ("line", "says"),
    [(b'{"time": "\xff"}\n', "not UTF-8"), (b"[" * 100_000 + b"\n", "not JSON"), (b"\x00\n", "not JSON")],
)
def test_a_line_that_is_hardly_text(line: bytes, says: str) -> None:
    with pytest.raises(RecordingError, match=f"recording:2: {says}"):
        parse([FIRST, line])


def test_fields_of_later_versions_do_no_harm() -> None:
    line = b'{"time": 1, "connection": 1, "from": "client", "kind": "text", "text": "", "new": 1}\n'
    [session] = parse([b"\xef\xbb\xbf" + FIRST, line])
    assert session.entries[0].what == Text("")
