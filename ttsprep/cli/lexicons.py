"""`--lexicon FILE`: how the words of scripts are to be said."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from ttsprep.cli.inputs import Refused, Script, Scripts
from ttsprep.report import lines

if TYPE_CHECKING:
    from ttsprep.lexicon import Lexicon

__all__ = ["lexicon_files_option", "lexicon_option", "lexicon_or_exit"]

lexicon_files_option = click.option(
    "--lexicon",
    "lexicon_files",
    multiple=True,
    metavar="FILE",
    help="How words are to be said: CSV, TSV, YAML, TOML, JSON, PLS or a plain list, by the ending of the name. "
    "Repeatable; a later file wins.",
)
"""`--lexicon`, for commands that read the files themselves."""


def lexicon_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--lexicon` for a command that gets ``scripts``: they have the lexicon."""

    @functools.wraps(command)
    def with_lexicon(*, scripts: Scripts, lexicon_files: Sequence[str], **others: Any) -> None:
        if lexicon_files:
            scripts.load_lexicon = functools.partial(lexicon_or_exit, lexicon_files)
        command(scripts=scripts, **others)

    return lexicon_files_option(with_lexicon)


def lexicon_or_exit(files: Sequence[str], form: str = "", encoding: str = "utf-8") -> Lexicon:
    """The entries of all files, with what was found printed on stderr. Raises Refused where there are errors,
    UsageError for a file that cannot be read.
    """
    from ttsprep.lexicon import load_lexicon

    try:
        found = load_lexicon(*files, form=form, encoding=encoding)
    except OSError as error:
        raise click.UsageError(f"cannot read {error.filename}: {error.strerror or error}") from None
    except (ValueError, ImportError) as error:
        raise click.UsageError(str(error)) from None
    if found.diagnostics:
        for line in lines(found.diagnostics, *found.sources):
            click.echo(line, err=True)
    if found.lexicon is None:
        named = {source.name: source for source in found.sources}
        raise Refused(
            Script(source, None, [each for each in found.diagnostics if each.file == name])
            for name, source in named.items()
        )
    return found.lexicon
