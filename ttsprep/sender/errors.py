"""Failures that only a client with a socket can meet, and what to do about those that the service reports."""

from __future__ import annotations

from typing import Final

from ttsprep import catalog
from ttsprep.catalog import ServiceError
from ttsprep.explaining import explain_close, explain_error, explain_status
from ttsprep.protocol import AuthenticationError, ConnectionLost, HandshakeError, SpeechError, TaskFailed
from ttsprep.sender.endpoint import Endpoint
from ttsprep.sender.key import ENVIRONMENT_VARIABLE, Key

__all__ = [
    "BadAudio",
    "ConnectionFailed",
    "NoAudio",
    "explained",
    "key_refused",
    "key_remedy",
    "slow_opening",
    "worth_retrying",
]

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
    """The service finished without sending any audio; without a `task_id` there was no text for it to speak."""

    def __init__(self, *, task_id: str = "") -> None:
        remedy = "check that the voice speaks the language of the text, and that the text has words" if task_id else ""
        super().__init__(rules=("EVT-02",) if task_id else ("FLW-12",), remedy=remedy, task_id=task_id)

    def what(self) -> str:
        return "the service finished without any audio" if self.task_id else "the text has nothing to speak"


def slow_opening(endpoint: Endpoint) -> str:
    """The remedy for an opening that takes too long (NET-03)."""
    if endpoint.is_local:
        return (
            f"check that what listens on port {endpoint.port} of this machine is an emulator (ttsprep emulate prints "
            "its URL) and not another program; if it is and only slow, allow more time for opening"
        )
    timing = (
        "curl -so /dev/null -w 'dns %{time_namelookup} tcp %{time_connect} tls %{time_appconnect}\\n' "
        f"{endpoint.origin}/"
    )
    return (
        "the usual causes are (1) the route or the internet provider, (2) slow DNS, (3) TLS below 1.2, "
        f"(4) a proxy or firewall; time the handshake with: {timing}"
    )


def key_remedy(key: Key, endpoint: Endpoint) -> str:
    """What to do where the service refuses the key, or wants one (HDR-08)."""
    region = next((f", {known.id}" for known in catalog.regions() if known.url == endpoint.url), "")
    where = "this endpoint" if endpoint.is_local else f"this endpoint ({endpoint.host}{region})"
    if key.is_stand_in:
        return (
            f"set {ENVIRONMENT_VARIABLE}, or name the file that holds the key (--api-key-file FILE; in a program "
            f"api_key_file or api_key); keys belong to a region: take one of the region of {where}"
        )
    return (
        f"check that (1) {ENVIRONMENT_VARIABLE}, or the file of --api-key-file, holds the whole key: it is sent as "
        f'"Bearer KEY" with one space, (2) the key is active, authorised for CosyVoice and made in the region of '
        f"{where}: keys belong to a region, (3) no proxy on the way drops the Authorization header of the "
        "handshake, (4) key and network work with another HTTP API of the service"
    )


def key_refused(status: int, reason: str, key: Key, endpoint: Endpoint) -> AuthenticationError:
    """The error for a handshake refused with 401 or 403; the body may name a cause beside the key."""
    row = explain_status(status, reason)
    remedy = key_remedy(key, endpoint) if row is None or _KEY_RULE in row.rules else _advice(row)
    return AuthenticationError(status, reason, key_given=not key.is_stand_in, remedy=remedy)


# --- what is known of the service's failures

_KEY_RULE: Final = "HDR-02"
_KEY_CLOSES: Final = frozenset({3000, 3003})  # unauthorized and forbidden, in the registry of close codes


def _advice(row: ServiceError) -> str:
    return f"{row.cause} {row.remedy}".strip()


def _known(error: SpeechError) -> ServiceError | None:
    if isinstance(error, TaskFailed):
        return explain_error(error.error_code, error.error_message)
    if isinstance(error, HandshakeError):
        return explain_status(error.status, error.reason)
    if isinstance(error, ConnectionLost) and not isinstance(error, ConnectionFailed):
        return explain_close(error.code, error.reason)
    return None


def explained(error: SpeechError, key_remedy: str) -> SpeechError:
    """The same error with cause, remedy and rules of the catalog, where it knows them and the error has no remedy.

    `key_remedy` is the remedy where the key is at fault.
    """
    row = None if error.remedy else _known(error)
    if isinstance(error, ConnectionLost) and error.code in _KEY_CLOSES and not error.remedy:
        error.remedy = key_remedy
        error.rules = (*error.rules, _KEY_RULE)
    elif row is not None:
        error.remedy = key_remedy if _KEY_RULE in row.rules else _advice(row)
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
