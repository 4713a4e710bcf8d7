"""The options that stand for settings: one for each parameter of run-task, made from the catalog.

A command that is decorated with `settings_options` gets one argument ``settings``, a `Chosen`: what a settings file and
the options say together (an option wins over the file), checked. The catalog is read when a command runs or shows its
help, not when it is defined.

`--format` is always the audio format; `--output-format` is how a report is printed.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from ttsprep.diagnostics import Diagnostic
    from ttsprep.settings import SettingsFile, TaskSettings
    from ttsprep.source import Source

    _ParamType = click.ParamType[Any]
else:
    _ParamType = click.ParamType  # not generic in older versions of click

__all__ = ["OPTIONS", "Chosen", "choose", "output_format", "settings_options", "ssml_settings_options"]

OPTIONS = (
    ("--region", "region"),
    ("--model", "model"),
    ("--voice", "voice"),
    ("--format", "format"),
    ("--sample-rate", "sample_rate"),
    ("--volume", "volume"),
    ("--rate", "rate"),
    ("--pitch", "pitch"),
    ("--enable-ssml/--no-enable-ssml", "enable_ssml"),
    ("--bit-rate", "bit_rate"),
    ("--word-timestamps/--no-word-timestamps", "word_timestamp_enabled"),
    ("--seed", "seed"),
    ("--language", "language_hints"),
    ("--instruction", "instruction"),
    ("--enable-aigc-tag/--no-enable-aigc-tag", "enable_aigc_tag"),
    ("--aigc-propagator", "aigc_propagator"),
    ("--aigc-propagate-id", "aigc_propagate_id"),
    ("--markdown-filter/--no-markdown-filter", "enable_markdown_filter"),
)
"""Option → setting. text_type has one value only, and hot_fix stands in a settings file."""


@dataclass(frozen=True)
class Chosen:
    """What file and options say: the settings (``None`` if they have errors) and everything that was found.

    `source` is the settings file: spans of the diagnostics point into it. Without one they have no span. `given` is
    whether anything was said at all.
    """

    settings: TaskSettings | None
    diagnostics: tuple[Diagnostic, ...]
    source: Source | None = None
    given: bool = True


def choose(file: str | Path | None, options: dict[str, Any]) -> Chosen:
    """The settings of a file with `options` over them; ``None`` among the options means: not given.

    Raises OSError if the file cannot be read.
    """
    from ttsprep.settings import SettingsFile, TaskSettings
    from ttsprep.source import Source

    options = {name: value for name, value in options.items() if value is not None and value != ()}
    if file is None:
        return Chosen(*TaskSettings.check(options))
    settings_file, found = SettingsFile.read(file)
    if settings_file is None:
        return Chosen(None, found, Source.read(file)[0])
    settings_file = _overridden(settings_file, options)
    return Chosen(*TaskSettings.check(settings_file.values, source=settings_file), settings_file.source)


def _overridden(file: SettingsFile, options: dict[str, Any]) -> SettingsFile:
    """The file with its values replaced by options, which have no place in it."""
    places = {path: place for path, place in file.places.items() if not path or path[0] not in options}
    return dataclasses.replace(file, values={**file.values, **options}, places=places)


def settings_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--settings FILE` and every option of `OPTIONS`; the command gets ``settings: Chosen``."""
    return _with_settings(function, OPTIONS, choose)


def ssml_settings_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """As `settings_options`, with only the options that matter to a document of SSML; enable_ssml is taken as set.

    Where nothing is said, nothing is made: ``settings.given`` is False.
    """
    options = [(flags, name) for flags, name in OPTIONS if name in _OF_SSML]
    return _with_settings(function, options, _choose_for_ssml, kind=_RequestOption)


_OF_SSML = ("region", "model", "voice", "sample_rate")


def _choose_for_ssml(file: str | Path | None, options: dict[str, Any]) -> Chosen:
    if file is None and all(value is None for value in options.values()):
        return Chosen(None, (), given=False)
    return choose(file, {**options, "enable_ssml": True})


def _with_settings(
    function: Callable[..., Any],
    flags_and_names: Sequence[tuple[str, str]],
    chooses: Callable[[str | Path | None, dict[str, Any]], Chosen],
    *,
    kind: type[_SettingOption] | None = None,
) -> Callable[..., Any]:
    @functools.wraps(function)
    def command(*args: Any, settings_file: str | None, **kwargs: Any) -> Any:
        options = {name: kwargs.pop(name) for _, name in flags_and_names}
        return function(*args, settings=chooses(settings_file, options), **kwargs)

    with_options: Callable[..., Any] = command
    for flags, name in reversed(flags_and_names):
        with_options = _option(flags, name, kind or _SettingOption)(with_options)
    return click.option(
        "--settings",
        "settings_file",
        type=click.Path(exists=True, dir_okay=False),
        help="Settings as TOML or JSON, under the names of the API; an option wins over the file.",
    )(with_options)


def _option(flags: str, name: str, kind: type[_SettingOption]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    if "/" in flags:
        return click.option(flags, name, cls=kind, default=None)
    many = name == "language_hints"
    return click.option(flags, name, cls=kind, type=_SettingValue(name), multiple=many, default=None)


class _SettingValue(_ParamType):
    """A number where the text is one, so that ``--rate 1`` sends 1; whether it fits is for the settings to say."""

    def __init__(self, setting: str) -> None:
        self.name = setting

    def convert(self, value: Any, _param: click.Parameter | None, _ctx: click.Context | None) -> Any:
        from ttsprep import catalog

        known = catalog.parameters().get(self.name)
        if known is None or known.type not in ("integer", "number"):
            return value
        for number in (int, float):
            try:
                return number(value)
            except ValueError:
                pass
        return value

    def shell_complete(self, ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [CompletionItem(value) for value in self._values(ctx) if value.startswith(incomplete)]

    def _values(self, ctx: click.Context) -> list[str]:
        from ttsprep import catalog

        if self.name == "region":
            return [region.id for region in catalog.regions()]
        if self.name == "model":
            return [model.id for model in catalog.models()]
        if self.name == "voice":
            model = ctx.params.get("model") or catalog.default_model().id
            return [voice.id for voice in catalog.voices(model=model)]
        return list(map(str, catalog.parameter(self.name).values))


_OWN_HELP = {
    "region": "Where the service is used.",
    "model": "Model of the service.",
    "language_hints": "Language of the speech. Only the first one acts.",
}


class _SettingOption(click.Option):
    """An option whose help comes from the catalog when it is shown."""

    section = "Settings of the task"

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        if self.help is None:
            self.help = _help(self.name or "")
        return super().get_help_record(ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        return _metavar(self.name or "") if not self.is_flag else super().make_metavar(ctx)


class _RequestOption(_SettingOption):
    """An option without which nothing is asked: no default acts alone, so none is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = _words(self.name or "") + " Of the request, to check against."
        return super().get_help_record(ctx)


def _metavar(name: str) -> str:
    from ttsprep import catalog

    known = catalog.parameters().get(name)
    if name == "region":
        return "|".join(region.id for region in catalog.regions())
    if known is None or (known.type == "string" and not known.values):
        return "ID" if name in ("model", "voice") else "TEXT"
    if known.type == "list":
        return "CODE"
    if known.values:
        return "|".join(map(str, known.values))
    return f"{known.minimum}..{known.maximum}"


def _help(name: str) -> str:
    from ttsprep import catalog
    from ttsprep.settings import TaskSettings

    if name in ("region", "model", "voice"):
        return f"{_words(name)}  [default: {getattr(TaskSettings, name)}]"
    known = catalog.parameter(name)
    unit = f" {known.unit}" if known.unit else ""
    default = "" if known.default is None or known.default is False else f"  [default: {known.default}{unit}]"
    codes = f" One of {', '.join(known.values)}." if known.type == "list" else ""
    return _words(name) + codes + default


def _words(name: str) -> str:
    from ttsprep import catalog

    return _OWN_HELP.get(name) or _sentence(catalog.parameter(name).summary)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "."


output_format = click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to print the result.",
)
"""`--output-format text|json`, for commands that print a report."""
