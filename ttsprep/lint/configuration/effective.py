"""What acts in the end: the layers of configuration laid over each other, each value with its origin."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Final

from ttsprep.diagnostics import Diagnostic, Severity, has_errors
from ttsprep.lint.configuration.keys import KEYS, MERGED, SETTINGS
from ttsprep.lint.configuration.reading import Layer, find_file, from_options, parse_layer, read_layer
from ttsprep.lint.model import CheckOptions, Kind
from ttsprep.lint.selection import Selection, match
from ttsprep.rules import invalid_configuration_value
from ttsprep.settings import SettingsFile, TaskSettings
from ttsprep.source import Source

if TYPE_CHECKING:
    from ttsprep.lexicon import Lexicon
    from ttsprep.markdown import MarkdownOptions

__all__ = ["Configuration", "Loaded", "Value", "check_configuration", "load"]

DEFAULT: Final = "default"


@dataclass(frozen=True)
class Value:
    """A value that acts, and where it was said: ``default``, an option, or a place in a file."""

    value: Any
    origin: str


@dataclass(frozen=True)
class Configuration:
    """What acts on files: every key of `KEYS`, with its value and its origin; those of tables as ``table.key``."""

    values: Mapping[str, Value]
    base: FilePath
    """The folder that patterns are relative to."""
    file: FilePath | None = None
    settings: TaskSettings | None = None
    """Those of the request; ``None`` where nothing is said of it, or its settings have errors."""
    project_files: tuple[tuple[FilePath, Kind], ...] = ()
    """The settings and lexicon files that are named."""

    def __getitem__(self, key: str) -> Any:
        """The value of a key that is no table. Raises KeyError."""
        return self.values[key].value

    def table(self, name: str) -> dict[str, Any]:
        """The values of a table by its keys."""
        prefix = f"{name}."
        return {key.removeprefix(prefix): each.value for key, each in self.values.items() if key.startswith(prefix)}

    @cached_property
    def selection(self) -> Selection:
        """Which rules are looked for."""
        return Selection(self["select"], self["ignore"], self["extend-select"])

    @cached_property
    def options(self) -> CheckOptions:
        """The limits of one's own."""
        return CheckOptions(**_underscores(self.table("checks")))

    @cached_property
    def markdown(self) -> MarkdownOptions | None:
        """What is heard of Markdown; ``None`` is what `ttsprep.prepare` does by itself."""
        given = _underscores(self.table("markdown"))
        if not given:
            return None
        from ttsprep.markdown import MarkdownOptions

        return MarkdownOptions.neutral(**given) if given.pop("neutral", False) else MarkdownOptions(**given)

    @cached_property
    def lexicon(self) -> Lexicon | None:
        """How words of the scripts are said; ``None`` where no lexicon is named, or none can be read.

        What is wrong with the files is found where they are linted themselves.
        """
        files = [path for path, kind in self.project_files if kind is Kind.LEXICON]
        if not files:
            return None
        from ttsprep.lexicon import load_lexicon

        try:
            return load_lexicon(*map(_shown, files)).lexicon
        except (OSError, ImportError, ValueError):
            return None

    def shown(self) -> dict[str, Value]:
        """All values for people: the options of Markdown that nobody has set, too."""
        from ttsprep.markdown import MarkdownOptions

        acting = dataclasses.asdict(self.markdown or MarkdownOptions())
        origin = self.values.get("markdown.neutral", Value(False, DEFAULT)).origin
        options = {f"markdown.{name.replace('_', '-')}": Value(value, origin) for name, value in acting.items()}
        return {**self.values, **{key: self.values.get(key, value) for key, value in options.items()}}

    def severity(self, diagnostic: Diagnostic) -> Severity:
        """How bad a diagnostic is here."""
        table = self.table("severity")
        best = max(table, key=lambda selector: match(diagnostic.rule.code, [selector]), default="")
        if match(diagnostic.rule.code, [best]) < 0:
            return diagnostic.severity
        return Severity[table[best].upper()]

    @cached_property
    def fingerprint(self) -> str:
        """The same for configurations that act alike on the content of files."""
        settings = self.settings and [self.settings.region, self.settings.model, self.settings.parameters()]
        values = {key: each.value for key, each in self.values.items() if key != "output-format"}
        entries = list(map(repr, self.lexicon or ()))
        return json.dumps([values, settings, entries], sort_keys=True, default=str)


def _underscores(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name.replace("-", "_"): value for name, value in values.items()}


@dataclass(frozen=True)
class Loaded:
    """What came of loading: the configuration (``None`` with errors), the findings, and the source they point into."""

    configuration: Configuration | None
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: tuple[Source, ...] = ()


def load(
    folder: FilePath,
    options: Mapping[str, tuple[str, Any]] | None = None,
    *,
    file: FilePath | None = None,
    isolated: bool = False,
) -> Loaded:
    """The configuration that acts on files in a folder.

    `options` are what the command line says: key → the option's name and its value. `file` takes the place of the
    nearest file, and with `isolated` there is none. Raises OSError where a file cannot be read.
    """
    file = None if isolated else file or find_file(folder.resolve())
    layers, found, sources = list[Layer](), list[Diagnostic](), list[Source]()
    if file is not None:
        layer, said, source = read_layer(_shown(file))
        found += said
        sources.append(source)
        layers += [layer] if layer else []
    layer, said = from_options(options or {}, FilePath.cwd())
    found += said
    return _loaded([*layers, layer], found, tuple(sources), file)


def _shown(path: FilePath) -> FilePath:
    """A path as people write it: relative to where they are."""
    try:
        return path.resolve().relative_to(FilePath.cwd())
    except ValueError:
        return path


def check_configuration(text: str | Source) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with a configuration file.

    >>> print(*check_configuration('slect = ["SSM"]'))
    CFG001 error: there is no key slect; did you mean 'select'?
    """
    source = Source.of(text)
    layer, found = parse_layer(source, FilePath.cwd())
    return found if layer is None else _loaded([layer], list(found), (source,), None).diagnostics


def _loaded(
    layers: Sequence[Layer], found: list[Diagnostic], sources: tuple[Source, ...], file: FilePath | None
) -> Loaded:
    if has_errors(found):
        return Loaded(None, tuple(found), sources)
    values = _overlaid(layers)
    settings, said, named = _settings(layers)
    found += said
    base = layers[0].base if layers else FilePath.cwd()
    files = [(path, Kind.SETTINGS) for path in named]
    for lexicons in [layer for layer in layers if "lexicons" in layer.values][-1:]:
        files += [(lexicons.base / name, Kind.LEXICON) for name in lexicons.values["lexicons"]]
    made = Configuration(values, base, file, settings, tuple(files))
    found += _misfits(made)
    return Loaded(None if has_errors(found) else made, tuple(found), sources)


def _misfits(made: Configuration) -> list[Diagnostic]:
    """What only shows when the values are used."""
    try:
        made.markdown  # noqa: B018 (it is made here, so that it fails here)
    except ModuleNotFoundError as error:
        return [invalid_configuration_value.RULE.at(None, str(error))]
    return []


def _overlaid(layers: Sequence[Layer]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, key in KEYS.items():
        if name not in MERGED and name != "settings":
            values[name] = Value(key.default, DEFAULT)
    for layer in layers:
        for name, value in layer.values.items():
            if isinstance(value, Mapping):
                for inner, each in value.items():
                    values[f"{name}.{inner}"] = Value(each, layer.origin((name, inner)))
            else:
                values[name] = Value(value, layer.origin((name,)))
    return values


def _settings(layers: Sequence[Layer]) -> tuple[TaskSettings | None, list[Diagnostic], list[FilePath]]:
    """The settings of the request, what stands against them, and the files they come from."""
    merged = SettingsFile(Source("", "settings"), {}, {})
    named, found = [], list[Diagnostic]()
    for layer in layers:
        said = layer.values.get("settings")
        if isinstance(said, str):
            path = layer.base / said
            named.append(path)
            read, objections = _settings_file(layer, path)
            if read is None:
                return None, [*found, *objections], named
            merged = read
        own = {name: layer.values[name] for name in SETTINGS if name in layer.values}
        inline = dict(said) if isinstance(said, Mapping) else {}
        merged = _with(merged, layer, inline, own)
    if not merged.values:
        return None, found, named
    settings, said_of = TaskSettings.check(merged.values, source=merged)
    mine = [each for each in said_of if each.file not in {str(_shown(path)) for path in named}]
    return settings, found + mine, named


def _settings_file(layer: Layer, path: FilePath) -> tuple[SettingsFile | None, list[Diagnostic]]:
    """A settings file. What is wrong in it is said of itself, when it is checked as a file of the project."""
    try:
        return SettingsFile.read(_shown(path))[0], []
    except OSError as error:
        what = f"cannot read the settings {path}: {error.strerror or error}"
        found = invalid_configuration_value.RULE.at(layer.span(("settings",)), what, field="settings")
        return None, [dataclasses.replace(found, file=layer.source.name if layer.source else "")]


def _with(file: SettingsFile, layer: Layer, inline: Mapping[str, Any], own: Mapping[str, Any]) -> SettingsFile:
    """The settings with those of a layer over them, whose places then count."""
    given = {**inline, **own}
    if not given:
        return file
    places = {path: place for path, place in file.places.items() if not path or path[0] not in given}
    source = file.source
    if layer.source is not None and not file.values:
        source = layer.source
        places |= {path[1:]: place for path, place in layer.places.items() if path[:1] == ("settings",) and path[1:]}
        places |= {path: place for path, place in layer.places.items() if path[:1] in {(name,) for name in own}}
    return dataclasses.replace(file, source=source, values={**file.values, **given}, places=places)
