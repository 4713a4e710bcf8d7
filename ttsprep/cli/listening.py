"""The options that say what is heard of Markdown: one for each field of `ttsprep.MarkdownOptions`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any

import click

from ttsprep.markdown import (
    Addresses,
    Announcements,
    Breaks,
    Code,
    Emoji,
    Footnotes,
    Formulas,
    Images,
    MarkdownOptions,
    Tables,
    Tasks,
)

__all__ = ["markdown_options"]

_CHOICES: tuple[tuple[str, type[StrEnum], str], ...] = (
    ("code", Code, "Code blocks."),
    ("addresses", Addresses, "Addresses without a text of their own."),
    ("tables", Tables, "Tables; auto labels the cells of more than two columns with their headers."),
    ("images", Images, "Images that have an alternative text."),
    ("tasks", Tasks, "The boxes of tasks."),
    ("footnotes", Footnotes, "Footnotes, where they stand."),
    ("emoji", Emoji, "Emoji; name needs the extra ttsprep[emoji]."),
    ("breaks", Breaks, "Thematic breaks (---)."),
    ("formulas", Formulas, "Formulas: auto leaves to the service what its model reads, and reads the rest in words."),
    ("announcements", Announcements, "Language of what is said that is not in the text; auto is that of the text."),
)
_SWITCHES = (
    ("pauses", "A full stop behind headings, items and rows that lack one; commas between cells."),
    ("numbers", "The numbers of ordered lists."),
    ("struck", "Struck-out text."),
)


class _MarkdownOption(click.Option):
    """Listed apart from the others on the help page."""

    section = "Markdown, as it is heard"


_Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def _choice(name: str, kind: type[StrEnum], words: str) -> _Decorator:
    values, default = [each.value for each in kind], getattr(MarkdownOptions(), name).value
    return click.option(
        f"--{name}", cls=_MarkdownOption, type=click.Choice(values), help=f"{words}  [default: {default}]"
    )


def _switch(name: str, words: str) -> _Decorator:
    return click.option(f"--{name}/--no-{name}", cls=_MarkdownOption, default=None, help=f"{words}  [default: {name}]")


_OPTIONS: dict[str, _Decorator] = {
    **{name: _choice(name, kind, words) for name, kind, words in _CHOICES},
    "table_cells": click.option(
        "--table-cells",
        cls=_MarkdownOption,
        type=click.IntRange(min=1),
        metavar="N",
        help=f"How many cells of a table are read, in whole rows.  [default: {MarkdownOptions().table_cells}]",
    ),
    **{name: _switch(name, words) for name, words in _SWITCHES},
}
_NEUTRAL = click.option(
    "--neutral",
    cls=_MarkdownOption,
    is_flag=True,
    help="What a browser shows and nothing else; the other options change it from there.",
)


def markdown_options(command: Callable[..., None], *, without: Collection[str] = ()) -> Callable[..., None]:
    """Add the options but those of some fields; the command gets ``markdown``, a MarkdownOptions."""
    options = {name: option for name, option in _OPTIONS.items() if name not in without}

    @functools.wraps(command)
    def with_markdown(*args: Any, neutral: bool, **others: Any) -> None:
        chosen = {name: value for name in options if (value := others.pop(name)) is not None}
        command(*args, markdown=_made(chosen, neutral=neutral), **others)

    wrapped: Callable[..., None] = _NEUTRAL(with_markdown)
    for option in reversed(options.values()):
        wrapped = option(wrapped)
    return wrapped


def _made(chosen: dict[str, Any], *, neutral: bool) -> MarkdownOptions:
    try:
        return MarkdownOptions.neutral(**chosen) if neutral else MarkdownOptions(**chosen)
    except ModuleNotFoundError as error:
        raise click.UsageError(str(error)) from error
