"""A soft tone under everything else, in place of background music that is not ours to fetch."""

from __future__ import annotations

import math
import sys
from array import array
from functools import lru_cache
from operator import add

__all__ = ["Backing"]

_LOUDEST = 3000
_FULL_VOLUME = 100
_PARTS_PER_SECOND = 10
_PERIODS = 22
"""In a tenth of a second, which so holds whole periods at every sample rate: 220 Hz."""
_LOWEST, _HIGHEST = -32768, 32767


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
        begin = self._at % self._part
        wave = _wave(self._part, self.volume)
        tone = (wave * (len(heard) // self._part + 2))[begin : begin + len(heard)]
        self._at += len(heard)
        try:
            mixed = array("h", map(add, heard, tone))
        except OverflowError:
            mixed = array("h", (max(_LOWEST, min(_HIGHEST, sample)) for sample in map(add, heard, tone)))
        return _swapped(mixed).tobytes()


@lru_cache(maxsize=8)
def _wave(samples: int, volume: int) -> array[int]:
    loudness = _LOUDEST * volume / _FULL_VOLUME
    return array("h", (round(loudness * math.sin(math.tau * _PERIODS * i / samples)) for i in range(samples)))


def _swapped(samples: array[int]) -> array[int]:
    """To or from little-endian."""
    if sys.byteorder == "big":
        samples.byteswap()
    return samples
