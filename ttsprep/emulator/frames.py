"""Audio in binary frames (AUD-02, AUD-06)."""

from __future__ import annotations

from ttsprep.catalog import limits

__all__ = ["WHOLE", "Frames", "frame_size"]

_ENCODED_SHARE = 4
"""How many times as many bytes the samples take as mp3 or opus of the same length, or so."""


def frame_size(audio_format: str) -> int:
    """Bytes in a frame of a format: what the service is known to send for wav, about as much time for the others.

    >>> frame_size("wav"), frame_size("mp3")
    (8000, 2000)
    """
    samples = limits().wav_frame
    return samples if audio_format in ("wav", "pcm") else samples // _ENCODED_SHARE


WHOLE = 1 << 62
"""A frame size that no audio reaches."""
_LEAST = 256
"""Bytes; audio shorter than this comes in one frame."""


class Frames:
    """The audio of one sentence cut into frames of a size, two at least (AUD-02)."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._rest = b""
        self._given = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The frames that are full; the last one is kept back."""
        self._rest += data
        whole = max(0, len(self._rest) - 1) // self._size * self._size
        frames = [self._rest[at : at + self._size] for at in range(0, whole, self._size)]
        self._rest = self._rest[whole:]
        self._given += len(frames)
        return frames

    def close(self) -> list[bytes]:
        """What is left."""
        rest, self._rest = self._rest, b""
        if self._given or len(rest) < _LEAST or self._size == WHOLE:
            return [rest] if rest else []
        half = len(rest) // 4 * 2
        return [rest[:half], rest[half:]]
