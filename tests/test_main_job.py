"""The main job: the tour goes in, and speech comes out in which one hears its words."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import numpy
import pytest
import soundfile
from click.testing import CliRunner

from ttsprep import Plan, Source, SyncSender, TaskSettings, prepare
from ttsprep.cli import main
from ttsprep.emulator.threaded import ThreadedEmulator
from ttsprep.sender import Audio, Sentence

TOUR = Path(__file__).parent.parent / "docs" / "examples" / "tour.md"
RATE = 22_050

Samples = numpy.ndarray[tuple[int], numpy.dtype[numpy.float32]]


def spoken(folder: Path, audio: str) -> bytes:
    target = folder / f"tour.{audio}"
    done = CliRunner().invoke(main, ["speak", str(TOUR), "--emulator", "-o", str(target)])
    assert done.exit_code == 0, done.stderr
    return target.read_bytes()


def samples(data: bytes) -> Samples:
    sound: Samples
    sound, rate = soundfile.read(io.BytesIO(data), dtype="float32")
    assert rate == RATE
    return sound


@pytest.fixture(scope="module")
def mp3(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return spoken(tmp_path_factory.mktemp("mp3"), "mp3")


@pytest.mark.rule("AUD-01", "AUD-03", "FLW-01")
def test_the_mp3_is_as_long_as_the_pcm(mp3: bytes, tmp_path: Path) -> None:
    pcm = spoken(tmp_path, "pcm")
    assert abs(len(samples(mp3)) / RATE - len(pcm) / 2 / RATE) < 0.2


def test_the_mp3_is_as_long_as_its_text_is_read(mp3: bytes) -> None:
    counted = prepare(Source(TOUR.read_text("utf-8"), "tour.md")).counted
    seconds = len(samples(mp3)) / RATE
    assert 0.05 * counted < seconds < 0.2 * counted


def test_the_mp3_is_sound_and_no_silence(mp3: bytes) -> None:
    sound = samples(mp3)
    seconds = [sound[at : at + RATE] for at in range(0, len(sound) - RATE, RATE)]
    loud = [float(numpy.sqrt(numpy.mean(second**2))) > 0.01 for second in seconds]
    assert sum(loud) > 0.9 * len(loud)
    assert float(numpy.abs(sound).max()) <= 1.0


@pytest.mark.rule("PAR-11")
def test_the_same_script_is_the_same_mp3(mp3: bytes, tmp_path: Path) -> None:
    assert spoken(tmp_path, "mp3") == mp3


@pytest.fixture(scope="module")
def plan() -> Plan:
    settings = TaskSettings(voice="longanyang", format="pcm", word_timestamp_enabled=True)
    return prepare(Source(TOUR.read_text("utf-8"), "tour.md"), settings)


@pytest.fixture(scope="module")
def heard(plan: Plan) -> tuple[list[Sentence], int]:
    """Every sentence with its words, and the bytes of audio."""
    with ThreadedEmulator(voice="speech") as service, SyncSender(service.url) as sender:
        events = list(sender.speak(plan))
    with_words = [event for event in events if isinstance(event, Sentence) and event.words]
    return with_words, sum(len(event.data) for event in events if isinstance(event, Audio))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


@pytest.mark.rule("EVT-03", "PAR-10")
def test_the_words_of_the_speech_are_those_of_the_text(plan: Plan, heard: tuple[list[Sentence], int]) -> None:
    words = [word.text for sentence in heard[0] for word in sentence.words]
    assert letters("".join(words)) == letters(plan.text.text)


@pytest.mark.rule("EVT-03")
def test_the_words_follow_each_other_to_the_end_of_the_audio(heard: tuple[list[Sentence], int]) -> None:
    words = [word for sentence in heard[0] for word in sentence.words]
    assert all(word.begin_time < word.end_time for word in words)
    assert all(before.end_time <= after.begin_time for before, after in itertools.pairwise(words))
    assert abs(words[-1].end_time / 1000 - heard[1] / 2 / RATE) < 1.0


@pytest.mark.rule("FLW-03", "EVT-02")
def test_the_service_hears_the_sentences_of_the_plan(plan: Plan, heard: tuple[list[Sentence], int]) -> None:
    assert [sentence.index for sentence in heard[0]] == list(range(plan.sentences))
