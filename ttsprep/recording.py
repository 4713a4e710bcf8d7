"""What went over the wire, as JSON lines: written by the sender and by the emulator alike, and read back.

A line begins a recording and says who wrote it; every other line is an `Entry`: when, on which connection, from which
end, and one of `KINDS`. Audio is kept as its size and digest, and no key is written.

    >>> import io
    >>> file = io.StringIO()
    >>> recorder = Recorder(file, Role.CLIENT, began=datetime(2026, 11, 22), clock=lambda: 0.0)
    >>> channel = recorder.channel(1, lambda text: text.replace("sk-1", "[key]"))
    >>> channel.frame(Role.CLIENT, "my key is sk-1")
    >>> print(file.getvalue(), end="")
    {"recording": 1, "role": "client", "began": "2026-11-22T00:00:00"}
    {"time": 0.0, "connection": 1, "from": "client", "kind": "text", "text": "my key is [key]"}
    >>> [session] = parse(file.getvalue().encode().splitlines())
    >>> session.entries[0].what
    Text(text='my key is [key]')
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Final

from ttsprep.likeness import suggest
from ttsprep.protocol.states import Role

if TYPE_CHECKING:
    from os import PathLike

__all__ = [
    "KINDS", "Binary", "Channel", "Closed", "Entry", "Opened", "Recorder", "RecordingError", "Refused", "Session",
    "Text", "parse", "read",
]  # fmt: skip

_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Opened:
    """The client asks for a connection. `method` is that of the HTTP request."""

    url: str
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Refused:
    """There is no connection: the HTTP status, 0 where no answer came."""

    status: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text frame, as it is but for the key."""

    text: str


@dataclass(frozen=True, slots=True)
class Binary:
    """A binary frame: bytes, and their SHA-256 in hexadecimal digits."""

    size: int
    sha256: str

    @classmethod
    def of(cls, data: bytes) -> Binary:
        """What is kept of a frame."""
        return cls(len(data), hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Closed:
    """The connection has ended; 1006 where nobody said so."""

    code: int
    reason: str = ""


What = Opened | Refused | Text | Binary | Closed

KINDS: Final[Mapping[str, type[What]]] = MappingProxyType(
    {"open": Opened, "refused": Refused, "text": Text, "binary": Binary, "close": Closed}
)
"""The kinds of entries by their names in the file; the fields of each are those of its class."""

_NAMES: Final = {cls: name for name, cls in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: seconds since the recording began, number of the connection (from 1), whose doing it is, and what."""

    line: int
    time: float
    connection: int
    sender: Role
    what: What


@dataclass(frozen=True, slots=True)
class Session:
    """One recording: which end wrote it, when it began, and its entries in order."""

    role: Role
    began: datetime
    entries: list[Entry] = field(default_factory=list)

    def frames(self, sender: Role, connection: int = 1) -> list[Text | Binary]:
        """The frames that one end sent on a connection."""
        found = (entry for entry in self.entries if entry.sender is sender and entry.connection == connection)
        return [entry.what for entry in found if isinstance(entry.what, Text | Binary)]


# --- writing


class Recorder:
    """Writes a recording to a stream: `began` is the time of day, `clock` gives seconds."""

    def __init__(self, stream: IO[str], role: Role, *, began: datetime, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._clock = clock
        self._start = clock()
        self._write({"recording": _VERSION, "role": role.value, "began": began.isoformat()})

    @staticmethod
    def opened(path: str | PathLike[str]) -> IO[str]:
        """The file to write to: a new recording goes behind those that are in it. Raises OSError."""
        return Path(path).open("a", encoding="utf-8", errors="backslashreplace", newline="\n")

    def channel(self, connection: int, redact: Callable[[str], str]) -> Channel:
        """The entries of one connection; `redact` takes its key out of a text."""
        return Channel(self, connection, redact)

    def write(self, connection: int, sender: Role, what: What, redact: Callable[[str], str]) -> None:
        """Add an entry. Nothing is written once the stream is closed."""
        if self._stream.closed:
            return
        at = {"time": round(self._clock() - self._start, 6), "connection": connection, "from": sender.value}
        facts = {name: redact(value) if isinstance(value, str) else value for name, value in asdict(what).items()}
        self._write({**at, "kind": _NAMES[type(what)], **facts})

    def _write(self, row: Mapping[str, Any]) -> None:
        """A line goes out whole and at once, so that a killed process leaves a usable file."""
        self._stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._stream.flush()

    def close(self) -> None:
        """Close the stream."""
        self._stream.close()


class Channel:
    """A recording as one connection sees it: its number, and its key, which is never written."""

    def __init__(self, recorder: Recorder | None, connection: int, redact: Callable[[str], str]) -> None:
        self._recorder = recorder
        self._connection = connection
        self._redact = redact

    def note(self, sender: Role, what: What) -> None:
        """Something that is no frame: opening, closing."""
        if self._recorder is not None:
            self._recorder.write(self._connection, sender, what, self._redact)

    def frame(self, sender: Role, frame: str | bytes) -> None:
        """A frame, from this end or that."""
        if self._recorder is not None:
            self.note(sender, Binary.of(frame) if isinstance(frame, bytes) else Text(frame))


# --- reading


class RecordingError(ValueError):
    """A line that is no part of a recording: the `name` of the file, the number of the `line`, and the `problem`."""

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(name, line, problem)
        self.name, self.line, self.problem = name, line, problem

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: {self.problem}"


def read(path: str | PathLike[str]) -> list[Session]:
    """The recordings in a file, oldest first. Raises RecordingError for a broken line, OSError."""
    with Path(path).open("rb") as lines:
        return parse(lines, str(path))


def parse(lines: Iterable[bytes], name: str = "recording") -> list[Session]:
    """The recordings in these lines. Raises RecordingError at the first broken one."""
    sessions: list[Session] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _add(sessions, number, _object(line))
        except _Broken as broken:
            raise RecordingError(name, number, str(broken)) from broken.__cause__
    return sessions


class _Broken(Exception):
    """What is wrong with a line."""


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _Broken("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        cut = "" if line.endswith(b"\n") else "; the last line may be cut off: whoever wrote it was killed"
        raise _Broken(f"not JSON: {error}{cut}") from error
    if not isinstance(row, dict):
        raise _Broken("a line is a JSON object")
    return row


def _add(sessions: list[Session], number: int, row: dict[str, Any]) -> None:
    if "recording" in row:
        sessions.append(_session(row))
    elif not sessions:
        raise _Broken('a recording begins with a line that has "recording": 1 and who wrote it')
    else:
        sessions[-1].entries.append(_entry(number, row))


def _session(row: Mapping[str, Any]) -> Session:
    if row["recording"] != _VERSION:
        raise _Broken(f"recording is {_VERSION}, the version that is known, not {row['recording']!r}")
    began = _value(row, "began", str)
    try:
        return Session(_role(row, "role"), datetime.fromisoformat(began))
    except ValueError as error:
        raise _Broken(f"began is a time in ISO 8601, not {began!r}") from error


def _entry(number: int, row: Mapping[str, Any]) -> Entry:
    time = _value(row, "time", (int, float))
    connection = _value(row, "connection", int)
    if not 0 <= time < float("inf"):
        raise _Broken(f"time is a number of seconds from 0, not {time}")
    if connection < 1:
        raise _Broken(f"connection counts from 1, not {connection}")
    return Entry(number, time, connection, _role(row, "from"), _what(row))


def _role(row: Mapping[str, Any], name: str) -> Role:
    given = _value(row, name, str)
    try:
        return Role(given)
    except ValueError:
        raise _Broken(f"{name} is client or server, not {given!r}") from None


def _what(row: Mapping[str, Any]) -> What:
    kind = _value(row, "kind", str)
    if kind not in KINDS:
        meant = suggest(kind, KINDS)
        hint = f"did you mean {meant}?" if meant else f"there are {', '.join(KINDS)}"
        raise _Broken(f"there is no kind {kind!r} ({hint})")
    cls = KINDS[kind]
    names = (known.name for known in fields(cls))
    return cls(**{name: _value(row, name, _TYPES[name]) for name in names})


_TYPES: Final[Mapping[str, type]] = {
    "url": str, "method": str, "status": int, "reason": str, "text": str, "size": int, "sha256": str, "code": int
}  # fmt: skip
_IN_WORDS: Final[Mapping[object, str]] = {str: "a string", int: "an integer", (int, float): "a number"}


def _value(row: Mapping[str, Any], name: str, wanted: type | tuple[type, ...]) -> Any:
    """A field of the line. Raises where it is missing or of another type; a boolean is no number."""
    if name not in row:
        raise _Broken(f"{name} is missing")
    value = row[name]
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise _Broken(f"{name} is {_IN_WORDS[wanted]}, not {value!r}")
    return value
