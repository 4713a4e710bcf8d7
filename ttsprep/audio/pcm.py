"""Joining pcm: 16-bit mono samples without any header."""

from __future__ import annotations

from ttsprep.audio.base import Joiner

__all__ = ["PcmJoiner"]

_SAMPLE_BYTES = 2


class PcmJoiner(Joiner):
    """Samples in a row. Half a sample at the end of a task is completed: it would turn what follows to noise."""

    format = "pcm"

    def __init__(self, sample_rate: int) -> None:
        super().__init__()
        if sample_rate <= 0:
            raise ValueError(f"a sample rate is positive, not {sample_rate}")
        self._sample_rate = sample_rate
        self._size = 0

    @property
    def seconds(self) -> float:
        return self._size // _SAMPLE_BYTES / self._sample_rate

    def _feed(self, data: bytes) -> bytes:
        self._size += len(data)
        return data

    def _end(self) -> bytes:
        missing = bytes(-self._size % _SAMPLE_BYTES)
        self._size += len(missing)
        return missing
