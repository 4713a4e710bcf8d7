"""Standard input as it comes: what a language model writes, or somebody types."""

from __future__ import annotations

import codecs
import sys
import time
from typing import Final

from ttsprep.diagnostics import Diagnostic
from ttsprep.source import Source

__all__ = ["Incoming"]

_READ_BYTES: Final = 1 << 16
_PAUSE: Final = 0.05


class Incoming:
    """Standard input, decoded bit by bit."""

    def __init__(self, name: str, encoding: str) -> None:
        self._name, self._encoding = name, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self.data = bytearray()
        """Everything that was read."""
        self.ended = False

    def more(self) -> str:
        """What is there, at least one byte; past the end nothing. Raises UnicodeError."""
        # Not through the buffer: its lock, held by a reader that waits, would stop the end of the program.
        raw = getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)
        while (data := raw.read(_READ_BYTES)) is None:  # somebody made it non-blocking
            time.sleep(_PAUSE)
        self.data += data
        self.ended = not data
        return self._decoder.decode(data, final=self.ended)

    def undecodable(self) -> tuple[Source, tuple[Diagnostic, ...]]:
        """What could be read, and a diagnostic for what could not."""
        return Source.decode(bytes(self.data), name=self._name, encoding=self._encoding)
