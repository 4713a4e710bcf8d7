"""``ssml text``: what is spoken of a document."""

from __future__ import annotations

import click

from ttsprep.cli.inputs import Scripts
from ttsprep.cli.printing import print_json
from ttsprep.cli.ssml.common import Report, document_options, note_errors, print_document

__all__ = ["COMMANDS"]


@click.command()
@document_options()
@click.option(
    "--sub",
    type=click.Choice(["alias", "text"]),
    default="alias",
    show_default=True,
    help="Of <sub>: what is spoken, or what stands there to be read.",
)
@click.option("--counted", is_flag=True, help="Print the counted characters instead, and their total.")
def text(scripts: Scripts, report: Report, sub: str, counted: bool) -> None:
    """Print what is spoken of each FILE.

    A run of white space is one blank, a pause too; each <speak> is a line. Of a document with errors the text that was
    probably meant is printed, and the exit code is 1. Counted characters are those that the service bills: a Han
    ideograph 2, every other character 1, tags 0, so that of <sub> its text counts. Where an alias is longer, it is said
    what the document counts at most, should the service bill the aliases.

    As JSON: an object for each file with its text, its counted characters, those with the longer aliases
    (counted_most), and the pieces of the text with their places in the file.

    \b
    Exit codes:
      0  fine
      1  a document has errors
      2  usage: options, a file that cannot be read
    """
    from ttsprep.cli.text_commands import piece_as_dict, print_counted
    from ttsprep.counting import count
    from ttsprep.ssml import text as spoken_text
    from ttsprep.ssml.splitting import longer_aliases

    sizes: list[tuple[str, int]] = []
    most: list[int] = []
    if counted and not report.json:
        scripts.at_end = lambda: print_counted(sizes, most)
    for script in scripts:
        note_errors(script, report)
        size = count(script.source.text)
        sizes.append((script.source.name, size))
        most.append(size + longer_aliases(script.source))
        if report.json:
            spoken = spoken_text(script.source, sub="text" if sub == "text" else "alias")
            pieces = [piece_as_dict(piece) for piece in spoken.pieces()]
            sums = {"counted": size, "counted_most": most[-1]}
            print_json({"file": script.source.name, "text": spoken.text, **sums, "pieces": pieces})
        elif not counted:
            print_document(spoken_text(script.source, sub="text" if sub == "text" else "alias").text)


COMMANDS = [text]
