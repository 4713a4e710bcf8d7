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
from typing import TYPE_CHECKING, TypeAlias

from ttsprep.likeness import likeness, suggest

if TYPE_CHECKING:
    from ttsprep.catalog import ApiRule
    from ttsprep.catalog import ServiceError as Explanation
    from ttsprep.diagnostics import Rule

    Fact: TypeAlias = Explanation | ApiRule | Rule

__all__ = ["explain", "explain_close", "explain_error", "explain_status", "facts", "nearest", "nearest_code"]

# Patterns as text: `re` compiles and keeps them when they are first used, not when ttsprep is imported.
_WORD = r"\w[\w.-]*"
_COMPANY = {"and", "close", "code", "codes", "engine", "error", "errors", "http", "or", "status"}
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
_CODE = r"(?<![A-Za-z0-9])([A-Za-z]{3})[-_]?(\d{2,3})(?![A-Za-z0-9])"  # PAR006 is ours, PAR-06 of the API page
_ALMOST_CODE = r"(?<![A-Za-z0-9])[A-Za-z]{2,4}[-_ ]?\d{1,4}(?![A-Za-z0-9])"
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
    Bare numbers are looked up as engine codes (418), HTTP statuses (401) and close codes (1007). What says little
    by itself (InvalidParameter) is named only where nothing more particular is found. Empty: nothing is known of it;
    `nearest` then finds what is alike.
    """
    return [error for _, error in _failures(_unescaped(said))]


def facts(said: str | int) -> list[Fact]:
    """Everything that is known of a text, in the order in which it stands there: failures of the service as `explain`
    finds them, numbered rules of the API page (FLW-02) and our own diagnostics (PAR006), their codes in any case.

    >>> [type(fact).__name__ for fact in facts("script.md:3:5: PAR006 error: …; see flw-02, HTTP 401")]
    ['Rule', 'ApiRule', 'ServiceError']
    """
    text = _unescaped(said)
    found: list[tuple[int, Fact]] = [*_failures(text), *_codes_of_rules(text)]
    found.sort(key=lambda hit: hit[0])
    return list({id(fact): fact for _, fact in found}.values())


def _unescaped(said: str | int) -> str:
    return re.sub(_ESCAPE, lambda escape: chr(int(escape[1], 16)), str(said))


def _failures(text: str) -> list[tuple[int, Explanation]]:
    found = [*_bare_numbers(text), *_mentioned(text)]
    found.sort(key=lambda hit: hit[0])
    first = {error.id: (at, error) for at, error in reversed(found)}
    in_order = sorted(first.values(), key=lambda hit: hit[0])
    return [hit for hit in in_order if not hit[1].general] or in_order


def _bare_numbers(text: str) -> Iterator[tuple[int, Explanation]]:
    """Numbers count by themselves where the text is nothing but codes."""
    tokens = [(found.start(), found[0].rstrip(".-")) for found in re.finditer(_WORD, text)]
    codes = _COMPANY.union(*(map(str.casefold, error.error_codes) for error in _errors()))
    code = rf"\d{{3,4}}|{_CODE}"
    if not all(word.casefold() in codes or re.fullmatch(code, word) for _, word in tokens):
        return
    for at, word in tokens:
        for error in _errors():
            if word.isdecimal() and int(word) in (error.engine_code, *error.http_statuses, *error.close_codes):
                yield at, error


def _codes_of_rules(text: str) -> Iterator[tuple[int, ApiRule | Rule]]:
    from ttsprep import catalog
    from ttsprep.rules import all_rules

    for found in re.finditer(_CODE, text):
        family, number = found[1].upper(), found[2]
        rule = all_rules().get(family + number) or catalog.api_rules().get(f"{family}-{number}")
        if rule is not None:
            yield found.start(), rule


def nearest_code(said: str) -> str | None:
    """The code of a rule that something in the text is nearly.

    >>> nearest_code("what is FWL-02"), nearest_code("PAR6"), nearest_code("2 bad eggs")
    ('FLW-02', 'PAR-06', None)
    """
    from ttsprep import catalog
    from ttsprep.rules import all_rules

    codes = [*catalog.api_rules(), *all_rules()]
    near = (suggest(found[0], codes) for found in re.finditer(_ALMOST_CODE, said[:_LONGEST]))
    return next(filter(None, near), None)


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
