"""`ttsprep.emulator.voice` without processes: what is spoken, how it is encoded, when words are heard."""

from __future__ import annotations

import io
import tomllib
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from ttsprep.audio import duration
from ttsprep.emulator.voice import Block, TaskAudio, VoiceError, Word
from ttsprep.emulator.voice.encoders import encoder
from ttsprep.emulator.voice.languages import runs
from ttsprep.emulator.voice.resample import resample
from ttsprep.emulator.voice.synthesis import Synthesis
from ttsprep.emulator.voice.words import Token, timed, tokens

SAMPLE_RATES = [8000, 16000, 22050, 24000, 44100, 48000]
KINDS = ["speech", "tone"]
SENTENCES = ("你好，世界，今天天气真不错。", "It’s 3.14, don't you think so?", "……", "再见！")
TABLE = tomllib.loads((CASES / "voice" / "sentences.toml").read_text("utf-8"))["case"]


def spoken(audio: TaskAudio, kind: str = "speech", sentences: tuple[str, ...] = SENTENCES) -> tuple[bytes, list[Block]]:
    """The audio of a task, and the last block of each sentence."""
    synthesis, data, last = Synthesis(audio, kind), b"", []
    for sentence in sentences:
        blocks = list(synthesis.say(sentence))
        assert [block.last for block in blocks] == [False] * (len(blocks) - 1) + [True]
        data += b"".join(block.data for block in blocks)
        last.append(blocks[-1])
    data += synthesis.finish()
    synthesis.close()
    return data, last


@cache
def samples_of(text: str, kind: str = "speech", **options: Any) -> np.ndarray[Any, Any]:
    audio = TaskAudio("pcm", options.pop("sample_rate", 16000), **options)
    return np.frombuffer(spoken(audio, kind, (text,))[0], "<i2").astype(float)


def loudness(samples: np.ndarray[Any, Any]) -> float:
    return float(np.sqrt(np.mean(samples**2)))


TEXT = "The quick brown fox jumps over the lazy dog, 然后它慢慢地走回家去了。"


# --- formats


@pytest.mark.rule("PAR-03", "PAR-04")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sample_rate", SAMPLE_RATES)
@pytest.mark.parametrize("audio_format", ["wav", "mp3", "opus"])
def test_every_format_plays_as_long_as_pcm(audio_format: str, sample_rate: int, kind: str) -> None:
    pcm, _ = spoken(TaskAudio("pcm", sample_rate), kind)
    data, _ = spoken(TaskAudio(audio_format, sample_rate), kind)
    samples, rate = soundfile.read(io.BytesIO(data))
    slack = {"wav": 0.0, "mp3": 0.2, "opus": 0.001}[audio_format]
    assert len(samples) / rate == pytest.approx(len(pcm) / 2 / sample_rate, abs=slack)
    assert loudness(samples) > 0.01
    if audio_format != "opus":
        assert rate == sample_rate
    assert duration(data, audio_format) == pytest.approx(len(samples) / rate, abs=0.001)


@pytest.mark.rule("AUD-03")
def test_a_wav_stream_has_one_header_that_states_no_length() -> None:
    data, _ = spoken(TaskAudio("wav", 22050), "tone")
    assert data[:8] == b"RIFF\xff\xff\xff\xff"
    assert data[36:44] == b"data\xff\xff\xff\xff"
    assert data.count(b"RIFF") == 1
    assert data[44:] == spoken(TaskAudio("pcm", 22050), "tone")[0]


@pytest.mark.rule("AUD-03")
@pytest.mark.parametrize("sample_rate", SAMPLE_RATES)
def test_an_mp3_stream_states_no_length_and_is_of_constant_rate(sample_rate: int) -> None:
    data, _ = spoken(TaskAudio("mp3", sample_rate))
    assert not any(name in data for name in (b"Info", b"Xing", b"VBRI"))
    rates, at = set(), 0
    while at < len(data):
        header = soundfile_free_header(data, at)
        rates.add(header[1])
        at += header[0]
    assert len(rates) == 1


def soundfile_free_header(data: bytes, at: int) -> tuple[int, int]:
    """(bytes, kbit/s) of the frame at a position, by ISO 11172-3 and 13818-3."""
    assert data[at] == 0xFF
    mpeg1 = data[at + 1] >> 3 & 3 == 3
    table = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
    kbits = (table if mpeg1 else [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160])[(data[at + 2] >> 4) - 1]
    rate = [44100, 48000, 32000][data[at + 2] >> 2 & 3] >> (3 - max(data[at + 1] >> 3 & 3, 1)) % 3
    return (144000 if mpeg1 else 72000) * kbits // rate + (data[at + 2] >> 1 & 1), kbits


@pytest.mark.rule("AUD-02")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("audio_format", ["pcm", "wav", "mp3", "opus"])
def test_every_sentence_gives_several_pieces_before_the_next(audio_format: str, kind: str) -> None:
    synthesis, before_end = Synthesis(TaskAudio(audio_format, 24000), kind), 0
    for sentence in SENTENCES[:2]:
        pieces = [len(block.data) for block in synthesis.say(sentence) if block.data]
        assert len(pieces) >= 3
        before_end += sum(pieces)
    assert len(synthesis.finish()) < before_end / 6
    synthesis.close()


@pytest.mark.rule("PAR-09")
def test_bit_rate_acts_on_opus_only() -> None:
    def size(audio_format: str, bit_rate: int) -> int:
        return len(spoken(TaskAudio(audio_format, 24000, bit_rate=bit_rate))[0])

    assert size("opus", 6) < size("opus", 32) < size("opus", 128) < size("opus", 256) == size("opus", 510)
    assert size("mp3", 6) == size("mp3", 320)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("audio_format", ["pcm", "wav", "mp3", "opus"])
def test_a_task_without_words_has_no_audio_and_no_error(audio_format: str, kind: str) -> None:
    data, last = spoken(TaskAudio(audio_format, 16000), kind, ("……", "！", "  ", ""))
    assert data == b""
    assert last == [Block(last=True)] * 4


def test_an_unknown_format_or_voice_is_a_bad_call() -> None:
    with pytest.raises(ValueError, match="not 'ogg'"):
        encoder(TaskAudio("ogg", 16000))
    with pytest.raises(ValueError, match="not 'song'"):
        Synthesis(TaskAudio("pcm", 16000), "song")


# --- parameters


@pytest.mark.rule("PAR-06")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text", ["你好，世界，今天天气真不错，我们出去走走。", "The quick brown fox jumps over the lazy dog."]
)
@pytest.mark.parametrize("rate", [0.5, 0.8, 1.25, 2.0, 2])
def test_rate_divides_the_length(rate: float, text: str, kind: str) -> None:
    ratio = len(samples_of(text, kind)) / len(samples_of(text, kind, rate=rate))
    assert ratio == pytest.approx(rate, rel=0.12)


@pytest.mark.rule("PAR-05")
@pytest.mark.parametrize("kind", KINDS)
def test_volume_is_linear_from_silence(kind: str) -> None:
    full = loudness(samples_of(TEXT, kind, volume=100))
    assert full > 1000
    for volume in (1, 10, 50):
        assert loudness(samples_of(TEXT, kind, volume=volume)) == pytest.approx(full * volume / 100, rel=0.02)
    silent = samples_of(TEXT, kind, volume=0)
    assert len(silent) == len(samples_of(TEXT, kind))
    assert not silent.any()
    assert np.abs(samples_of(TEXT, kind, volume=100)).max() < 32767


def fundamental(samples: np.ndarray[Any, Any]) -> float:
    """The pitch of a voice at 16 kHz, in Hz: the first high peak of its autocorrelation."""
    correlation = np.fft.irfft(np.abs(np.fft.rfft(samples[: 16000 * 2], 1 << 17)) ** 2)[16:320]
    peaks = [
        lag
        for lag in range(1, len(correlation) - 1)
        if correlation[lag - 1] < correlation[lag] >= correlation[lag + 1]
        and correlation[lag] > 0.8 * correlation.max()
    ]
    return 16000 / (16 + peaks[0])


@pytest.mark.rule("PAR-07")
@pytest.mark.parametrize("kind", KINDS)
def test_pitch_rises(kind: str) -> None:
    low, natural, high = (fundamental(samples_of(TEXT, kind, pitch=pitch)) for pitch in (0.5, 1, 2.0))
    assert low < 0.9 * natural < 0.8 * high


@pytest.mark.rule("PAR-11")
@pytest.mark.parametrize("audio_format", ["pcm", "wav", "mp3", "opus"])
def test_the_same_seed_and_parameters_give_the_same_bytes(audio_format: str) -> None:
    first = spoken(TaskAudio(audio_format, 22050, seed=7))
    spoken(TaskAudio(audio_format, 22050, seed=8), sentences=("Something else in between.",))
    assert spoken(TaskAudio(audio_format, 22050, seed=7)) == first
    assert spoken(TaskAudio(audio_format, 22050, seed=8)) != first


def test_voices_differ() -> None:
    voices = ("longanyang", "longanhuan", "longxiaochun_v3", "longwan", "longshu_v2", "loongbella", "longcheng", "")
    assert len({samples_of(TEXT, voice=voice).tobytes() for voice in voices}) >= 4


# --- languages and words


@pytest.mark.rule("PAR-12")
@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["text"])
def test_each_part_is_read_in_its_language(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [[text[a:b], language] for a, b, language in runs(text, case.get("hint"))] == case["runs"]
    assert [text[a:b] for a, b in tokens(text)] == case["words"]


@pytest.mark.rule("EVT-03", "PAR-10", "PAR-12")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["text"])
def test_words_are_heard_one_after_the_other(case: dict[str, Any], kind: str) -> None:
    text = case["text"]
    data, (first, second) = spoken(TaskAudio("pcm", 16000, language=case.get("hint")), kind, (text, text))
    assert [word.text for word in first.words] == case["words"]
    assert [text[word.begin_index : word.end_index] for word in first.words] == case["words"]
    begin, end = 0, first.milliseconds
    for block in (first, second):
        times = [time for word in block.words for time in (word.begin_time, word.end_time)]
        assert times == sorted(times)
        assert not times or (begin <= times[0] < times[-1] <= end + 1)
        begin, end = end, end + second.milliseconds
    assert first.milliseconds + second.milliseconds == pytest.approx(len(data) / 32, abs=2)
    if case["words"]:
        assert loudness(np.frombuffer(data, "<i2").astype(float)) > 300


def test_words_are_where_their_sound_is() -> None:
    """Two long pauses: the words stand between them."""
    _, (block,) = spoken(TaskAudio("pcm", 16000), sentences=("Yes. Perhaps. No.",))
    sound = samples_of("Yes. Perhaps. No.")
    perhaps = block.words[1]
    assert perhaps.text == "Perhaps"
    heard = loudness(sound[perhaps.begin_time * 16 : perhaps.begin_time * 16 + 4000])
    before = loudness(sound[(perhaps.begin_time - 60) * 16 : perhaps.begin_time * 16])
    assert heard > 5 * before


@given(
    sizes=st.lists(st.integers(1, 4), max_size=12),
    heard=st.lists(st.tuples(st.integers(-2, 60), st.floats(-1, 20)), max_size=20),
    length=st.floats(0, 10),
)
def test_times_ascend_whatever_the_engine_reports(
    sizes: list[int], heard: list[tuple[int, float]], length: float
) -> None:
    words, at = [], 0
    for size in sizes:
        words.append(Token(at, at + size))
        at += size + 1
    times = timed(words, heard, length)
    assert len(times) == len(words)
    edges = [edge for pair in times for edge in pair]
    assert edges == sorted(edges)
    assert all(0 <= edge <= length for edge in edges)


@pytest.mark.parametrize(
    "text", ["字" * 3000, "word " * 3000, "x" * 3000, "一，" * 2000, "a\0b", "\ud800 lone", "😀👍🏽 好"]
)
def test_texts_that_are_hard_to_speak(text: str) -> None:
    data, (block,) = spoken(TaskAudio("pcm", 8000), sentences=(text,))
    assert len(data) / 16 == pytest.approx(block.milliseconds, abs=1)
    assert block.milliseconds > 100
    assert "".join(word.text for word in block.words) == "".join(text[a:b] for a, b in tokens(text))


# --- the tone


@pytest.mark.parametrize(
    ("text", "rate", "seconds"),
    [
        ("你好", 1, 0.4),
        ("ab cd", 1, 0.3),
        ("你好。", 1, 0.46),
        ("你好", 2.0, 0.2),
        ("你好", 0.5, 0.8),
        ("a" * 1000, 1, 60),
    ],
)
def test_a_tone_is_as_long_as_its_text_counts(text: str, rate: float, seconds: float) -> None:
    _, (block,) = spoken(TaskAudio("pcm", 8000, rate=rate), "tone", (text,))
    assert block.milliseconds == pytest.approx(seconds * 1000, abs=1)
    assert block.words[-1].end_time == pytest.approx(seconds * 1000, abs=70)


def test_a_tone_needs_nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("numpy", "soundfile", "espeakng_loader"):
        monkeypatch.setitem(__import__("sys").modules, name, None)
    assert len(spoken(TaskAudio("wav", 8000), "tone")[0]) > 44
    with pytest.raises(VoiceError, match=r'pip install "ttsprep\[emulator\]"'):
        Synthesis(TaskAudio("mp3", 8000), "tone")
    with pytest.raises(VoiceError, match=r'pip install "ttsprep\[emulator\]"'):
        Synthesis(TaskAudio("wav", 8000), "speech")


# --- sample rates


def tone(frequency: float, sample_rate: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.sin(2 * np.pi * frequency * np.arange(sample_rate) / sample_rate).astype(np.float32)


@pytest.mark.parametrize("target", SAMPLE_RATES)
def test_resampling_keeps_what_fits_and_drops_what_does_not(target: int) -> None:
    for frequency in (100, 1000, 3000, 6000, 9000):
        heard = resample(tone(frequency, 22050), 22050, target)
        assert len(heard) == target
        middle = heard[target // 4 : -target // 4]
        if frequency < 0.4 * target:
            wanted = tone(frequency, target)[target // 4 : -target // 4]
            assert np.abs(middle - wanted).max() < 0.01
        elif frequency > 0.55 * target:
            assert np.abs(middle).max() < 0.002


def test_word_and_block_are_plain_values() -> None:
    assert Word("bed", 0, 3, 280, 640) == Word("bed", 0, 3, 280, 640)
    assert all(a <= b for a, b in pairwise([Block().milliseconds, Block(milliseconds=1).milliseconds]))
