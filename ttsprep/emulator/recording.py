"""`--record FILE`: what went over the wire as JSON lines, without audio and without any key."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import IO, Any

__all__ = ["Channel", "Recording", "without"]

_SHORTEST_KEY = 6


def without(secret: str, text: str) -> str:
    """`text` with every occurrence of the secret blacked out; what is too short for a key is none.

    >>> without("sk-123", "Bearer sk-123")
    'Bearer [key]'
    """
    return text.replace(secret, "[key]") if len(secret) >= _SHORTEST_KEY else text


class Recording:
    """Writes one JSON object a line: `time` in seconds since the start, `connection`, `direction`, `kind`, and for
    text frames the `frame`, for audio its size in `bytes`.
    """

    def __init__(self, stream: IO[str] | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._start = clock()

    @property
    def on(self) -> bool:
        return self._stream is not None

    def write(self, connection: int, direction: str, kind: str, **facts: Any) -> None:
        """Append a line. A line is written whole and at once, so that a killed emulator leaves a usable file."""
        if self._stream is None:
            return
        at = round(self._clock() - self._start, 4)
        row = {"time": at, "connection": connection, "direction": direction, "kind": kind, **facts}
        self._stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._stream.flush()


class Channel:
    """The recording as one connection sees it: its number and its key, which is never written."""

    def __init__(self, recording: Recording, connection: int, key: str) -> None:
        self._recording = recording
        self._connection = connection
        self._key = key

    def frame(self, direction: str, frame: str | bytes) -> None:
        if not self._recording.on:
            return
        if isinstance(frame, bytes):
            self._recording.write(self._connection, direction, "binary", bytes=len(frame))
        else:
            self._recording.write(self._connection, direction, "text", frame=_decoded(without(self._key, frame)))

    def note(self, direction: str, kind: str, **facts: Any) -> None:
        """Something that is no frame: opening, closing."""
        self._recording.write(self._connection, direction, kind, **facts)


def _decoded(frame: str) -> Any:
    """The JSON value of a frame; a frame that is no JSON stays a string."""
    try:
        return json.loads(frame)
    except (ValueError, RecursionError):
        return frame
