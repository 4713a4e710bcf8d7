"""Audio in binary frames (AUD-02, AUD-06)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["FRAME_SIZES", "WHOLE", "Frames"]

FRAME_SIZES: Mapping[str, int] = MappingProxyType({"wav": 8000, "pcm": 8000, "mp3": 2000, "opus": 2000})
"""Bytes in a frame of each format: what the service is known to send for wav, about as much time for the others."""
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
