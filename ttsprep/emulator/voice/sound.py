"""What a voice makes of a text, before it is encoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from ttsprep.emulator.voice.model import TaskAudio
from ttsprep.emulator.voice.pieces import Spoken
from ttsprep.emulator.voice.words import Token

__all__ = ["SAMPLE_BYTES", "Sound", "Timed", "Voice", "ladder"]

SAMPLE_BYTES = 2
_FIRST_SECONDS = 0.1
_DOUBLINGS = 4


class Timed(NamedTuple):
    """A word and when it is heard, in seconds from the beginning of the utterance."""

    token: Token
    begin: float
    end: float


class Sound(NamedTuple):
    """Samples (16-bit mono, little-endian), and the words whose samples begin now."""

    samples: bytes
    words: list[Timed]


class Voice(Protocol):
    """Speaks sentences; one instance serves one task."""

    def use(self, manner: TaskAudio) -> None:
        """Take rate, pitch, volume and voice from here from now on."""
        ...

    def speak(self, parts: Sequence[Spoken]) -> Iterator[Sound]:
        """The sound of one utterance, all in the manner in use; words come before their samples. Nothing for a text
        without words.
        """
        ...

    def close(self) -> bool:
        """Free the voice; False if this process should not make another."""
        ...


def ladder(samples: int, sample_rate: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence into pieces: short ones first, to be heard soon, then longer ones, to cost less.

    >>> list(ladder(9000, 8000))
    [(0, 800), (800, 2400), (2400, 5600), (5600, 9000)]
    """
    at, step = 0, int(sample_rate * _FIRST_SECONDS)
    longest = step << _DOUBLINGS
    while at < samples:
        end = min(at + step, samples)
        yield at, end
        at, step = end, min(step * 2, longest)
