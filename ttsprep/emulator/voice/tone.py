"""The voice that needs nothing installed: a tone as long as the text would be."""

from __future__ import annotations

import math
import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ttsprep.counting import count_plain
from ttsprep.emulator.voice.model import TaskAudio
from ttsprep.emulator.voice.pieces import SPELLED, Spoken
from ttsprep.emulator.voice.sound import SAMPLE_BYTES, Sound, Timed, ladder
from ttsprep.emulator.voice.words import tokens
from ttsprep.markup import is_speakable

__all__ = ["Tone", "beep"]

_HAN_SECONDS = 0.2
_OTHER_SECONDS = 0.06
_FULL_VOLUME = 100
_LOUDEST = 24000
# Frequencies are multiples of 10 Hz, so that a tenth of a second holds whole periods at every sample rate.
_PARTS_PER_SECOND = 10
_NATURAL = 44
_PARTS = 16


class Tone:
    """One task's tone. Its pitch follows pitch, voice and seed, its loudness the volume."""

    def __init__(self, audio: TaskAudio, sample_rate: int) -> None:
        self._sample_rate = sample_rate
        self.use(audio)

    def use(self, manner: TaskAudio) -> None:
        self._rate = manner.rate
        own = manner.seed % 7 + zlib.crc32(manner.voice.encode()) % 5
        self._periods = round(_NATURAL * manner.pitch) + own
        self._amplitude = _LOUDEST * manner.volume // _FULL_VOLUME

    def speak(self, parts: Sequence[Spoken]) -> Iterator[Sound]:
        text = "".join(part.text for part in parts)
        if not is_speakable(text) and not any(part.read_as in SPELLED for part in parts):
            return
        yield Sound(b"", list(self._words(text)))
        seconds = _seconds(text) / self._rate
        for begin, end in ladder(round(seconds * self._sample_rate), self._sample_rate):
            yield Sound(_tone(self._sample_rate, self._periods, self._amplitude, end - begin), [])

    def _words(self, text: str) -> Iterator[Timed]:
        at, time = 0, 0.0
        for word in tokens(text):
            begin = time + _seconds(text[at : word.begin])
            at, time = word.end, begin + _seconds(text[word.begin : word.end])
            yield Timed(word, begin / self._rate, time / self._rate)

    def close(self) -> bool:
        return True


def _seconds(text: str) -> float:
    han = count_plain(text) - len(text)
    return han * _HAN_SECONDS + (len(text) - han) * _OTHER_SECONDS


def beep(samples: int, sample_rate: int, volume: int) -> Iterator[bytes]:
    """A tone of so many samples, in parts."""
    for begin, end in ladder(samples, sample_rate):
        yield _tone(sample_rate, _NATURAL, _LOUDEST * volume // _FULL_VOLUME, end - begin)


@lru_cache(maxsize=8)
def _longest(sample_rate: int, periods: int, amplitude: int) -> bytes:
    part = sample_rate // _PARTS_PER_SECOND
    wave = array("h", (round(amplitude * math.sin(math.tau * periods * i / part)) for i in range(part)))
    if sys.byteorder == "big":
        wave.byteswap()
    return wave.tobytes() * _PARTS


@lru_cache(maxsize=64)
def _tone(sample_rate: int, periods: int, amplitude: int, samples: int) -> bytes:
    """The same object again for the same arguments: a long text costs no copying."""
    return _longest(sample_rate, periods, amplitude)[: samples * SAMPLE_BYTES]
