"""What the service answered → why, and what to do.

    >>> for found in explain("[tts:]Engine return error code: 418"):
    ...     print(found.id, "-", found.title)
    voice-not-of-model - the voice does not fit the model
    >>> [found.id for found in explain("websockets: received 1007 (invalid frame payload data)")]
    ['refused-message']
    >>> [found.id for found in explain(401)]
    ['bad-key']
    >>> explain("it is broken")
    []

The text may be a code, a message, a whole log or the JSON of an event; nothing of it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ttsprep.likeness import likeness

if TYPE_CHECKING:
    from ttsprep.catalog import ServiceError as Explanation

__all__ = ["explain", "explain_close", "explain_error", "explain_status", "nearest"]

# Patterns as text: `re` compiles and keeps them when they are first used, not when ttsprep is imported.
_NUMBER = r"(?i)\W*(?:(?:close|code|error|http|status|engine)\W*)*(\d{3,4})\W*"
_STATUS = (
    r"(?im)\bHTTP(?:/\d(?:\.\d)?)?(?:\s+(?:status(?:\s+code)?|error))?\W{0,3}([1-5]\d\d)\b"
    r"|\bstatus(?:[ _-]?code)?\W{0,3}([1-5]\d\d)\b"
    r"|\b(?:WebSocketBadStatus|InvalidStatus)\w*\W+(?:[A-Za-z]+\W+){0,6}([1-5]\d\d)\b"
    r"|^[^\w\n]{0,9}([1-5]\d\d)\s+(?=[A-Z][a-z]+)"
    r"|\b(?:response|error)\W{0,3}([1-5]\d\d)\b"
)
_CLOSE = (
    r"(?im)\b(?:clos(?:e|ed|ing|ure)|code|received|sent|reason|websocket)\b[^\d\n]{0,20}\b(10(?:0\d|1[0-5]))\b"
    r"|^[^\w\n]{0,9}(10(?:0\d|1[0-5]))\s*(?=[A-Za-z(:,])"
)
_ESCAPE = r"\\u([0-9a-fA-F]{4})"
_ENOUGH_ALIKE = 0.6
_LONGEST = 200


def _errors() -> tuple[Explanation, ...]:
    # Imported late: `import ttsprep` brings this module with it.
    from ttsprep import catalog

    return catalog.errors()


def explain(said: str | int) -> list[Explanation]:
    """Everything that is known of what the service said, in the order in which it stands there.

    An explanation is a row of the catalog: title, cause, remedy, numbered rules, source and how sure that is.
    A bare number is looked up as an engine code (418), an HTTP status (401) and a close code (1007). What says little
    by itself (InvalidParameter) is named only where nothing more particular is found. Empty: nothing is known of it;
    `nearest` then finds what is alike.
    """
    text = re.sub(_ESCAPE, lambda escape: chr(int(escape[1], 16)), str(said))
    number = re.fullmatch(_NUMBER, text)
    found = [] if number is None else [(0, error) for error in _with_number(int(number[1]))]
    found += _mentioned(text)
    found.sort(key=lambda hit: hit[0])
    errors = list(dict.fromkeys(error.id for _, error in found))
    known = {error.id: error for _, error in found}
    particular = [known[name] for name in errors if not known[name].general]
    return particular or [known[name] for name in errors]


def _with_number(number: int) -> Iterator[Explanation]:
    for error in _errors():
        if number == error.engine_code or number in error.http_statuses or number in error.close_codes:
            yield error


def _mentioned(text: str) -> Iterator[tuple[int, Explanation]]:
    """Where each failure is first mentioned, by its words, its code or a number in its usual company."""
    statuses, closes = list(_numbers(_STATUS, text)), list(_numbers(_CLOSE, text))
    for error in _errors():
        places = [at for at, number in statuses if number in error.http_statuses]
        places += [at for at, number in closes if number in error.close_codes]
        words = re.search(error.message, text) if error.message else None
        places += [words.start()] if words else []
        places += _codes(error.error_codes, text)
        if places:
            yield min(places), error


def _numbers(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(pattern, text):
        yield found.start(), int(next(filter(None, found.groups())))


def _codes(codes: Iterable[str], text: str) -> list[int]:
    """Where error codes stand as words of their own: not ``Throttling`` in ``Throttling.RateQuota``."""
    found = [re.search(rf"(?<![\w.]){re.escape(code)}(?!\.?\w)", text) for code in codes]
    return [place.start() for place in found if place]


def explain_error(code: str, message: str = "") -> Explanation | None:
    """What a task-failed event means: its ``error_code`` and ``error_message``. ``None``: not known.

    >>> explain_error("InvalidParameter", "SSML text is not supported at the moment!").rules
    ('SSM-01', 'SSM-02')
    >>> explain_error("InvalidParameter").id
    'invalid-parameter'
    """
    said = explain(message) if message else []
    particular = next((error for error in said if not error.general), None)
    return particular or next((error for error in _errors() if code in error.error_codes), None)


def explain_close(code: int, reason: str = "") -> Explanation | None:
    """What the close code and reason of a connection mean; the reason decides where it says something.

    >>> explain_close(1007).id, explain_close(1007, "task can not be null").id
    ('refused-message', 'no-input')
    """
    by_reason = explain_error("", reason) if reason else None
    return by_reason or next((error for error in _errors() if code in error.close_codes), None)


def explain_status(status: int, body: str = "") -> Explanation | None:
    """What the HTTP status (and body) of a refused handshake means.

    >>> explain_status(403).id
    'access-denied'
    """
    by_body = explain_error("", body) if body else None
    return by_body or next((error for error in _errors() if status in error.http_statuses), None)


def nearest(said: str, most: int = 3) -> list[Explanation]:
    """What is most like something that is not known, best first; empty where nothing is alike.

    >>> [found.id for found in nearest("engine could not speek with the voice")][0]
    'speak-failed'
    """
    said = said[:_LONGEST]

    def best(error: Explanation) -> float:
        return max(likeness(said, words) for words in (error.says, error.title, *error.error_codes))

    alike = sorted(((best(error), error) for error in _errors()), key=lambda pair: -pair[0])
    return [error for score, error in alike[:most] if score >= _ENOUGH_ALIKE]
