"""Failures that only a client with a socket can meet, and what to do about those that the service reports."""

from __future__ import annotations

from typing import Final

from ttsprep.catalog import ServiceError
from ttsprep.explaining import explain_close, explain_error, explain_status
from ttsprep.protocol import AuthenticationError, ConnectionLost, HandshakeError, SpeechError, TaskFailed

__all__ = ["BadAudio", "ConnectionFailed", "NoAudio", "explained", "slow_opening", "worth_retrying"]

ABNORMAL_CLOSURE: Final = 1006


class ConnectionFailed(ConnectionLost):
    """The connection could not be opened. `stage` is ``dns``, ``tcp``, ``tls``, ``proxy`` or ``websocket``."""

    def __init__(self, stage: str, host: str, reason: str, *, remedy: str = "") -> None:
        super().__init__(ABNORMAL_CLOSURE, reason, remedy=remedy or _STAGES[stage])
        self.stage, self.host = stage, host
        self.rules = ("NET-01", "NET-02")

    def what(self) -> str:
        return f"no connection to {self.host} ({self.stage}): {self.reason}"


_STAGES: Final = {
    "dns": "check the host name, the DNS server and the network",
    "tcp": "check the port, the firewall, and that the service is running there",
    "tls": "check the clock and the certificates of this machine; the service needs TLS 1.2 or later, "
    "and a proxy that looks into TLS needs its own certificate installed here",
    "proxy": "check the proxy settings of the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY)",
    "websocket": "check the URL: what answers there is no WebSocket service, or a proxy between changes the answer",
}


class BadAudio(SpeechError):
    """The service sent audio that is not of the format asked for, or does not fit the audio before it."""

    def __init__(self, reason: str, *, task_id: str = "") -> None:
        super().__init__(rules=("AUD-03", "AUD-05"), task_id=task_id)
        self.reason = reason

    def what(self) -> str:
        return f"the audio cannot be used: {self.reason}"


class NoAudio(SpeechError):
    """The service finished without sending any audio."""

    def __init__(self, *, task_id: str = "") -> None:
        remedy = "check that the voice speaks the language of the text, and that the text has words"
        super().__init__(rules=("EVT-02",), remedy=remedy, task_id=task_id)

    def what(self) -> str:
        return "the service finished without any audio"


def slow_opening(host: str) -> str:
    """The remedy for an opening that takes too long (NET-03)."""
    timing = (
        "curl -so /dev/null -w 'dns %{time_namelookup} tcp %{time_connect} tls %{time_appconnect}\\n' "
        f"https://{host}/"
    )
    return (
        "the usual causes are (1) the route or the internet provider, (2) slow DNS, (3) TLS below 1.2, "
        f"(4) a proxy or firewall; time the handshake with: {timing}"
    )


# --- what is known of the service's failures


def _known(error: SpeechError) -> ServiceError | None:
    if isinstance(error, TaskFailed):
        return explain_error(error.error_code, error.error_message)
    if isinstance(error, HandshakeError):
        return explain_status(error.status, error.reason)
    if isinstance(error, ConnectionLost) and not isinstance(error, ConnectionFailed):
        return explain_close(error.code, error.reason)
    return None


def explained(error: SpeechError) -> SpeechError:
    """The same error with cause, remedy and rules of the catalog, where it knows them and the error has no remedy."""
    row = None if error.remedy else _known(error)
    if row is not None:
        error.remedy = f"{row.cause} {row.remedy}".strip()
        error.rules = tuple(dict.fromkeys((*error.rules, *row.rules)))
    return error


_TOO_MANY_REQUESTS: Final = 429  # throttling goes by this name in a handshake, and by its own in task-failed
_PASSING_STATUSES: Final = frozenset({408, 425, _TOO_MANY_REQUESTS})
_PASSING_CLOSES: Final = frozenset({1006, 1011, 1012, 1013})


def worth_retrying(error: SpeechError) -> bool:
    """Whether the same request may well succeed when sent again, before any audio has come.

    >>> worth_retrying(HandshakeError(503)), worth_retrying(ConnectionLost(1007))
    (True, False)
    >>> worth_retrying(TaskFailed("Throttling.RateQuota", "Requests rate limit exceeded"))
    True
    >>> worth_retrying(TaskFailed("InvalidParameter", "request timeout after 23 seconds"))
    False
    """
    if isinstance(error, AuthenticationError | ConnectionFailed):
        return False
    if isinstance(error, HandshakeError):
        return error.status in _PASSING_STATUSES or error.status >= 500
    if isinstance(error, ConnectionLost):
        return error.code in _PASSING_CLOSES
    known = _known(error) if isinstance(error, TaskFailed) else None
    return known is not None and _TOO_MANY_REQUESTS in known.http_statuses
