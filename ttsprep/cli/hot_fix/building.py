"""``hot-fix build`` and ``hot-fix apply``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ttsprep.cli.groups import SectionedCommand
from ttsprep.cli.inputs import Script, Scripts, script_options, settings_or_exit
from ttsprep.cli.lexicons import lexicon_option
from ttsprep.cli.options import Chosen, output_format, settings_options
from ttsprep.cli.printing import print_json

if TYPE_CHECKING:
    from ttsprep.hot_fix import Generated
    from ttsprep.mapped import MappedText
    from ttsprep.settings import TaskSettings

__all__ = ["COMMANDS"]


@click.command(cls=SectionedCommand)
@script_options
@lexicon_option
@settings_options
def build(scripts: Scripts, settings: Chosen) -> None:
    """Print the hot_fix that each FILE needs: one JSON object a file, which is a settings file for `--settings`.

    Entries that do not occur are left out; those that are meant for some occurrences only get a longer key. The
    hot_fix that the settings have is in it. How often each entry is meant is said on stderr.
    """
    checked = settings_or_exit(settings)
    for script in scripts:
        _, made = _made(script, checked)
        print_json({"hot_fix": made.hot_fix.as_setting()})
        for key, number in made.counts.items():
            click.echo(f"{script.source.name}: {key} {number:,}", err=True)


@click.command(cls=SectionedCommand)
@script_options
@lexicon_option
@settings_options
@output_format
def apply(scripts: Scripts, settings: Chosen, output_format: str) -> None:
    """Print what will be spoken of each FILE: replacements made, and the pinyin of each pronunciation behind its word.

    The corrections are those of the lexicon and of hot_fix in the settings. The service documents neither their order
    nor overlaps: this is how ttsprep takes it to be.
    """
    from ttsprep.counting import count
    from ttsprep.hot_fix import apply as applied_to

    checked = settings_or_exit(settings)
    for script in scripts:
        text, made = _made(script, checked)
        applied = applied_to(made.hot_fix, text)
        if output_format == "json":
            readings = [[reading.start, reading.end, reading.pinyin] for reading in applied.readings]
            facts = {"file": script.source.name, "text": str(applied), "readings": readings, "counted": applied.counted}
            print_json(facts)
        else:
            click.echo(applied.annotated, nl=not applied.annotated.endswith("\n"))
            size, sent = applied.counted, count(text.text)
            click.echo(f"{script.source.name}: {size:,} counted characters, {sent:,} before replacement", err=True)


def _made(script: Script, settings: TaskSettings) -> tuple[MappedText, Generated]:
    """What is sent of a script, and its corrections; diagnostics are reported."""
    from ttsprep.hot_fix import Route, generate, route
    from ttsprep.lexicon import Lexicon
    from ttsprep.rules import corrections_without_hot_fix

    text = script.spoken(settings)
    made = generate(text, script.lexicon or Lexicon(), settings)
    script.report(made.diagnostics)
    if route(settings) is not Route.HOT_FIX:
        message = f"{settings.model} has no hot_fix: prepare and speak put corrections into the text"
        script.report([corrections_without_hot_fix.RULE.at(None, message)])
    return text, made


COMMANDS = [build, apply]
