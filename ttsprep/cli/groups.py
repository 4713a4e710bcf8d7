"""Groups of commands that are loaded when they are named, so that ``ttsprep --version`` pays for none of them; commands
whose help lists some options apart.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

__all__ = ["LazyGroup", "SectionedCommand"]


class SectionedCommand(click.Command):
    """Lists the options whose class names a ``section`` below the others."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {"Options": []}
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)):
                sections.setdefault(getattr(param, "section", "Options"), []).append(record)
        for title, records in sections.items():
            with formatter.section(title):
                formatter.write_dl(records)


class LazyGroup(click.Group):
    """`modules`: command → module that has it in its list ``COMMANDS``, in the order of the help page."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._modules = modules

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self._modules)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in self._modules:
            return None
        module = importlib.import_module(self._modules[name])
        found: dict[str, click.Command] = {command.name: command for command in module.COMMANDS}
        return found[name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from ttsprep.likeness import suggest

            near = suggest(args[0], self._modules)
            hint = f" Did you mean {near!r}?" if near else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx) from error
