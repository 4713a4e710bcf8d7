"""``ssml format``: documents in one way of writing them."""

from __future__ import annotations

import click

from ttsprep.cli.inputs import Scripts
from ttsprep.cli.printing import print_json
from ttsprep.cli.ssml.common import Report, document_options, print_document, write_in_place, write_out
from ttsprep.lint.diffs import diff

__all__ = ["COMMANDS"]


@click.command("format")
@document_options()
@click.option("-i", "--in-place", is_flag=True, help="Write each file anew; encoding and line endings stay.")
@click.option("--diff", "as_diff", is_flag=True, help="Print what would change, as a unified diff.")
@click.option("--check", is_flag=True, help="Print nothing; exit with 1 where a file would change.")
def format_(scripts: Scripts, report: Report, in_place: bool, as_diff: bool, check: bool) -> None:
    """Write each FILE in one form and print it: attributes in order, quotes, blanks.

    What is heard stays the same; a tag that is not right stays as it is (`ttsprep ssml fix` mends it).

    \b
    Exit codes:
      0  fine
      1  with --check or --diff: something would change
      2  usage: options, a file that cannot be read or written
    """
    from ttsprep.ssml.formatting import formatted

    if in_place + as_diff + check > 1:
        raise click.UsageError("--in-place, --diff and --check exclude each other")
    if in_place and "-" in scripts.files:
        raise click.UsageError("--in-place needs files: standard input has no place")
    changed = 0
    for script in scripts:
        text = formatted(script.source.text)
        differs = text != script.source.text
        changed += differs
        if in_place and differs:
            write_in_place(script.source, text)
        if report.json:
            print_json({"file": script.source.name, "text": text, "changed": differs})
        elif as_diff:
            write_out("".join(diff(script.source, text)))
        elif not in_place and not check:
            print_document(text)
        if differs and (check or in_place):
            report.note(f"{script.source.name}: {'written anew' if in_place else 'would change'}")
    if changed and (check or as_diff):
        raise click.exceptions.Exit(1)


COMMANDS = [format_]
