"""``hot-fix check`` and ``hot-fix convert``: the files of lexicons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from ttsprep.cli.inputs import encoding_option
from ttsprep.cli.lexicons import lexicon_or_exit
from ttsprep.cli.options import output_format as output_format_option
from ttsprep.cli.printing import print_json
from ttsprep.cli.ssml.common import write_file, write_out
from ttsprep.lexicon.formats import FORMATS, SUFFIXES, format_of

__all__ = ["COMMANDS"]

_FILES = click.argument("files", nargs=-1, required=True, metavar="LEXICON...", type=click.Path())
_FORM = click.option(
    "--from", "form", type=click.Choice(list(FORMATS)), help="Format of the input.  [default: by name]"
)


@click.command()
@_FILES
@_FORM
@encoding_option
@output_format_option
def check(files: Sequence[str], form: str | None, encoding: str, output_format: str) -> None:
    """Check files of entries, which correct each other in this order, and say how many entries they make."""
    lexicon = lexicon_or_exit(files, form or "", encoding)
    kinds = Counter(str(entry.kind) for entry in lexicon)
    if output_format == "json":
        print_json({"entries": len(lexicon), **kinds})
    else:
        parts = ", ".join(f"{number:,} {kind}" for kind, number in kinds.items())
        whole = "1 entry" if len(lexicon) == 1 else f"{len(lexicon):,} entries"
        click.echo(whole + (f": {parts}" if parts else ""))


@click.command()
@_FILES
@_FORM
@click.option(
    "--to", "target", type=click.Choice(list(FORMATS)), help="Format of the output.  [default: by the name of OUT]"
)
@click.option("-o", "--output", metavar="OUT", type=click.Path(), help="File to write, instead of standard output.")
@encoding_option
def convert(files: Sequence[str], form: str | None, target: str | None, output: str | None, encoding: str) -> None:
    """Write the entries of files, which correct each other in this order, in another format."""
    from ttsprep.lexicon import write_lexicon

    if target is None and output is None:
        raise click.UsageError("--to says the format, or the ending of --output")
    suffix = Path(output or "").suffix
    if target is None and suffix and suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"the ending of {output} tells no format: --to says it")
    lexicon = lexicon_or_exit(files, form or "", encoding)
    try:
        text = write_lexicon(lexicon, target or format_of(output or "").name)
    except (ValueError, ImportError) as error:
        raise click.UsageError(str(error)) from None
    if output is None:
        write_out(text)
    else:
        write_file(Path(output), text.encode())


COMMANDS = [check, convert]
