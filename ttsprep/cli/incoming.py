"""Text as it comes: what a language model writes into standard input, or somebody types."""

from __future__ import annotations

import codecs
import sys
import time
from collections.abc import Iterator
from typing import IO, Final

from ttsprep.cli.inputs import Refused, Script
from ttsprep.diagnostics import Diagnostic
from ttsprep.source import BOM, Source

__all__ = ["Incoming"]

_READ_BYTES: Final = 1 << 16
_PAUSE: Final = 0.05


class Incoming:
    """A file, decoded bit by bit: standard input where none is given."""

    def __init__(self, name: str, encoding: str, file: IO[bytes] | None = None) -> None:
        self._name, self._encoding = name, encoding
        # Not through the buffer: its lock, held by a reader that waits, would stop the end of the program.
        file = sys.stdin.buffer if file is None else file
        self._raw: IO[bytes] = getattr(file, "raw", file)
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self.data = bytearray()
        """Everything that was read."""
        self.ended = False

    def more(self) -> str:
        """What is there, at least one byte; past the end nothing. Raises UnicodeError."""
        while (data := self._raw.read(_READ_BYTES)) is None:  # somebody made it non-blocking
            time.sleep(_PAUSE)
        self.data += data
        self.ended = not data
        return self._decoder.decode(data, final=self.ended)

    def chunks(self) -> Iterator[str]:
        """All of it, without a byte order mark. Raises Refused, the reason printed, for what is not in the encoding."""
        begun = False
        while not self.ended:
            try:
                text = self.more()
            except UnicodeError:
                source, found = self.undecodable()
                script = Script(source, None)
                script.report(found)
                raise Refused([script]) from None
            yield text if begun else text.removeprefix(BOM)
            begun = begun or bool(text)

    def undecodable(self) -> tuple[Source, tuple[Diagnostic, ...]]:
        """What could be read, and a diagnostic for what could not."""
        return Source.decode(bytes(self.data), name=self._name, encoding=self._encoding)
