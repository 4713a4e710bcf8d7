"""``ssml``: check, mend, read, split, convert, compare and write documents of SSML."""

from __future__ import annotations

import click

from ttsprep.cli.groups import LazyGroup

__all__ = ["COMMANDS"]

_COMMANDS = {
    "check": "checking",
    "fix": "fixing",
    "format": "formatting",
    "text": "reading",
    "split": "splitting",
    "convert": "writing",
    "diff": "comparing",
    "build": "writing",
    "from-markdown": "writing",
}
"""Command → module of this package that defines it, in the order of the help page."""


@click.group(cls=LazyGroup, modules={name: f"{__name__}.{module}" for name, module in _COMMANDS.items()})
def ssml() -> None:
    """Check SSML, mend it, split it, convert it, and write it.

    \b
    Exit codes of every command:
      0  fine; there may be warnings
      1  there are errors, or with `diff` and `format --check` a difference
      2  usage: options, a file that cannot be read or written
    """


COMMANDS = [ssml]
