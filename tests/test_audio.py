"""`ttsprep.audio`: tasks become one file that plays whole, whatever the pieces in which it arrives."""

from __future__ import annotations

import io
import re
import struct
import tomllib
import tracemalloc
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CASES
from ttsprep.audio import AudioError, Joiner, duration, join, joiner, patched

FORMATS = ["pcm", "wav", "mp3", "opus"]
SAMPLE_RATE = 24000
TABLE = tomllib.loads((CASES / "audio" / "joining.toml").read_text("utf-8"))


def written(words: str) -> bytes:
    """The bytes that a line of the table means."""
    data = b""
    for word in re.findall(r"'[^']*'|\S+", words):
        if word.startswith("'"):
            data += word[1:-1].encode("ascii")
        elif word.startswith("@"):
            data += written(TABLE["parts"][word[1:]])
        else:
            byte, _, times = word.partition("*")
            data += bytes.fromhex(byte) * int(times or 1)
    return data


def joined(
    tasks: Iterable[Iterable[bytes]], audio_format: str, *, patchable: bool = True, sample_rate: int = SAMPLE_RATE
) -> tuple[bytes, Joiner]:
    joining, out = joiner(audio_format, sample_rate=sample_rate, patchable=patchable), io.BytesIO()
    for task in tasks:
        joining.begin_task()
        for frame in task:
            out.write(joining.feed(frame))
        out.write(joining.end_task())
    out.write(joining.close())
    patched(out, joining)
    return out.getvalue(), joining


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.rule("AUD-03", "AUD-05")
@pytest.mark.parametrize("size", [1, 5, 1 << 20], ids=["by bytes", "by fives", "whole"])
@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: f"{case['format']}: {case['name']}")
def test_the_table(case: dict[str, Any], size: int) -> None:
    tasks = [pieces(written(task), size) for task in case["tasks"]]
    if "error" in case:
        with pytest.raises(AudioError) as caught:
            joined(tasks, case["format"], sample_rate=8000)
        assert case["error"] in str(caught.value)
        assert caught.value.task == len(tasks) - 1
        return
    out, joining = joined(tasks, case["format"], patchable=case.get("patchable", False), sample_rate=8000)
    assert out.hex(" ") == written(case["joined"]).hex(" ")
    if "seconds" in case:
        assert joining.seconds == pytest.approx(case["seconds"])


# --- with a real encoder and decoder

ENCODINGS: dict[str, dict[str, Any]] = {
    "wav": {"format": "WAV", "subtype": "PCM_16"},
    "mp3": {"format": "MP3"},
    "mp3 constant": {"format": "MP3", "bitrate_mode": "CONSTANT", "compression_level": 0.5},
    "opus": {"format": "OGG", "subtype": "OPUS"},
}
PARTS = ((440, 2.3), (880, 0.417), (660, 3.03))
"""Frequency in Hz and length in seconds of the tone that each task is."""


@cache
def encoded(encoding: str, frequency: int, seconds: float, sample_rate: int = SAMPLE_RATE, channels: int = 1) -> bytes:
    time = np.arange(int(seconds * sample_rate)) / sample_rate
    tone = np.repeat((np.sin(2 * np.pi * frequency * time) * 8000).astype("<i2")[:, None], channels, axis=1)
    if encoding == "pcm":
        return tone.tobytes()
    out = io.BytesIO()
    soundfile.write(out, tone, sample_rate, **ENCODINGS[encoding])
    return out.getvalue()


def parts_of(encoding: str) -> list[bytes]:
    return [encoded(encoding, *part) for part in PARTS]


def decoded(data: bytes) -> np.ndarray[Any, Any]:
    samples: np.ndarray[Any, Any]
    samples, sample_rate = soundfile.read(io.BytesIO(data), dtype="float64")
    assert sample_rate in (SAMPLE_RATE, 48000)
    return samples if sample_rate == SAMPLE_RATE else samples[::2]


def loudest_frequency(samples: np.ndarray[Any, Any], at: float) -> float:
    """What is heard in the twentieth of a second around a time."""
    heard = samples[int((at - 0.025) * SAMPLE_RATE) : int((at + 0.025) * SAMPLE_RATE)]
    return float(np.argmax(np.abs(np.fft.rfft(heard, SAMPLE_RATE))))


@pytest.mark.rule("AUD-05")
@pytest.mark.parametrize(
    ("encoding", "patchable"),
    # The length of an mp3 of variable rate is a guess for a reader, unless a file states it.
    [(encoding, patchable) for encoding in ENCODINGS for patchable in (True, False) if patchable or encoding != "mp3"],
)
def test_every_task_is_heard_in_its_place(encoding: str, patchable: bool) -> None:
    out, joining = joined([[part] for part in parts_of(encoding)], encoding.split()[0], patchable=patchable)
    samples = decoded(out)
    # What an encoder's frames and delay add to each task.
    slack = {"wav": 0.0, "opus": 0.03}.get(encoding, 0.07)
    total = sum(seconds for _, seconds in PARTS)
    assert total - 0.001 <= len(samples) / SAMPLE_RATE <= total + 3 * slack
    assert joining.seconds == pytest.approx(len(samples) / SAMPLE_RATE, abs=0.05)
    middle = 0.0
    for frequency, seconds in PARTS:
        assert loudest_frequency(samples, middle + seconds / 2) == pytest.approx(frequency, abs=20)
        middle += seconds + slack / 2


@pytest.mark.rule("AUD-05")
@pytest.mark.parametrize("encoding", [name for name in ENCODINGS if name != "mp3"])
def test_the_length_that_a_reader_shows_is_the_length_that_plays(encoding: str) -> None:
    for patchable in (True, False):
        out, _ = joined([[part] for part in parts_of(encoding)], encoding.split()[0], patchable=patchable)
        shown = soundfile.info(io.BytesIO(out))
        assert shown.frames == len(soundfile.read(io.BytesIO(out))[0])


@pytest.mark.rule("AUD-05")
def test_a_file_of_variable_rate_shows_its_length_too() -> None:
    out = join(parts_of("mp3"), "mp3")
    assert soundfile.info(io.BytesIO(out)).duration == pytest.approx(sum(length for _, length in PARTS), abs=0.2)


@pytest.mark.rule("AUD-01", "AUD-05")
@pytest.mark.parametrize("encoding", ["pcm", *ENCODINGS])
def test_one_task_passes_unchanged(encoding: str) -> None:
    part = encoded(encoding, *PARTS[0])
    assert join([part], encoding.split()[0], sample_rate=SAMPLE_RATE) == part


@pytest.mark.rule("AUD-01", "AUD-05")
@pytest.mark.parametrize("encoding", ["pcm", *ENCODINGS])
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_pieces_give_the_same_output(encoding: str, data: st.DataObject) -> None:
    parts = [encoded(encoding, 440, 0.3), encoded(encoding, 550, 0.2)]
    tasks = []
    for part in parts:
        cuts = sorted(data.draw(st.lists(st.integers(0, len(part)), max_size=40)))
        tasks.append([part[a:b] for a, b in zip([0, *cuts], [*cuts, len(part)], strict=True)])
    for patchable in (True, False):
        whole = joined([[part] for part in parts], encoding.split()[0], patchable=patchable)
        cut = joined(tasks, encoding.split()[0], patchable=patchable)
        assert cut[0] == whole[0]
        assert cut[1].seconds == whole[1].seconds


@pytest.mark.parametrize("encoding", ["pcm", *ENCODINGS])
def test_duration_is_what_the_decoder_gives(encoding: str) -> None:
    for part, (_, seconds) in zip(parts_of(encoding), PARTS, strict=True):
        found = duration(part, encoding.split()[0], sample_rate=SAMPLE_RATE)
        assert found == pytest.approx(seconds, abs=0.0001 if not encoding.startswith("mp3") else 0.1)


@pytest.mark.parametrize("encoding", ["pcm", *ENCODINGS])
def test_the_length_so_far_grows_with_the_audio(encoding: str) -> None:
    joining, seen = joiner(encoding.split()[0], sample_rate=SAMPLE_RATE), [0.0]
    joining.begin_task()
    for piece in pieces(encoded(encoding, *PARTS[0]), 500):
        joining.feed(piece)
        seen.append(joining.seconds)
    assert seen == sorted(seen)
    assert len(set(seen)) > 3


# --- Ogg, read by the specification alone


class Page(NamedTuple):
    flags: int
    position: int
    serial: int
    number: int
    sound: bool


def slow_crc(data: bytes) -> int:
    """RFC 3533: polynomial 0x04c11db7, from the highest bit, beginning with 0."""
    crc = 0
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc


def pages(data: bytes) -> list[Page]:
    found, at = [], 0
    while at < len(data):
        assert data[at : at + 4] == b"OggS"
        flags, position, serial, number, crc, count = struct.unpack_from("<xBqIIIB", data, at + 4)
        size = 27 + count + sum(data[at + 27 : at + 27 + count])
        page = data[at : at + size]
        assert slow_crc(page[:22] + bytes(4) + page[26:]) == crc
        found.append(Page(flags, position, serial, number, not page[27 + count :].startswith(b"Opus")))
        at += size
    return found


def assert_one_stream(data: bytes) -> list[Page]:
    found = pages(data)
    assert len({page.serial for page in found}) == 1
    assert [page.number for page in found] == list(range(len(found)))
    assert [bool(page.flags & 2) for page in found] == [True] + [False] * (len(found) - 1)
    assert [bool(page.flags & 4) for page in found] == [False] * (len(found) - 1) + [True]
    positions = [page.position for page in found]
    assert positions == sorted(positions)
    assert sum(not page.sound for page in found) == 2
    return found


@pytest.mark.rule("AUD-05")
def test_ogg_pages_make_one_stream() -> None:
    parts = parts_of("opus")
    found = assert_one_stream(join(parts, "opus"))
    # Every task plays its pre-skip and the rest of its last packet, 20 ms at most each.
    seconds = found[-1].position / 48000
    assert seconds == pytest.approx(sum(length for _, length in PARTS), abs=0.08)


@pytest.mark.rule("AUD-05")
def test_streams_chained_within_a_task_are_joined_like_tasks() -> None:
    parts = parts_of("opus")
    assert join([b"".join(parts)], "opus") == join(parts, "opus")


@pytest.mark.rule("AUD-05")
def test_a_task_that_was_broken_off_still_ends_its_stream() -> None:
    first, second = encoded("opus", 440, 2.3), encoded("opus", 880, 1.0)
    cut = first[: len(first) // 2]
    for tasks in ([cut], [cut, second], [second, cut]):
        out = join(tasks, "opus")
        assert_one_stream(out)
        assert len(decoded(out)) > 0.8 * SAMPLE_RATE


@pytest.mark.rule("AUD-05")
def test_a_stream_whose_beginning_was_cut_off_keeps_its_positions() -> None:
    """Such a stream (a live one) does not begin at position 0; what follows goes on from there."""
    part = encoded("opus", 440, 2.3)
    head_end = [found.start() for found in re.finditer(b"OggS", part)]
    cut = part[: head_end[2]] + part[head_end[3] :]
    before = pages(cut)
    out = join([cut, cut], "opus")
    found = [page.position for page in pages(out)]
    assert found[: len(before) - 1] == [page.position for page in before[:-1]]
    assert found == sorted(found)
    length = before[-1].position - pages(part)[2].position
    assert found[-1] - found[len(before) - 1] == pytest.approx(length, abs=1)
    assert duration(cut, "opus") < duration(part, "opus") - 0.5


@pytest.mark.rule("AUD-05")
def test_pages_behind_the_last_page_of_a_task_are_kept() -> None:
    part = encoded("opus", 440, 2.3)
    starts = [found.start() for found in re.finditer(b"OggS", part)]
    page = bytearray(part[starts[2] : starts[3]])
    page[5] |= 4
    page[22:26] = bytes(4)
    page[22:26] = struct.pack("<I", slow_crc(bytes(page)))
    assert join([part[: starts[2]] + bytes(page) + part[starts[3] :]], "opus") == part


def test_a_damaged_page_passes_as_it_is() -> None:
    part = bytearray(encoded("opus", 440, 2.3))
    part[-40] ^= 0xFF
    assert bytes(part) in join([bytes(part)], "opus")


def test_opus_tasks_that_cannot_be_one_stream() -> None:
    stereo = encoded("opus", 440, 0.2, channels=2)
    with pytest.raises(AudioError, match=r"it has 2 channel\(s\).* before it have 1 channel\(s\)") as caught:
        join([encoded("opus", 440, 0.2), stereo], "opus")
    assert (caught.value.format, caught.value.task) == ("opus", 1)
    vorbis = io.BytesIO()
    soundfile.write(vorbis, np.zeros(4800), 24000, format="OGG", subtype="VORBIS")
    with pytest.raises(AudioError, match="not with OpusHead"):
        join([encoded("opus", 440, 0.2), vorbis.getvalue()], "opus")


@pytest.mark.rule("AUD-05")
@pytest.mark.parametrize("encoding", ["wav", "mp3", "mp3 constant", "opus"])
def test_what_came_before_a_task_that_does_not_fit_is_whole(encoding: str) -> None:
    good = encoded(encoding, 440, 0.3)
    bad = encoded(encoding, 440, 0.3, channels=2) if encoding == "opus" else encoded(encoding, 440, 0.3, 16000)
    joining, out = joiner(encoding.split()[0], patchable=True), io.BytesIO()
    for part in (good, bad, good):
        joining.begin_task()
        try:
            out.write(joining.feed(part))
            out.write(joining.end_task())
        except AudioError:
            assert part is bad
        else:
            assert part is good
    out.write(joining.close())
    patched(out, joining)
    assert out.getvalue() == join([good, good], encoding.split()[0])


# --- what must not break it


@pytest.mark.parametrize("audio_format", FORMATS)
@settings(max_examples=150, deadline=None)
@given(tasks=st.lists(st.lists(st.binary(max_size=200), max_size=4), max_size=3))
def test_no_bytes_break_a_joiner(audio_format: str, tasks: list[list[bytes]]) -> None:
    try:
        out, joining = joined(tasks, audio_format)
    except AudioError as error:
        assert error.format == audio_format
        assert 0 <= error.task < len(tasks)
    else:
        assert joining.seconds >= 0
        assert len(out) <= sum(len(frame) for task in tasks for frame in task) + 2000


@pytest.mark.parametrize("encoding", [name for name in ENCODINGS if name != "wav"])
@settings(max_examples=60, deadline=None)
@given(damage=st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=20)), max_size=5))
def test_damage_costs_no_byte(encoding: str, damage: list[tuple[int, bytes]]) -> None:
    """A damaged task passes as it is: players know how to go on. (What looks like a statement may go.)"""
    part = bytearray(encoded("mp3 constant" if encoding == "mp3" else encoding, 440, 0.3)[1000:])
    for at, junk in damage:
        part[at % len(part) : at % len(part)] = junk
    out, _ = joined([[bytes(part)]], encoding.split()[0])
    assert bytes(part) in out or b"Info" in part or b"Xing" in part


def test_calls_out_of_order() -> None:
    joining = joiner("pcm", sample_rate=8000)
    with pytest.raises(RuntimeError, match="no task has begun"):
        joining.feed(b"")
    with pytest.raises(RuntimeError, match="no task has begun"):
        joining.end_task()
    joining.begin_task()
    with pytest.raises(RuntimeError, match="has not ended"):
        joining.begin_task()
    with pytest.raises(RuntimeError, match="when the joiner is closed"):
        joining.patch()
    assert joining.feed(b"\0") + joining.close() + joining.close() == b"\0\0"
    with pytest.raises(RuntimeError, match="is closed"):
        joining.begin_task()


def test_what_a_joiner_must_know() -> None:
    with pytest.raises(ValueError, match="give sample_rate"):
        joiner("pcm")
    with pytest.raises(ValueError, match="positive, not 0"):
        joiner("pcm", sample_rate=0)
    with pytest.raises(ValueError, match="not 'ogg'"):
        joiner("ogg")


@pytest.mark.parametrize("audio_format", FORMATS)
def test_nothing_gives_nothing(audio_format: str) -> None:
    assert joined([], audio_format)[0] == joined([[], [b""]], audio_format)[0] == b""


# --- sizes


@pytest.mark.rule("AUD-05")
def test_a_wav_beyond_what_its_header_can_say() -> None:
    joining, block = joiner("wav", patchable=True), bytes(1 << 26)
    joining.begin_task()
    joining.feed(written("@riff @fmt @endless"))
    for _ in range(64):
        assert joining.feed(block) is block
    joining.close()
    assert joining.seconds == (1 << 32) / 16000
    assert joining.patch() == [(0, b"RIFF"), (4, b"\xff\xff\xff\xff"), (40, b"\xff\xff\xff\xff")]


@pytest.mark.parametrize("encoding", ["pcm", "wav", "mp3 constant", "opus"])
def test_memory_does_not_grow_with_the_audio(encoding: str) -> None:
    part = encoded(encoding, *PARTS[0])
    joining = joiner(encoding.split()[0], sample_rate=SAMPLE_RATE, patchable=True)
    tracemalloc.start()
    for task in range(60):
        joining.begin_task()
        for piece in pieces(part, 4000):
            joining.feed(piece)
        joining.end_task()
        if task == 2:
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - before < 300_000
