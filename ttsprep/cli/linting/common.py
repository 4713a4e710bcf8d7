"""What ``lint`` and ``config`` share: the options that stand for keys of configuration, faults of it, colours."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from ttsprep.lint.configuration import Loaded

__all__ = ["configuration_options", "print_loaded", "wants_colour"]


class _KeyOption(click.Option):
    """Listed apart: it wins over a key of configuration."""

    section = "Over the configuration"


_LISTS: Final = (
    ("--select", "select", "Rules to look for: codes, their beginnings, names, ALL."),
    ("--extend-select", "extend-select", "Rules to look for beside those selected."),
    ("--ignore", "ignore", "Rules not to look for; of two selectors the longer one wins."),
    ("--include", "include", "Patterns of the files looked for in folders."),
    ("--exclude", "exclude", "Patterns of files and folders left out."),
)
_TEXTS: Final = (
    ("--settings", "settings", "FILE", "Settings of the request, as TOML or JSON."),
    ("--region", "region", "ID", "Region of the request."),
    ("--model", "model", "ID", "Model of the request."),
    ("--voice", "voice", "ID", "Voice of the request."),
    ("--encoding", "encoding", "NAME", "Encoding of the scripts."),
)


def configuration_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options; the command gets a `Targets` as ``targets``."""

    @functools.wraps(command)
    def with_targets(*args: Any, config: str | None, isolated: bool, gitignore: bool, **others: Any) -> None:
        from ttsprep.lint.targets import Targets

        if config and isolated:
            raise click.UsageError("--config and --isolated exclude each other")
        options: dict[str, tuple[str, Any]] = {}
        for flag, key, *_ in (*_LISTS, *_TEXTS):
            value = others.pop(_argument(key))
            if value:
                options[key] = (flag, _words(value, key) if isinstance(value, tuple) else value)
        if not gitignore:
            options["respect-gitignore"] = ("--no-gitignore", False)
        file = Path(config) if config else None
        command(*args, targets=Targets(options, file, isolated), **others)

    wrapped: Callable[..., None] = with_targets
    for option in reversed(_made()):
        wrapped = option(wrapped)
    return wrapped


_Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def _made() -> list[_Decorator]:
    file = click.Path(exists=True, dir_okay=False)
    options: list[_Decorator] = [
        click.option("--config", type=file, metavar="FILE", help="Read this file instead of the nearest one."),
        click.option("--isolated", is_flag=True, help="Read no configuration."),
        click.option("--gitignore/--no-gitignore", default=True, help="Whether .gitignore files count."),
    ]
    for flag, key, words in _LISTS:
        options.append(click.option(flag, _argument(key), cls=_KeyOption, multiple=True, metavar="A,B", help=words))
    for flag, key, metavar, words in _TEXTS:
        options.append(click.option(flag, _argument(key), cls=_KeyOption, metavar=metavar, help=words))
    return options


def _argument(key: str) -> str:
    return f"key_{key.replace('-', '_')}"


def _words(values: Iterable[str], key: str) -> tuple[str, ...]:
    """The words of options that may come several times, each with several; blanks part words, but no patterns."""
    words = [word for value in values for word in value.split(",")]
    if key not in ("include", "exclude"):
        words = [one for word in words for one in word.split()]
    return tuple(word.strip() for word in words if word.strip())


def print_loaded(loaded: Iterable[Loaded]) -> bool:
    """What was found in configurations, on stderr; whether there were errors."""
    from ttsprep.report import excerpts
    from ttsprep.source import Source

    faulty = False
    for each in loaded:
        sources = each.sources or (Source("", "options"),)
        for text in excerpts(each.diagnostics, *sources):
            click.echo(text, err=True)
        faulty = faulty or each.configuration is None
    return faulty


def wants_colour(stream: IO[Any], environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to print in colours: NO_COLOR forbids it, FORCE_COLOR asks for it, else a terminal decides."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"
