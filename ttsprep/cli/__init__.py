"""The command line: thin click commands that parse options, call the library and print.

Commands are loaded when they are named, so that ``ttsprep --version`` pays for none of them.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from ttsprep.cli.groups import LazyGroup

__all__ = ["main"]

_COMMANDS = {
    "prepare": "text_commands",
    "count": "text_commands",
    "strip": "text_commands",
    "split": "split_command",
    "latex": "latex_command",
    "ssml": "ssml",
    "hot-fix": "hot_fix",
    "speak": "speak",
    "emulate": "emulate",
    "models": "catalog_commands",
    "voices": "catalog_commands",
    "instructions": "catalog_commands",
    "lint": "linting.lint",
    "config": "linting.config",
    "lsp": "lsp_command",
    "explain": "explain_command",
    "rule": "rule_command",
}
"""Command → module of this package that defines it, in the order of the help page."""


class _Main(LazyGroup):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            from ttsprep.cli.signals import ended_by

            words, code = ended_by(error)
            click.echo(f"ttsprep: {words}", err=True)
            ctx.exit(code)


def _print_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from ttsprep import __version__

        click.echo(f"ttsprep {__version__}")
        ctx.exit()


@click.group(
    cls=_Main,
    modules={name: f"{__name__}.{module}" for name, module in _COMMANDS.items()},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Prepare text for the CosyVoice speech service, and send it.

    A script goes in (Markdown, plain text, SSML); validated instructions within every limit of the API come
    out, and speech. No key at hand? Every command but `speak` works without one, and `speak --emulator`
    speaks through a local service.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower() != "utf-8":
            reconfigure(encoding="utf-8", errors="backslashreplace")
