"""Settings files: TOML or JSON → plain values, each with its place.

>>> file, found = SettingsFile.parse(Source('rate = 1.2\\nrate = 1.4', "voice.toml"))
>>> dict(file.values), str(found[0])
({'rate': 1.2}, 'PAR021 error: rate stands twice')
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from ttsprep.diagnostics import Diagnostic, Span, has_errors
from ttsprep.rules import duplicate_setting, settings_syntax
from ttsprep.settings.masking import masked
from ttsprep.settings.paths import Path, Place, field_name
from ttsprep.source import Source

__all__ = ["SettingsFile"]

_TOML_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TOML_NAMES = re.compile(r"\('[^()]*'\)|\('[^()]*',\)")
_DEEPEST = 16
_TOO_DEEP = "nested too deeply"


@dataclass(frozen=True, slots=True, eq=False)
class SettingsFile:
    """The values of a settings file, and where each of them stands in it.

    `findings` are errors all the same: keys that stand twice, of which `values` has the first.
    """

    source: Source
    values: Mapping[str, Any]
    places: Mapping[Path, Place]
    findings: tuple[Diagnostic, ...] = ()

    @classmethod
    def read(cls, path: str | FilePath) -> tuple[SettingsFile | None, tuple[Diagnostic, ...]]:
        """The settings in a TOML or JSON file; ``None`` with errors if it cannot be read as one.

        A file that is named neither .toml nor .json is taken for JSON if it begins with a brace. Raises OSError.
        """
        source, found = Source.read(path, remedy="settings files are always UTF-8: save it as UTF-8")
        return (None, _in_file(source, found)) if has_errors(found) else cls.parse(source)

    @classmethod
    def parse(cls, source: Source) -> tuple[SettingsFile | None, tuple[Diagnostic, ...]]:
        """As `read`, from a text; the name of the source tells TOML from JSON.

        With a file the diagnostics are its `findings`, which `TaskSettings.check` repeats.
        """
        from ttsprep.settings.places import SCANNERS  # its patterns take a while to compile

        kind = _kind(source)
        places = SCANNERS[kind](source.text)
        twice = _outermost(places.duplicates)
        found = [_duplicate(path, key) for path, key in twice]
        try:
            values = _json(source.text) if kind == "json" else _toml(source.text, twice, places.at)
        except (ValueError, RecursionError) as error:
            return None, _in_file(source, [*found, _broken(source, error)])
        if not isinstance(values, dict):
            what = "settings are a JSON object, not a list or value"
            return None, _in_file(source, [settings_syntax.RULE.at(Span(0, len(source.text)), what)])
        findings = _in_file(source, found)
        return cls(source, values, places.at, findings), findings


def _kind(source: Source) -> str:
    suffix = FilePath(source.name).suffix.lower().removeprefix(".")
    if suffix in ("json", "toml"):
        return suffix
    return "json" if source.text.lstrip().startswith("{") else "toml"


def _in_file(source: Source, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(dataclasses.replace(one, file=source.name) for one in found)


def _outermost(duplicates: Sequence[tuple[Path, Span]]) -> list[tuple[Path, Span]]:
    """Without what only stands twice because something around it does."""
    paths = {path for path, _ in duplicates}
    return [
        (path, key)
        for path, key in duplicates
        if paths.isdisjoint(path[:depth] for depth in range(1, min(len(path), _DEEPEST)))
    ]


def _json(text: str) -> Any:
    def first_wins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        first: dict[str, Any] = {}
        for name, value in pairs:
            first.setdefault(name, value)
        return first

    return json.loads(text, object_pairs_hook=first_wins)


def _toml(text: str, duplicates: Iterable[tuple[Path, Span]], known: Iterable[Path]) -> dict[str, Any]:
    """What a TOML text holds. Its reader stops at duplicates: they are read under spare names of the same length."""
    names = {name for path in known for name in path}
    renamed = []
    for path, key in duplicates:
        spare = next((name for name in _spare_names(len(key)) if name not in names), key.of(text))
        names.add(spare)
        text = text[: key.start] + spare + text[key.end :]
        renamed.append((*path[:-1], spare))
    values = tomllib.loads(text)
    for path in renamed:
        _drop(values, path)
    return values


def _spare_names(length: int) -> Iterator[str]:
    return map("".join, itertools.product(string.ascii_letters + string.digits, repeat=length))


def _drop(values: Any, path: Path) -> None:
    for part in path[:-1]:
        values = values[part]
    del values[path[-1]]


def _duplicate(path: Path, key: Span) -> Diagnostic:
    name = masked(field_name(path))
    return duplicate_setting.RULE.at(key, f"{name} stands twice", field=name)


def _broken(source: Source, error: ValueError | RecursionError) -> Diagnostic:
    """The parser's words at the parser's place."""
    if isinstance(error, json.JSONDecodeError):
        return settings_syntax.RULE.at(_one(source, error.pos), f"not valid JSON: {_lower(error.msg)}")
    if isinstance(error, tomllib.TOMLDecodeError):
        words = str(error)
        place = _TOML_POSITION.search(words)
        return settings_syntax.RULE.at(
            _one(source, _toml_offset(source.text, place)),
            f"not valid TOML: {masked(_lower(_TOML_NAMES.sub(_dotted, _TOML_POSITION.sub('', words))))}",
        )
    words = _TOO_DEEP if isinstance(error, RecursionError) else _lower(str(error))
    return settings_syntax.RULE.at(_one(source, 0), f"not readable: {words}")


def _toml_offset(text: str, place: re.Match[str] | None) -> int:
    if place is None or place[1] is None:
        return len(text)
    before = text.split("\n")[: int(place[1]) - 1]
    return sum(map(len, before)) + len(before) + int(place[2]) - 1


def _dotted(names: re.Match[str]) -> str:
    """The reader names a table as Python writes a tuple."""
    return ".".join(re.findall("'(.*?)'", names[0]))


def _one(source: Source, offset: int) -> Span:
    """One character, or none at the end of the text."""
    size = len(source.text)
    return Span(min(offset, size), min(offset + 1, size))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
