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
    ideograph 2, every other character 1, tags 0.

    As JSON: an object for each file with its text, its counted characters, and the pieces of the text with their places
    in the file.

    \b
    Exit codes:
      0  fine
      1  a document has errors
      2  usage: options, a file that cannot be read
    """
    from ttsprep.cli.text_commands import piece_as_dict, print_counted
    from ttsprep.counting import count
    from ttsprep.ssml import text as spoken_text

    sizes: list[tuple[str, int]] = []
    if counted and not report.json:
        scripts.at_end = lambda: print_counted(sizes)
    for script in scripts:
        note_errors(script, report)
        size = count(script.source.text)
        sizes.append((script.source.name, size))
        if report.json:
            spoken = spoken_text(script.source, sub="text" if sub == "text" else "alias")
            pieces = [piece_as_dict(piece) for piece in spoken.pieces()]
            print_json({"file": script.source.name, "text": spoken.text, "counted": size, "pieces": pieces})
        elif not counted:
            print_document(spoken_text(script.source, sub="text" if sub == "text" else "alias").text)


COMMANDS = [text]
