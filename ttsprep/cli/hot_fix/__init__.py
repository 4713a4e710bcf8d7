"""``hot-fix``: corrections of how a text is said."""

from __future__ import annotations

import click

from ttsprep.cli.groups import LazyGroup

__all__ = ["COMMANDS"]

_COMMANDS = {
    "propose": "proposing",
    "build": "building",
    "apply": "building",
    "check": "files",
    "convert": "files",
}
"""Command → module of this package that defines it, in the order of the help page."""


@click.group(
    name="hot-fix", cls=LazyGroup, modules={name: f"{__name__}.{module}" for name, module in _COMMANDS.items()}
)
def hot_fix() -> None:
    """Corrections of how a text is said: from a lexicon to the hot_fix that the text needs.

    \b
    Exit codes of every command:
      0  fine; there may be warnings
      1  there are errors
      2  usage: options, a file that cannot be read or written
    """


COMMANDS = [hot_fix]
