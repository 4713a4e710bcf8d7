"""``prepare``, ``count``, ``strip``: the stages of the pipeline, whole or one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from ttsprep.cli.groups import SectionedCommand
from ttsprep.cli.inputs import Scripts, script_options, settings_or_exit
from ttsprep.cli.lexicons import lexicon_option
from ttsprep.cli.options import Chosen, output_format, settings_options
from ttsprep.cli.printing import print_json

if TYPE_CHECKING:
    from ttsprep.mapped import MappedText, Piece
    from ttsprep.payloads import Plan
    from ttsprep.source import Source

__all__ = ["COMMANDS", "piece_as_dict", "print_counted", "print_pieces", "summary", "text_as_dict"]


@click.command(cls=SectionedCommand)
@script_options
@output_format
def count(scripts: Scripts, output_format: str) -> None:
    """Count what the service would bill for each FILE, and in total.

    A Han ideograph counts 2, every other character 1, SSML tags 0. Markdown is counted as it is spoken,
    without its markup; --from text counts it as it stands.
    """
    from ttsprep.counting import count as counted

    rows: list[tuple[str, int]] = []
    if output_format != "json":
        scripts.at_end = lambda: print_counted(rows)
    for script in scripts:
        rows.append((script.source.name, counted(script.spoken().text)))
        if output_format == "json":
            print_json({"file": script.source.name, "counted": rows[-1][1]})


def print_counted(rows: Sequence[tuple[str, int]], most: Sequence[int] = ()) -> None:
    """Names and their counted characters, and the total of several; `most` is what each counts with longer aliases."""
    total = sum(size for _, size in rows)
    width = len(f"{total:,}")
    bounds = [*most] or [size for _, size in rows]
    if len(rows) > 1:
        rows, bounds = [*rows, ("total", total)], [*bounds, sum(bounds)]
    for (name, size), bound in zip(rows, bounds, strict=True):
        at_most = f" (at most {bound:,} if aliases are billed in place of their text)" if bound > size else ""
        click.echo(f"{size:>{width},} {name}{at_most}")


@click.command(cls=SectionedCommand)
@script_options
@click.option("--explain", is_flag=True, help="Print the pieces of the text and where each comes from.")
@click.option("--stream", is_flag=True, help="Print what is certain of standard input while it comes.")
@output_format
def strip(scripts: Scripts, explain: bool, stream: bool, output_format: str) -> None:
    """Print what is spoken of each FILE: its text without Markdown.

    With --explain a line for each piece: where it begins in the file, whether it is verbatim, replaced or inserted, and
    its text.
    """
    if stream:
        from ttsprep.cli.streaming import print_stream

        print_stream(scripts, explain=explain, output_format=output_format)
        return
    for script in scripts:
        text = script.spoken()
        if output_format == "json":
            print_json({"file": script.source.name, **text_as_dict(text)})
        elif explain:
            print_pieces(text, script.source)
        else:
            click.echo(text.text, nl=not text.text.endswith("\n"))


def print_pieces(text: MappedText, source: Source) -> None:
    """A line for each piece."""
    for piece in text.pieces():
        line, column = source.position(piece.source.start)
        click.echo(f"{source.name}:{line}:{column}: {piece.kind.name.lower():8} {piece.text!r}")


def text_as_dict(text: MappedText) -> dict[str, Any]:
    """A text and its pieces as values for JSON."""
    return {"text": text.text, "pieces": [piece_as_dict(piece) for piece in text.pieces()]}


def piece_as_dict(piece: Piece) -> dict[str, Any]:
    """A piece of a text as values for JSON; offsets are code points."""
    span = [piece.source.start, piece.source.end]
    return {"kind": piece.kind.name.lower(), "text": piece.text, "span": span}


@click.command(cls=SectionedCommand)
@script_options
@lexicon_option
@settings_options
@click.option("--annotate", is_flag=True, help="Wrap each instruction with its source span and counted characters.")
def prepare(scripts: Scripts, settings: Chosen, annotate: bool) -> None:
    """Turn each FILE into instructions for the service: JSON lines on standard output, a summary on stderr.

    Every task gets a new id. A file with errors gives no instructions, and the exit code is 1. For SSML enable_ssml is
    set, unless an option or the settings file says something about it.
    """
    from ttsprep.cli.enabling import plan_of

    checked = settings_or_exit(settings)
    for script in scripts:
        plan = plan_of(script, checked)
        if plan is not None and plan.ok:
            for line in _instructions(plan, annotate):
                print_json(line)
            click.echo(f"{script.source.name}: {summary(plan)}", err=True)


def _instructions(plan: Plan, annotate: bool) -> Iterator[dict[str, Any]]:
    import uuid

    for task in plan.tasks:
        notes = iter(task.parts)
        for instruction in task.instructions(uuid.uuid4().hex):
            rendered = instruction.to_dict()
            if not annotate:
                yield rendered
            elif instruction.message.value == "continue-task":
                part = next(notes)
                span = [part.span.start, part.span.end] if part.span else None
                yield {"instruction": rendered, "span": span, "counted": part.counted, "sentences": part.sentences}
            else:
                yield {"instruction": rendered}


def summary(plan: Plan) -> str:
    """A plan in one line, for people."""
    parts = sum(len(task.parts) for task in plan.tasks)
    facts = [
        _many(plan.counted, "counted character"),
        _many(plan.sentences, "sentence"),
        f"{parts:,} continue-task in {_many(len(plan.tasks), 'task')}",
    ]
    if plan.price is not None and plan.cost is not None:
        facts.append(f"about {plan.cost:.4f} {plan.price.currency}")
    return ", ".join(facts)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


COMMANDS = [prepare, count, strip]
