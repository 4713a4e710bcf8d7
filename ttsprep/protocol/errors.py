"""Whose fault is it? One exception for each answer.

Exceptions hold facts; their text is made when it is read, and holds no API key.
"""

from __future__ import annotations

from collections.abc import Sequence

from ttsprep.protocol.departures import Departure
from ttsprep.protocol.states import State

__all__ = [
    "AuthenticationError",
    "ConnectionLost",
    "HandshakeError",
    "LocalProtocolError",
    "RemoteProtocolError",
    "ServiceTimeout",
    "SpeechError",
    "TaskFailed",
]


class SpeechError(Exception):
    """Anything that keeps a text from being spoken. The facts that may be known of all of them:

    `task_id` ours, `request_uuid` the service's (if it named one), `rules` the API rules concerned, `remedy` what to
    do, `tasks` how many tasks of the text were finished before, `audio_bytes` and `sentences` how much of this one had
    arrived (the last sentence perhaps in part), `attempts` how often it was tried, `partial` the file in which what was
    heard is kept.
    """

    def __init__(self, *, rules: Sequence[str] = (), remedy: str = "", task_id: str = "") -> None:
        super().__init__()
        self.rules = tuple(rules)
        self.remedy = remedy
        self.task_id = task_id
        self.request_uuid = ""
        self.tasks = 0
        self.audio_bytes = 0
        self.sentences = 0
        self.attempts = 1
        self.partial = ""

    def what(self) -> str:
        """What happened, in one sentence."""
        return "the text could not be spoken"

    def __str__(self) -> str:
        facts = [
            ("task", self.task_id),
            ("request", self.request_uuid),
            ("rules", ", ".join(self.rules)),
            ("audio received", f"{self.audio_bytes} bytes" if self.audio_bytes else ""),
            ("sentences begun", str(self.sentences) if self.sentences else ""),
            ("tasks finished before", str(self.tasks) if self.tasks else ""),
            ("attempts", str(self.attempts) if self.attempts > 1 else ""),
            ("kept in", self.partial),
        ]
        known = "; ".join(f"{name} {value}" for name, value in facts if value)
        remedy = f"\nremedy: {self.remedy}" if self.remedy else ""
        return self.what() + (f" [{known}]" if known else "") + remedy

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self}>"


class LocalProtocolError(SpeechError):
    """The caller broke the protocol. Nothing was sent, and the connection is as it was."""

    def __init__(self, departure: Departure, state: State, *, task_id: str = "") -> None:
        super().__init__(rules=departure.kind.rules, remedy=departure.kind.remedy, task_id=task_id)
        self.departure = departure
        self.state = state

    def what(self) -> str:
        return f"not sent: {self.departure} (state {self.state.value})"


class RemoteProtocolError(SpeechError):
    """The peer broke the protocol. `departures` holds all that is wrong with the frame, most basic first."""

    def __init__(self, departures: Sequence[Departure], state: State, *, task_id: str = "") -> None:
        first = departures[0].kind
        super().__init__(rules=first.rules, remedy=first.remedy, task_id=task_id)
        self.departures = tuple(departures)
        self.state = state

    @property
    def departure(self) -> Departure:
        """The first departure, which decides the answer."""
        return self.departures[0]

    def what(self) -> str:
        return f"the peer broke the protocol: {self.departure} (state {self.state.value})"


class TaskFailed(SpeechError):
    """The service said so: task-failed with its `error_code` and `error_message` (EVT-06)."""

    def __init__(
        self, error_code: str, error_message: str, *, task_id: str = "", rules: Sequence[str] = ("EVT-06",)
    ) -> None:
        super().__init__(rules=rules, task_id=task_id)
        self.error_code = error_code
        self.error_message = error_message

    def what(self) -> str:
        return f"task failed: {self.error_code}: {self.error_message}"


class HandshakeError(SpeechError):
    """The service answered the opening handshake with an HTTP status instead of a WebSocket."""

    def __init__(self, status: int, reason: str = "", *, rules: Sequence[str] = ("URL-01",), remedy: str = "") -> None:
        super().__init__(rules=rules, remedy=remedy)
        self.status = status
        self.reason = reason

    def what(self) -> str:
        return f"the service refused the connection: HTTP {self.status} {self.reason}".rstrip()


class AuthenticationError(HandshakeError):
    """The handshake was refused with 401 or 403: the API key is missing, wrong or not allowed (HDR-02).

    `key_given`: false where no key was sent that could have been wrong.
    """

    REMEDY = (
        'check that (1) the header is "Authorization: Bearer KEY" with one space, '
        "(2) the key is active and authorised for CosyVoice in this region, "
        "(3) the header is sent in the handshake, "
        "(4) key and network work with another HTTP API of the service"
    )

    def __init__(self, status: int, reason: str = "", *, key_given: bool = True, remedy: str = REMEDY) -> None:
        super().__init__(status, reason, rules=("HDR-01", "HDR-02", "HDR-08"), remedy=remedy)
        self.key_given = key_given

    def what(self) -> str:
        what = "refused the API key" if self.key_given else "wants an API key, and none was given"
        return f"the service {what}: HTTP {self.status} {self.reason}".rstrip()


class ConnectionLost(SpeechError):
    """The connection ended in the middle of a task. `code` 1006 means that there was no closing frame."""

    def __init__(self, code: int, reason: str = "", *, task_id: str = "", remedy: str = "") -> None:
        super().__init__(rules=("FLW-08",), remedy=remedy, task_id=task_id)
        self.code = code
        self.reason = reason

    def what(self) -> str:
        reason = f" {self.reason!r}" if self.reason else ""
        return f"the connection was lost (close code {self.code}{reason})"


class ServiceTimeout(SpeechError, TimeoutError):
    """A wait passed its limit: `waiting_for` what, `seconds` the limit."""

    def __init__(
        self,
        waiting_for: str,
        seconds: float,
        *,
        rules: Sequence[str] = (),
        remedy: str = "",
        task_id: str = "",
    ) -> None:
        super().__init__(rules=rules, remedy=remedy, task_id=task_id)
        self.waiting_for = waiting_for
        self.seconds = seconds

    def what(self) -> str:
        return f"no {self.waiting_for} within {self.seconds:g} s"
