"""Where the service is: which URLs are taken, and why others are not (URL-01 to URL-03)."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from ttsprep import catalog

__all__ = ["Endpoint", "EndpointFault"]

_PORTS = {"ws": 80, "wss": 443}
_LONGEST_LABEL = 63
_LONGEST_HOST = 253
_LARGEST_PORT = 65_535


class EndpointFault(ValueError):
    """A URL that is not used. `rules` are the API rules it breaks; the message shows no credentials."""

    def __init__(self, reason: str, rules: tuple[str, ...]) -> None:
        super().__init__(reason, rules)
        self.reason, self.rules = reason, rules

    def __str__(self) -> str:
        return f"{self.reason} [{', '.join(self.rules)}]"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A checked URL and its parts.

    >>> Endpoint.parse("wss://dashscope-intl.aliyuncs.com/api-ws/v1/inference/").host
    'dashscope-intl.aliyuncs.com'
    >>> Endpoint.parse("ws://example.com/api-ws/v1/inference")
    Traceback (most recent call last):
    ...
    ttsprep.sender.endpoint.EndpointFault: ws:// sends the API key in the open: only to this machine, not to \
example.com; use wss:// [URL-01]
    """

    url: str
    host: str
    port: int
    secure: bool

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine."""
        return _is_loopback(self.host)

    @property
    def origin(self) -> str:
        """The same host for plain HTTPS requests."""
        return f"https://{urlsplit(self.url).netloc}"

    @classmethod
    def parse(cls, url: str) -> Endpoint:
        """The endpoint of a URL. Raises EndpointFault where the API page, or safety, forbids it."""
        parts = _split(url)
        for check in (_scheme, _host, _port, _open, _credentials, _query, _path):
            check(parts)
        return cls(url, parts.hostname or "", parts.port or _PORTS[parts.scheme], parts.scheme == "wss")


def _split(url: str) -> SplitResult:
    if not url.isascii() or any(character <= " " or character == "\x7f" for character in url):
        raise EndpointFault("a URL has no spaces, control characters or characters beyond ASCII", ("URL-01",))
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if not parts.scheme or "://" not in url:
        raise EndpointFault(f"not a URL; the service is at {_default_url()}", ("URL-01",))
    return parts


def _scheme(parts: SplitResult) -> None:
    if parts.scheme not in _PORTS:
        local = ", and an emulator on this machine by ws://" if _is_loopback(parts.hostname or "") else ""
        raise EndpointFault(f"the service is reached by wss://{local}, not by {parts.scheme}://", ("URL-01",))


def _host(parts: SplitResult) -> None:
    """Names that the system's resolver, the TLS library or the handshake would stumble over."""
    host = parts.hostname or ""
    if not host:
        raise EndpointFault(f"the URL names no host; the service is at {_default_url()}", ("URL-01",))
    if ":" in host:  # IPv6; urlsplit has looked at the brackets
        return
    labels = host.removesuffix(".").split(".")
    if len(host) > _LONGEST_HOST or not all(0 < len(label) <= _LONGEST_LABEL for label in labels):
        why = f"its parts have 1 to {_LONGEST_LABEL} characters, all together up to {_LONGEST_HOST}"
        raise EndpointFault(f"no host can have this name: {why}", ("URL-01",))


def _port(parts: SplitResult) -> None:
    try:
        fits = parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise EndpointFault(f"the port of {parts.hostname} is not a number from 1 to {_LARGEST_PORT}", ("URL-01",))


def _open(parts: SplitResult) -> None:
    if parts.scheme == "ws" and not _is_loopback(parts.hostname or ""):
        where = f"only to this machine, not to {parts.hostname}"
        raise EndpointFault(f"ws:// sends the API key in the open: {where}; use wss://", ("URL-01",))


def _credentials(parts: SplitResult) -> None:
    if "@" in parts.netloc:
        raise EndpointFault(
            f"credentials before the host {parts.hostname}: the key goes into the handshake", ("URL-02",)
        )


def _query(parts: SplitResult) -> None:
    if parts.query or parts.fragment:
        what = "a query: the key goes into the handshake, the model into run-task"
        raise EndpointFault(f"the URL of {parts.hostname} has {what}", ("URL-02", "URL-03"))


def _path(parts: SplitResult) -> None:
    path = urlsplit(_default_url()).path
    if parts.path not in (path, path + "/"):
        instead = f", not {parts.path}" if parts.path else "; this URL has none"
        raise EndpointFault(f"the path after host and port is {path}{instead}", ("URL-03",))


def _default_url() -> str:
    return catalog.default_region().url


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
