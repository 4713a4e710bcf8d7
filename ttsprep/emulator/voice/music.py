"""A soft tone under everything else, in place of background music that is not ours to fetch."""

from __future__ import annotations

import math
import sys
from array import array

__all__ = ["Backing"]

_LOUDEST = 3000
_FULL_VOLUME = 100
_PARTS_PER_SECOND = 10
_PERIODS = 22
"""In a tenth of a second, so that one holds whole periods at every sample rate: 220 Hz."""


class Backing:
    """The tone of one task; `volume` (0 to 100) may change at any time."""

    def __init__(self, sample_rate: int) -> None:
        self.volume = 0
        self._part = sample_rate // _PARTS_PER_SECOND
        self._at = 0

    def under(self, samples: bytes) -> bytes:
        """The samples with the tone added."""
        if not self.volume or not samples:
            return samples
        heard = _swapped(array("h", samples))
        loudness = _LOUDEST * self.volume / _FULL_VOLUME
        wave = [round(loudness * math.sin(math.tau * _PERIODS * i / self._part)) for i in range(self._part)]
        begin = self._at % self._part
        tone = (wave[begin:] + wave * (len(heard) // self._part + 1))[: len(heard)]
        self._at += len(heard)
        mixed = [max(-32768, min(32767, one + other)) for one, other in zip(heard, tone, strict=True)]
        return _swapped(array("h", mixed)).tobytes()


def _swapped(samples: array[int]) -> array[int]:
    """To or from little-endian."""
    if sys.byteorder == "big":
        samples.byteswap()
    return samples
