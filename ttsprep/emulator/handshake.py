"""The opening handshake: who is let in, and what the others are told (URL-01 to URL-03, HDR-01, HDR-02)."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from ttsprep.catalog import default_region
from ttsprep.emulator.findings import Finding
from ttsprep.sender.key import Key, KeyFault

__all__ = ["PATH", "Refusal", "Request", "check", "key_of", "redactor"]

PATH: Final = urlsplit(default_region().url).path
"""Where the service listens; one trailing slash more is fine."""

_CREDENTIAL_NAMES = frozenset(
    {"authorization", "auth", "api-key", "api_key", "apikey", "x-api-key", "key"}
    | {"token", "access_token", "bearer", "credential", "credentials"}
)


_LIKE_A_KEY = re.compile(r"sk-[\w%-]+")


@dataclass(frozen=True, slots=True)
class Request:
    """What the checks look at. `websocket` says whether an upgrade was asked for."""

    method: str
    target: str
    authorization: Sequence[str]
    websocket: bool

    @property
    def path(self) -> str:
        """The path; what looks like a key in it is blacked out."""
        return _LIKE_A_KEY.sub("[key]", self.target.partition("?")[0])

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP answer: the status, the service's code and message, and the finding to log: what was found, what the
    rules ask, what to do.
    """

    status: int
    code: str
    message: str
    rules: tuple[str, ...]
    found: str
    says: str
    remedy: str

    def body(self, request_id: str) -> str:
        """The JSON that the service's HTTP side answers; `hint` is ours."""
        body = {"code": self.code, "message": self.message, "request_id": request_id}
        return json.dumps(body | {"hint": f"[emulator] {self.found}; {self.remedy}"})

    def finding(self, connection: int) -> Finding:
        return Finding(self.rules, self.found, self.remedy, connection=connection, says=self.says)


def key_of(authorization: Sequence[str]) -> str:
    """The key of an Authorization header, or an empty string where there is none in the right form.

    >>> key_of(["bearer sk-1"]), key_of(["Bearersk-1"]), key_of(["Bearer  "])
    ('sk-1', '', '')
    """
    if len(authorization) != 1:
        return ""
    scheme, _, key = authorization[0].strip().partition(" ")
    return key if scheme.lower() == "bearer" and key and not any(map(str.isspace, key)) else ""


_SHORTEST_KEY: Final = 6


def redactor(key: str) -> Callable[[str], str]:
    """What takes the key of a client out of a text, also where JSON escapes it; what is too short for a key is none.

    >>> redactor("sk-123")("Bearer sk-123"), redactor("any")("any text")
    ('Bearer [key]', 'any text')
    """
    if len(key) < _SHORTEST_KEY:
        return str
    try:
        return Key(key).redact
    except KeyFault:
        return lambda text: text.replace(key, "[key]")


def check(request: Request, required_key: str | None) -> Refusal | None:
    """The refusal that a request gets, or None where it is let in."""
    for ask in (_is_plain_http, _has_credentials_in_url, _is_elsewhere, _has_no_key):
        if refusal := ask(request):
            return refusal
    if required_key is not None and not hmac.compare_digest(
        key_of(request.authorization).encode(), required_key.encode()
    ):
        return Refusal(
            403,
            "AccessDenied",
            "Access denied.",
            ("HDR-02",),
            "the API key is not the one that this emulator asks for",
            "a key that is not allowed is refused in the handshake",
            "send the key of --require-key-file",
        )
    return None


def _is_plain_http(request: Request) -> Refusal | None:
    if request.websocket:
        return None
    return Refusal(
        400,
        "InvalidParameter",
        "url error, please check url",
        ("URL-01",),
        f"a plain HTTP {request.method} request",
        "the endpoint is a WebSocket",
        "open a WebSocket: the service has no HTTP interface",
    )


def _has_credentials_in_url(request: Request) -> Refusal | None:
    for name, value in parse_qsl(request.query, keep_blank_values=True):
        if name.lower() in _CREDENTIAL_NAMES or value.lower().startswith(("bearer", "sk-")):
            return Refusal(
                401,
                "InvalidApiKey",
                "No API-key provided.",
                ("URL-02",),
                "credentials in the query string",
                "the URL carries no credentials",
                'send "Authorization: Bearer KEY" in the headers of the handshake, and nothing in the URL',
            )
    return None


def _is_elsewhere(request: Request) -> Refusal | None:
    if request.path in (PATH, PATH + "/") and not request.query:
        return None
    what = "query parameters" if request.path in (PATH, PATH + "/") else f"the path {request.path!r}"
    return Refusal(
        404,
        "InvalidParameter",
        "url error, please check url",
        ("URL-03",),
        what,
        "the URL has no further path segment and no query",
        f"connect to {PATH}; the model is named in payload.model of run-task",
    )


def _has_no_key(request: Request) -> Refusal | None:
    if key_of(request.authorization):
        return None
    return Refusal(
        401,
        "InvalidApiKey",
        "No API-key provided." if not request.authorization else "Invalid API-key provided.",
        ("HDR-01", "HDR-02"),
        _what_is_wrong(request.authorization),
        "the handshake carries the header Authorization: Bearer KEY",
        'send "Authorization: Bearer KEY", with one space, in the handshake',
    )


_FORMS: Sequence[tuple[str, Callable[[Sequence[str]], bool]]] = (
    ("no Authorization header", lambda headers: not headers),
    ("several Authorization headers", lambda headers: len(headers) > 1),
    ("an Authorization without a key", lambda headers: headers[0].strip().lower() in ("", "bearer")),
    ("no space between bearer and the key", lambda headers: headers[0].strip().lower().find(" ") < 0),
    ("more than one space in Authorization", lambda headers: headers[0].strip().lower().startswith("bearer ")),
    ("an Authorization that is not a bearer key", lambda _headers: True),
)


def _what_is_wrong(authorization: Sequence[str]) -> str:
    """Which form it has; never its content."""
    return next(words for words, fits in _FORMS if fits(authorization))
