"""``ssml diff``: two documents by what is heard of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ttsprep.cli.inputs import Refused, Scripts, encoding_option
from ttsprep.cli.printing import print_json
from ttsprep.cli.ssml.common import Report, note_errors, report_option
from ttsprep.diagnostics import Span
from ttsprep.report import excerpt
from ttsprep.source import Source

if TYPE_CHECKING:
    from ttsprep.ssml import Difference

__all__ = ["COMMANDS"]


@click.command()
@click.argument("a", type=click.Path())
@click.argument("b", type=click.Path())
@encoding_option
@report_option()
def diff(a: str, b: str, encoding: str, report: Report) -> None:
    """Compare two documents by what a listener hears.

    That is their text, pauses, sounds, pronunciations and prosody. What sounds the same is no difference: 1s and
    1000ms, an alias and its words, white space, the order of attributes. One of the two may be -, standard input.
    As JSON: an object for each difference.

    \b
    Exit codes:
      0  they sound the same
      1  they differ
      2  usage: options, a file that cannot be read or is not in the encoding
    """
    from ttsprep.ssml import diff as differences

    try:
        first, second = Scripts([a, b], encoding, show=report)
    except Refused:
        sys.exit(2)
    if not report.json:
        note_errors(first, report)
        note_errors(second, report)
    found = differences(first.source, second.source)
    for difference in found:
        _print(difference, first.source, second.source, report)
    sys.exit(1 if found else 0)


def _print(difference: Difference, a: Source, b: Source, report: Report) -> None:
    if report.json:
        places = {"a": _as_dict(a, difference.a), "b": _as_dict(b, difference.b)}
        print_json({"change": str(difference.change), "message": difference.words, **places})
    elif report.full:
        click.echo(difference)
        for mark, source, span in (("-", a, difference.a), ("+", b, difference.b)):
            click.echo(f"{mark * 3} {_place(source, span)}")
            for line in excerpt(source, span, report.columns):
                click.echo(line)
        click.echo()
    else:
        click.echo(f"{_place(a, difference.a)} {_place(b, difference.b)}: {difference}")


def _place(source: Source, span: Span) -> str:
    line, column = source.position(span.start)
    return f"{source.name}:{line}:{column}"


def _as_dict(source: Source, span: Span) -> dict[str, Any]:
    line, column = source.position(span.start)
    return {"file": source.name, "line": line, "column": column, "span": [span.start, span.end]}


COMMANDS = [diff]
