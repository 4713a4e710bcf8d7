"""The speaking voice: a text cut by language, each part through espeak-ng, at the rate asked for."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

from ttsprep.emulator.voice.espeak import Espeak
from ttsprep.emulator.voice.languages import ENGINE_VOICES
from ttsprep.emulator.voice.model import TaskAudio
from ttsprep.emulator.voice.pieces import Spoken
from ttsprep.emulator.voice.readings import Line, Written
from ttsprep.emulator.voice.resample import resample
from ttsprep.emulator.voice.sound import Sound, Timed, ladder
from ttsprep.emulator.voice.words import Token, timed, tokens
from ttsprep.markup import is_speakable

__all__ = ["Speech"]

_WORDS_PER_MINUTE = 175
_SLOWEST, _FASTEST = 80, 450
# The engine shortens pauses more than words: with this exponent the length follows 1/rate within some percent.
_RATE_EXPONENT = 0.93
_NATURAL_PITCH = 50
_HIGHEST_PITCH = 100
# A seed changes the pitch and the speed a little; 0 changes nothing.
_PITCH_STEPS = (0, 1, -1, 2, -2)
_SPEED_STEPS = (0, 2, -2, 4, -4)
_VARIANTS = ("", "+m1", "+m2", "+m3", "+m4", "+m7", "+f1", "+f2", "+f3", "+f4", "+f5")
_FULL_VOLUME = 100
# What the engine gets at a time: bounds the memory and the wait for the first sound.
_LONGEST = 300
_CUT = re.compile(r"[,;:.!?](?![A-Za-z0-9])|[，、；：。！？…]+[”’）」』]*|\s+")


class Speech:
    """One task's voice. Raises `VoiceError` where the engine cannot be loaded."""

    def __init__(self, audio: TaskAudio, sample_rate: int) -> None:
        self._engine = Espeak()
        self._sample_rate = sample_rate
        self._hint = audio.language
        self.use(audio)

    def use(self, manner: TaskAudio) -> None:
        self._variant = _VARIANTS[zlib.crc32(manner.voice.encode()) % len(_VARIANTS)] if manner.voice else ""
        self._gain = manner.volume / _FULL_VOLUME
        speed = _WORDS_PER_MINUTE * manner.rate**_RATE_EXPONENT + _SPEED_STEPS[manner.seed // 5 % 5]
        self._speed = min(max(round(speed), _SLOWEST), _FASTEST)
        pitch = _NATURAL_PITCH * manner.pitch + _PITCH_STEPS[manner.seed % 5]
        self._pitch = min(max(round(pitch), 0), _HIGHEST_PITCH)

    def speak(self, parts: Sequence[Spoken]) -> Iterator[Sound]:
        line, done = Line(parts), 0
        for begin, end, language in line.runs(self._hint):
            voice = ENGINE_VOICES[language] + self._variant
            for start, stop in _portions(line.text, begin, end):
                written = line.written(start, stop, language)
                if is_speakable(written.text):
                    samples, words = self._portion(line.text[start:stop], written, start, voice)
                    begins = done / self._sample_rate
                    yield Sound(b"", [Timed(token, begins + first, begins + last) for token, first, last in words])
                    done += len(samples) // 2
                    yield from _pieces(samples, self._sample_rate)

    def _portion(self, text: str, written: Written, at: int, voice: str) -> tuple[bytes, list[Timed]]:
        import numpy as np

        self._engine.use(voice, self._speed, self._pitch)
        spoken = self._engine.speak(written.text, phonemes=written.phonemes)
        source = np.frombuffer(spoken.samples, "<i2").astype(np.float32)
        sound = resample(source * np.float32(self._gain), self._engine.sample_rate, self._sample_rate)
        samples = np.clip(np.rint(sound), -32768, 32767).astype("<i2").tobytes()
        found = tokens(text)
        heard = [(written.place(position) - at, sample / self._engine.sample_rate) for position, sample in spoken.heard]
        times = timed(found, heard, len(sound) / self._sample_rate)
        words = [
            Timed(Token(word.begin + at, word.end + at), first, last)
            for word, (first, last) in zip(found, times, strict=True)
        ]
        return samples, words

    def close(self) -> bool:
        return self._engine.close()


def _pieces(samples: bytes, sample_rate: int) -> Iterator[Sound]:
    for begin, end in ladder(len(samples) // 2, sample_rate):
        yield Sound(samples[begin * 2 : end * 2], [])


def _portions(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch in parts that the engine takes at once, cut behind punctuation or spaces where there are."""
    while end - begin > _LONGEST:
        cut = begin + _LONGEST
        for found in _CUT.finditer(text, begin + _LONGEST // 2, cut):
            cut = found.end()
        yield begin, cut
        begin = cut
    yield begin, end
