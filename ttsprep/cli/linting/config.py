"""``config``: what decides on findings, and who said so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ttsprep.cli.groups import SectionedCommand
from ttsprep.cli.linting.common import configuration_options, print_loaded
from ttsprep.cli.options import output_format
from ttsprep.cli.printing import print_json

if TYPE_CHECKING:
    from ttsprep.lint.configuration import Configuration
    from ttsprep.lint.targets import Targets

__all__ = ["COMMANDS"]


@click.command(cls=SectionedCommand)
@click.argument("path", default=".", type=click.Path(exists=True))
@output_format
@click.option("--schema", is_flag=True, help="Print the JSON Schema of configuration, for editors.")
@configuration_options
def config(targets: Targets, path: str, output_format: str, schema: bool) -> None:
    """Print the configuration that acts on PATH, and where each value was said.

    \b
    Exit codes:
      0  the configuration is sound
      2  it has errors, which are printed
    """
    if schema:
        from ttsprep.lint.configuration import schema as of_configuration

        print_json(of_configuration(), indent=2)
        return
    place = Path(path)
    try:
        configuration = targets.configuration(place if place.is_dir() else place.parent)
    except OSError as error:
        raise click.UsageError(f"cannot read {error.filename}: {error.strerror or error}") from error
    print_loaded(targets.loaded)
    if configuration is None:
        raise click.exceptions.Exit(2)
    if output_format == "json":
        print_json({key: {"value": each.value, "origin": each.origin} for key, each in configuration.shown().items()})
    else:
        click.echo("\n".join(_lines(configuration)))


def _lines(configuration: Configuration) -> list[str]:
    """The values as TOML with their origins behind them."""
    said = {key: each for key, each in configuration.shown().items() if each.value is not None}
    left = {key: f"{_dotted(key)} = {_toml(each.value)}" for key, each in said.items()}
    width = min(max(map(len, left.values())), 60)
    return [f"{words:{width}}  # {said[key].origin}" for key, words in left.items()]


def _dotted(key: str) -> str:
    """A key as TOML; that of a table is quoted where it has to be."""
    table, dot, inner = key.partition(".")
    bare = re.fullmatch("[A-Za-z0-9_-]+", inner)
    return key if not dot or bare else f"{table}.{json.dumps(inner, ensure_ascii=False)}"


def _toml(value: Any) -> str:
    """A value as TOML: texts, numbers and lists are written as in JSON, tables inline."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


COMMANDS = [config]
