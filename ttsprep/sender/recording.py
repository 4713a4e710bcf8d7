"""An optional record of what went over the wire: one JSON object per line, without the key and without the audio."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from os import PathLike

    from ttsprep.sender.key import Key

__all__ = ["Recording"]


class Recording:
    """Appends to a file. `time` counts in seconds from its opening, `connection` the connections from 1.

    A line has one of ``sent`` and ``received`` (the JSON of the frame as text), ``audio`` (bytes of a binary frame),
    ``opened`` (the URL), ``closed`` (the close code).
    """

    def __init__(self, path: str | PathLike[str], url: str, key: Key) -> None:
        self._file = Path(path).open("a", encoding="utf-8")  # noqa: SIM115 - closed in close
        self._url, self._key = url, key
        self._start = time.monotonic()
        self._connections = 0

    def opened(self) -> int:
        """Note that a connection was opened; its number."""
        self._connections += 1
        self.note(self._connections, opened=self._url)
        return self._connections

    def note(self, connection: int, **what: Any) -> None:
        """Add a line."""
        if self._file.closed:
            return
        shown = {name: self._key.redact(value) if isinstance(value, str) else value for name, value in what.items()}
        entry = {"time": round(time.monotonic() - self._start, 6), "connection": connection, **shown}
        self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._file.close()
