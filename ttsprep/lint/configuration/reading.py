"""Configuration files: where they are, what they say, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, Final

from ttsprep.diagnostics import Diagnostic, Fix, Span, has_errors
from ttsprep.likeness import suggest
from ttsprep.lint.configuration.keys import KEYS
from ttsprep.lint.configuration.shapes import Fault, Keys
from ttsprep.lint.selection import selectors_known
from ttsprep.rules import invalid_configuration_value, unknown_configuration_key, unknown_rule_selected
from ttsprep.settings import SettingsFile
from ttsprep.settings.draft import quoted
from ttsprep.settings.paths import Path, Place, field_name
from ttsprep.source import Source

__all__ = ["NAMES", "PYPROJECT", "Layer", "find_file", "from_options", "parse_layer", "read_layer"]

PYPROJECT: Final = "pyproject.toml"
NAMES: Final = ("ttsprep.toml", ".ttsprep.toml", PYPROJECT)
"""Names of configuration files; of several in one folder the first counts."""
_TABLE: Final = ("tool", "ttsprep")


@dataclass(frozen=True)
class Layer:
    """What one file, or the command line, says: values under their keys, and where each stands."""

    values: Mapping[str, Any]
    base: FilePath
    """The folder that paths and patterns in it are relative to."""
    source: Source | None = None
    places: Mapping[Path, Place] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)
    """Key → option, for what the command line says."""

    def origin(self, path: Path) -> str:
        """Where the value of a path was said: ``ttsprep.toml:3:1``, or the name of an option."""
        if self.source is None:
            return self.flags.get(str(path[0]), "command line")
        place = next(
            (self.places[path[:depth]] for depth in range(len(path), 0, -1) if path[:depth] in self.places), None
        )
        if place is None:
            return self.source.name
        line, column = self.source.position((place.key or place.value).start)
        return f"{self.source.name}:{line}:{column}"

    def span(self, path: Path, *, at_key: bool = False) -> Span | None:
        """Where a value (or its key) stands in the source."""
        place = self.places.get(path)
        if place is None:
            return None
        return place.key if at_key and place.key is not None else place.value


def find_file(folder: FilePath) -> FilePath | None:
    """The configuration that counts for files in a folder: the nearest one, in it or above it.

    A pyproject.toml counts where it has a table ``[tool.ttsprep]``.
    """
    for each in (folder, *folder.parents):
        for name in NAMES:
            path = each / name
            if path.is_file() and (name != PYPROJECT or _mentions_us(path)):
                return path
    return None


def _mentions_us(path: FilePath) -> bool:
    """Whether a pyproject.toml configures us. One that is damaged does if it seems to."""
    import tomllib

    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return False
    if "ttsprep" not in text:
        return False
    try:
        tool = tomllib.loads(text).get("tool")
    except (tomllib.TOMLDecodeError, RecursionError):
        return "tool.ttsprep" in text
    return isinstance(tool, dict) and "ttsprep" in tool


def read_layer(path: FilePath) -> tuple[Layer | None, tuple[Diagnostic, ...], Source]:
    """The layer of a configuration file, or ``None`` with errors; the source is for showing them. Raises OSError."""
    source, found = Source.read(path, remedy="configuration is always UTF-8: save it as UTF-8")
    if has_errors(found):
        return None, found, source
    layer, found = parse_layer(source, path.resolve().parent)
    return layer, found, source


def parse_layer(source: Source, base: FilePath) -> tuple[Layer | None, tuple[Diagnostic, ...]]:
    """The layer that a text is, checked key by key; one that is named pyproject.toml has it in ``[tool.ttsprep]``."""
    file, found = SettingsFile.parse(source)
    if file is None:
        return None, found
    prefix = _TABLE if FilePath(source.name).name == PYPROJECT else ()
    values: Any = file.values
    for name in prefix:
        values = values.get(name, {}) if isinstance(values, Mapping) else values
    places = {path[len(prefix) :]: place for path, place in file.places.items() if path[: len(prefix)] == prefix}
    layer = Layer(values if isinstance(values, Mapping) else {}, base, source, places)
    found += tuple(_diagnostics(layer, values))
    return (None if has_errors(found) else layer), found


def from_options(options: Mapping[str, tuple[str, Any]], base: FilePath) -> tuple[Layer, tuple[Diagnostic, ...]]:
    """The layer of the command line: key → option and value."""
    layer = Layer(
        {key: value for key, (_, value) in options.items()},
        base,
        flags={key: flag for key, (flag, _) in options.items()},
    )
    return layer, tuple(_diagnostics(layer, layer.values))


def _diagnostics(layer: Layer, values: Any) -> Iterator[Diagnostic]:
    shapes = Keys(lambda: {name: key.shape for name, key in KEYS.items()})
    return (_diagnostic(layer, fault, values) for fault in shapes.faults((), values))


def _diagnostic(layer: Layer, fault: Fault, values: Any) -> Diagnostic:
    value = _value(values, fault.path)
    word = str(fault.path[-1]) if fault.at_key else value
    near = suggest(word, fault.known) if isinstance(word, str) and fault.known else None
    hint = f"; did you mean {near!r}?" if near else ""
    span = layer.span(fault.path, at_key=fault.at_key)
    fix = None if near is None or span is None else _fix(layer, span, near)
    name = field_name(fault.path) or "configuration"
    file = layer.source.name if layer.source else ""
    if not fault.wanted:
        known = "" if near else f" (known: {', '.join(fault.known)})"
        found = unknown_configuration_key.RULE.at(span, f"there is no key {name}{hint or known}", fix=fix, field=name)
    elif isinstance(word, str) and fault.known == selectors_known():
        found = unknown_rule_selected.RULE.at(span, f"{quoted(word)} stands for no rule{hint}", fix=fix, field=name)
    else:
        what = f"{name} is {quoted(value)}, not {fault.wanted}{hint}"
        found = invalid_configuration_value.RULE.at(span, what, fix=fix, field=name)
    return _in_file(found, file)


def _in_file(found: Diagnostic, file: str) -> Diagnostic:
    from dataclasses import replace

    return replace(found, file=file)


def _fix(layer: Layer, span: Span, near: str) -> Fix:
    assert layer.source is not None, "what has a span has a source"
    old = span.of(layer.source.text)
    new = f"{old[0]}{near}{old[0]}" if old[:1] in "\"'" else near
    return Fix.replace(span, new, safe=False, title=f"write {new}")


def _value(values: Any, path: Path) -> Any:
    for part in path:
        values = values[part]
    return values
