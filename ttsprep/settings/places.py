"""Where in a settings file each key and value stands.

The scanners walk over a text that a real parser has read already, so they only look for the ends of things; where that
parser has given up, they stop at the same fault and return what they have seen until then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ttsprep.diagnostics import Span
from ttsprep.settings.paths import Path, Place

__all__ = ["SCANNERS", "Places", "places_in_json", "places_in_toml"]

_DEEPEST = 16
"""How many tables of one dotted key get a place of their own: settings are at most four deep."""


@dataclass(slots=True)
class Places:
    """Every path with its place, and the keys that stand a second time in their table."""

    at: dict[Path, Place] = field(default_factory=dict)
    duplicates: list[tuple[Path, Span]] = field(default_factory=list)

    def put(self, path: Path, key: Span | None, value: Span) -> None:
        if path in self.at and key is not None:
            self.duplicates.append((path, key))
        self.at.setdefault(path, Place(key, value))


class _Lost(Exception):
    """What stands here is not what the scanner looks for: the text is faulty."""


# --- JSON

_JSON_SPACE = re.compile(r"[ \t\n\r]*+")
_JSON_SCALAR = re.compile(r"[^\s,\]}]++")
_JSON_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*+"')


def places_in_json(text: str) -> Places:
    """The places of a JSON text.

    >>> places_in_json('{"rate": 3}').at[("rate",)].value.of('{"rate": 3}')
    '3'
    """
    places = Places()
    try:
        _json_value(text, _skip(_JSON_SPACE, text, 0), (), None, places)
    except (_Lost, RecursionError):
        pass
    return places


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _match(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    found = pattern.match(text, at)
    if found is None:
        raise _Lost
    return found


def _json_value(text: str, start: int, path: Path, key: Span | None, places: Places) -> int:
    opening = text[start : start + 1]
    if opening == "{":
        end = _json_items(text, start, "}", lambda at, _: _json_member(text, at, path, places))
    elif opening == "[":
        end = _json_items(text, start, "]", lambda at, n: _json_value(text, at, (*path, n), None, places))
    else:
        end = _match(_JSON_STRING if opening == '"' else _JSON_SCALAR, text, start).end()
    places.put(path, key, Span(start, end))
    return end


def _json_items(text: str, start: int, closing: str, item: Callable[[int, int], int]) -> int:
    at, number = _skip(_JSON_SPACE, text, start + 1), 0
    while not text.startswith(closing, at):
        at = _skip(_JSON_SPACE, text, item(at, number))
        number += 1
        if text.startswith(",", at):
            at = _skip(_JSON_SPACE, text, at + 1)
        elif not text.startswith(closing, at):
            raise _Lost
    return at + 1


def _json_member(text: str, at: int, path: Path, places: Places) -> int:
    key = _match(_JSON_STRING, text, at)
    colon = _skip(_JSON_SPACE, text, key.end())
    if not text.startswith(":", colon):
        raise _Lost
    try:
        name = json.loads(key[0])
    except ValueError as error:
        raise _Lost from error
    return _json_value(text, _skip(_JSON_SPACE, text, colon + 1), (*path, name), Span(*key.span()), places)


# --- TOML

_BLANK = re.compile(r"[ \t]*+")
_BLANK_LINES = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_KEY = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'""")
_STRING = re.compile(
    r'''
      """ (?: [^"\\] | \\. | "(?!"") )*+ """ "{0,2}   # the closing quotes may follow up to two more
    | \'\'\' (?: [^'] | '(?!\'\') )*+ \'\'\' '{0,2}
    | "(?:[^"\\\n]|\\.)*+"
    | '[^'\n]*+'
    ''',
    re.VERBOSE | re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\#\r\n]++")  # numbers, booleans, times (which may hold a space)


@dataclass(slots=True)
class _Toml:
    """A scan of a TOML text. `elements`: how many tables each array of tables has so far."""

    text: str
    places: Places = field(default_factory=Places)
    elements: dict[Path, int] = field(default_factory=dict)

    def scan(self) -> None:
        table: Path = ()
        at = _skip(_BLANK_LINES, self.text, 0)
        while at < len(self.text):
            if self.text.startswith("[", at):
                table, at = self.header(at)
            else:
                at = self.member(at, table)
            at = _skip(_BLANK_LINES, self.text, at)

    def header(self, start: int) -> tuple[Path, int]:
        """A ``[table]`` or ``[[array of tables]]`` line: the path that follows belongs to."""
        many = self.text.startswith("[[", start)
        keys, at = self.dotted_key(start + (2 if many else 1))
        closing = "]]" if many else "]"
        if not self.text.startswith(closing, at):
            raise _Lost
        end = at + len(closing)
        path = self.resolve(tuple(name for name, _ in keys))
        key = keys[-1][1]
        if many:
            number = self.elements.get(path, 0)
            self.elements[path] = number + 1
            self.places.at.setdefault(path, Place(key, Span(start, end)))
            path = (*path, number)
        self.places.at.setdefault(path, Place(key, Span(start, end)))
        return path, end

    def resolve(self, names: tuple[str, ...]) -> Path:
        """The path that the names of a header mean: inside an array of tables, its last table."""
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self.elements:
                path = (*path, self.elements[path] - 1)
        return (*path, names[-1])

    def dotted_key(self, at: int) -> tuple[list[tuple[str, Span]], int]:
        keys = []
        while True:
            found = _match(_KEY, self.text, _skip(_BLANK, self.text, at))
            keys.append((_unquoted(found[0]), Span(*found.span())))
            at = _skip(_BLANK, self.text, found.end())
            if not self.text.startswith(".", at):
                return keys, at
            at += 1

    def member(self, at: int, table: Path) -> int:
        """A ``key = value``, also inside an inline table."""
        keys, at = self.dotted_key(at)
        if not self.text.startswith("=", at):
            raise _Lost
        path = (*table, *(name for name, _ in keys))
        end = self.value(_skip(_BLANK, self.text, at + 1), path, keys[-1][1])
        for depth, (_, key) in enumerate(keys[:-1][:_DEEPEST], len(table) + 1):
            self.places.at.setdefault(path[:depth], Place(key, Span(key.start, end)))
        return end

    def value(self, start: int, path: Path, key: Span | None) -> int:
        opening = self.text[start : start + 1]
        if opening == "[":
            end = self.items(start, "]", lambda at, number: self.value(at, (*path, number), None))
        elif opening == "{":
            end = self.items(start, "}", lambda at, _: self.member(at, path))
        elif opening in ('"', "'"):
            end = _match(_STRING, self.text, start).end()
        else:
            end = start + len(_match(_SCALAR, self.text, start)[0].rstrip(" \t"))
        self.places.put(path, key, Span(start, end))
        return end

    def items(self, start: int, closing: str, item: Callable[[int, int], int]) -> int:
        at, number = _skip(_BLANK_LINES, self.text, start + 1), 0
        while not self.text.startswith(closing, at):
            at = _skip(_BLANK_LINES, self.text, item(at, number))
            number += 1
            if self.text.startswith(",", at):
                at = _skip(_BLANK_LINES, self.text, at + 1)
            elif not self.text.startswith(closing, at):
                raise _Lost
        return at + 1


def _unquoted(key: str) -> str:
    if key[0] not in "\"'":
        return key
    import tomllib

    try:
        return str(tomllib.loads(f"key = {key}")["key"])
    except tomllib.TOMLDecodeError as error:
        raise _Lost from error


def places_in_toml(text: str) -> Places:
    """The places of a TOML text.

    >>> text = 'hot_fix.replace = [{ "今天" = "金天" }]'
    >>> places_in_toml(text).at[("hot_fix", "replace", 0, "今天")].value.of(text)
    '"金天"'
    """
    scan = _Toml(text)
    try:
        scan.scan()
    except (_Lost, RecursionError):
        pass
    return scan.places


SCANNERS: Mapping[str, Callable[[str], Places]] = {"json": places_in_json, "toml": places_in_toml}
