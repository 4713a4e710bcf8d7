"""Settings files: TOML or JSON → plain values, each with its place.

>>> file, found = SettingsFile.parse(Source('rate = 1.2\\nrate = 1.4', "voice.toml"))
>>> file is None, str(found[0])
(True, 'PAR021 error: rate stands twice')
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from ttsprep.diagnostics import Diagnostic, Span, has_errors
from ttsprep.rules import duplicate_setting, settings_syntax
from ttsprep.settings.paths import Path, Place, field_name
from ttsprep.source import Source

__all__ = ["SettingsFile"]

_TOML_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TOO_DEEP = "nested too deeply"


@dataclass(frozen=True, slots=True, eq=False)
class SettingsFile:
    """The values of a settings file, and where each of them stands in it."""

    source: Source
    values: Mapping[str, Any]
    places: Mapping[Path, Place]

    @classmethod
    def read(cls, path: str | FilePath) -> tuple[SettingsFile | None, tuple[Diagnostic, ...]]:
        """The settings in a TOML or JSON file; ``None`` with errors if it cannot be read as one.

        A file that is named neither .toml nor .json is taken for JSON if it begins with a brace. Raises OSError.
        """
        source, found = Source.read(path)
        return (None, found) if has_errors(found) else cls.parse(source)

    @classmethod
    def parse(cls, source: Source) -> tuple[SettingsFile | None, tuple[Diagnostic, ...]]:
        """As `read`, from a text; the name of the source tells TOML from JSON."""
        from ttsprep.settings.places import SCANNERS  # its patterns take a while to compile

        kind = _kind(source)
        places = SCANNERS[kind](source.text)
        found = [_duplicate(*twice) for twice in places.duplicates]
        try:
            values = json.loads(source.text) if kind == "json" else tomllib.loads(source.text)
        except (ValueError, RecursionError) as error:
            return None, tuple(found or [_broken(source, error)])
        if not isinstance(values, dict):
            whole = settings_syntax.RULE.at(
                Span(0, len(source.text)), "settings are a JSON object, not a list or value"
            )
            return None, (whole,)
        return (None, tuple(found)) if found else (cls(source, values, places.at), ())


def _kind(source: Source) -> str:
    suffix = FilePath(source.name).suffix.lower().removeprefix(".")
    if suffix in ("json", "toml"):
        return suffix
    return "json" if source.text.lstrip().startswith("{") else "toml"


def _duplicate(path: Path, key: Span) -> Diagnostic:
    return duplicate_setting.RULE.at(key, f"{field_name(path)} stands twice", field=field_name(path))


def _broken(source: Source, error: ValueError | RecursionError) -> Diagnostic:
    """The parser's words at the parser's place."""
    if isinstance(error, json.JSONDecodeError):
        return settings_syntax.RULE.at(_one(source, error.pos), f"not valid JSON: {_lower(error.msg)}")
    if isinstance(error, tomllib.TOMLDecodeError):
        words = str(error)
        place = _TOML_POSITION.search(words)
        return settings_syntax.RULE.at(
            _one(source, _toml_offset(source.text, place)),
            f"not valid TOML: {_lower(_TOML_POSITION.sub('', words))}",
        )
    words = _TOO_DEEP if isinstance(error, RecursionError) else _lower(str(error))
    return settings_syntax.RULE.at(_one(source, 0), f"not readable: {words}")


def _toml_offset(text: str, place: re.Match[str] | None) -> int:
    if place is None or place[1] is None:
        return len(text)
    before = text.split("\n")[: int(place[1]) - 1]
    return sum(map(len, before)) + len(before) + int(place[2]) - 1


def _one(source: Source, offset: int) -> Span:
    """One character, or none at the end of the text."""
    size = len(source.text)
    return Span(min(offset, size), min(offset + 1, size))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
