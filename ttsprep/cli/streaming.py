"""``strip --stream``: what is certain of standard input is printed while it comes."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from ttsprep.cli.incoming import Incoming
from ttsprep.cli.inputs import Script, Scripts
from ttsprep.cli.printing import print_json
from ttsprep.mapped import MappedText
from ttsprep.markdown import MarkdownStream
from ttsprep.source import Source

__all__ = ["print_stream"]


def print_stream(scripts: Scripts, *, explain: bool, output_format: str) -> None:
    """Print each text as it is released: as it is, its pieces, or as a line of JSON. Diagnostics come at the end.

    Raises UsageError for files and for what is not Markdown, Refused for what cannot be decoded.
    """
    if scripts.files != ("-",) or scripts.syntax not in (None, "markdown"):
        raise click.UsageError("--stream reads Markdown from standard input")
    incoming, stream = Incoming(scripts.stdin_name, scripts.encoding), MarkdownStream(scripts.markdown)
    read, written = [""], False
    for text in _released(incoming, stream, read):
        _print(text, _source(scripts, read) if explain else None, output_format)
        written = True
    if written and not explain and output_format == "text":
        click.echo()
    Script(_source(scripts, read), "markdown", show=scripts.show).report(stream.diagnostics)


def _released(incoming: Incoming, stream: MarkdownStream, read: list[str]) -> Iterator[MappedText]:
    """What the stream releases, chunk after chunk; these are noted in `read`."""
    for chunk in incoming.chunks():
        read.append(chunk)
        if text := stream.feed(chunk):
            yield text
    if text := stream.close():
        yield text


def _source(scripts: Scripts, read: list[str]) -> Source:
    read[:] = ["".join(read)]
    return Source(read[0], scripts.stdin_name)


def _print(text: MappedText, explained: Source | None, output_format: str) -> None:
    from ttsprep.cli.text_commands import print_pieces, text_as_dict

    if output_format == "json":
        print_json(text_as_dict(text))
    elif explained is not None:
        print_pieces(text, explained)
    else:
        click.echo(text.text, nl=False)
    sys.stdout.flush()
