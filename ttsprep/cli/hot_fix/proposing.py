"""``hot-fix propose``: the draft of a lexicon, for a person to correct."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ttsprep.cli.inputs import Script, Scripts, script_options
from ttsprep.cli.options import output_format as output_format_option
from ttsprep.cli.printing import print_json
from ttsprep.cli.ssml.common import write_file, write_out
from ttsprep.lexicon.formats import FORMATS

if TYPE_CHECKING:
    from ttsprep.hot_fix import Proposal
    from ttsprep.lexicon import Entry

__all__ = ["COMMANDS"]

_SKIP = "-"


@click.command()
@script_options
@click.option("--every", is_flag=True, help="Also what stands in a word of the dictionary or has one usual reading.")
@click.option("--ask", is_flag=True, help="Ask for each reading; files only.")
@click.option("--to", "target", type=click.Choice(list(FORMATS)), default="plain", show_default=True, help="Format.")
@click.option("-o", "--output", metavar="OUT", type=click.Path(), help="File to write, instead of standard output.")
@output_format_option
def propose(scripts: Scripts, every: bool, ask: bool, target: str, output: str | None, output_format: str) -> None:
    """Write the draft of a lexicon: characters of each FILE whose reading only the context decides.

    Each has its likely reading, its neighbours, and in a comment all its readings. Correct the draft and give it to
    `--lexicon`. With --output-format json every place is a line of JSON. Needs the extra `pinyin`.
    """
    from ttsprep.hot_fix import Tier, draft
    from ttsprep.hot_fix import propose as proposals
    from ttsprep.lexicon import Lexicon, write_lexicon

    if ask and "-" in scripts.files:
        raise click.UsageError("--ask needs standard input for the answers: name the files")
    entries: list[Entry] = []
    for script in scripts:
        text = script.spoken()
        try:
            heteronyms = proposals(text, every=True)
        except ModuleNotFoundError as error:
            raise click.UsageError(str(error)) from None
        open_ones = [one for one in heteronyms if one.tier is Tier.OPEN]
        found = heteronyms if every else open_ones
        what = f"{len(open_ones):,} of {len(heteronyms):,} characters with several readings are open"
        click.echo(f"{script.source.name}: {what}", err=True)
        if output_format == "json":
            for one in found:
                print_json(_as_dict(script, one))
        else:
            drafted = draft(text, found)
            entries += _asked(drafted) if ask else drafted
    if output_format != "json":
        written = write_lexicon(Lexicon.of(entries), target)
        write_out(written) if output is None else write_file(Path(output), written.encode())


def _as_dict(script: Script, proposal: Proposal) -> dict[str, object]:
    facts = dataclasses.asdict(proposal)
    line, column = script.source.position(proposal.span.start)
    return {"file": script.source.name, "line": line, "column": column, **facts, "span": [*facts["span"].values()]}


def _asked(entries: list[Entry]) -> Iterator[Entry]:
    """The entries with the readings that a person gives."""
    from ttsprep.pinyin import normalize

    for entry in entries:
        shown = f"{entry.before}[{entry.key}]{entry.after}"
        while True:
            answer = click.prompt(f"{shown}  {entry.note}  ({_SKIP} leaves it out)", default=entry.value, err=True)
            value = normalize(answer)
            if answer == _SKIP or (value and value.count(" ") == entry.value.count(" ")):
                break
            click.echo(f"{answer!r} is no reading of {entry.key!r}", err=True)
        if value and answer != _SKIP:
            yield dataclasses.replace(entry, value=value)


COMMANDS = [propose]
