"""``split``: the sentences of a text, whole or while it comes, and why they end where they do."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from ttsprep.cli.groups import SectionedCommand
from ttsprep.cli.incoming import Incoming
from ttsprep.cli.inputs import Script, Scripts, Unreadable, script_options
from ttsprep.cli.options import output_format
from ttsprep.cli.printing import print_json
from ttsprep.source import Source

if TYPE_CHECKING:
    from ttsprep.mapped import MappedText
    from ttsprep.sentences import Decision, Options, Segment

__all__ = ["COMMANDS"]

_COUNTED: Final = click.IntRange(min=2)

_OPTIONS = (
    click.option("--language", metavar="CODE", help="Language of the text (zh, en …): sharpens a few rules."),
    click.option("--wrapped", is_flag=True, help="Lines end anywhere: a blank line or a list item ends a sentence."),
    click.option("--eager", is_flag=True, help="End right behind 。！？ where no bracket or quotation is open."),
    click.option("--glued/--no-glued", default=True, help='Whether "the end.Then" is the end of a sentence.'),
    click.option("--minimum", type=click.IntRange(min=0), default=0, help="Merge to so many counted characters."),
    click.option("--maximum", type=_COUNTED, help="Cut sentences of more counted characters."),
    click.option("--first", type=_COUNTED, help="The maximum for the first piece; no minimum holds it up."),
)  # fmt: skip


def _splitting_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how to split; the command gets them as ``how``."""

    @functools.wraps(command)
    def with_options(*, language: str | None, wrapped: bool, eager: bool, glued: bool, **others: Any) -> None:
        from ttsprep.sentences import Options

        lengths = {name: others.pop(name) for name in ("minimum", "maximum", "first")}
        try:
            how = Options(language, wrapped=wrapped, eager=eager, glued=glued, **lengths)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        command(how=how, **others)

    wrapped_command: Callable[..., None] = with_options
    for option in reversed(_OPTIONS):
        wrapped_command = option(wrapped_command)
    return wrapped_command


@click.command(cls=SectionedCommand)
@script_options
@_splitting_options
@click.option("--stream", is_flag=True, help="Print each sentence while the text still comes. Not for SSML.")
@click.option("--explain", is_flag=True, help="Say of every mark why a sentence ends there or does not.")
@output_format
def split(scripts: Scripts, how: Options, stream: bool, explain: bool, output_format: str) -> None:
    """Print the sentences of each FILE, one a line, as they are spoken."""
    if stream and explain:
        raise click.UsageError("--explain wants the whole text, --stream does not wait for it")
    from ttsprep import sentences

    if stream:
        _stream(scripts, how, output_format)
        return
    for script in scripts:
        text = script.spoken()
        decisions = iter(sentences.explain(text, how)) if explain else None
        for segment, why in _with_decisions(sentences.split(text, how), decisions):
            _print(segment, script.source.name, output_format, why)


def _with_decisions(
    segments: Iterable[Segment], decisions: Iterator[Decision] | None
) -> Iterator[tuple[Segment, list[Decision] | None]]:
    """Each segment with the decisions on the marks in it."""
    ahead = next(decisions, None) if decisions is not None else None
    for segment in segments:
        within: list[Decision] = []
        while decisions is not None and ahead is not None and ahead.at < segment.end:
            within.append(ahead)
            ahead = next(decisions, None)
        yield segment, within if decisions is not None else None


def _print(segment: Segment, name: str, output_format: str, why: list[Decision] | None = None) -> None:
    if output_format == "json":
        rendered = {
            "file": name,
            "text": segment.text,
            "span": [segment.source.start, segment.source.end],
            "reason": segment.reason.name.lower(),
            "complete": segment.complete,
        }
        if why is not None:
            rendered["decisions"] = [{"at": each.at, "end": each.end, "why": each.why} for each in why]
        print_json(rendered)
    elif segment.text.strip():
        click.echo(" ".join(segment.text.split()))
        for each in why or ():
            before = segment.text[: each.at - segment.start + 1].split()[-1:]
            click.echo(f"    {'end' if each.end else 'no end'} at {(before or [''])[0][-16:]!r}: {each.why}")


# --- while the text comes


def _stream(scripts: Scripts, how: Options, output_format: str) -> None:
    failed = []
    for name in scripts.files:
        shown = scripts.stdin_name if name == "-" else name
        if scripts.syntax == "ssml" or (scripts.syntax is None and name.endswith(".ssml")):
            raise click.UsageError(f"{shown} is SSML, one document, and cannot be streamed")
        try:
            with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
                _stream_file(file, shown, scripts, how, output_format)
        except OSError as error:
            failed.append(f"cannot read {name}: {error.strerror or error}")
            click.echo(f"Error: {failed[-1]}", err=True)
    if failed:
        raise Unreadable("\n".join(failed))


def _stream_file(file: IO[bytes], name: str, scripts: Scripts, how: Options, output_format: str) -> None:
    from ttsprep.sentences import SentenceStream

    stream = SentenceStream(how)
    for spoken in _spoken(Incoming(name, scripts.encoding, file).chunks(), name, scripts):
        for segment in stream.feed(spoken):
            _print(segment, name, output_format)
        sys.stdout.flush()
    for segment in stream.close():
        _print(segment, name, output_format)


def _spoken(chunks: Iterator[str], name: str, scripts: Scripts) -> Iterator[MappedText | str]:
    if scripts.syntax == "text" or (scripts.syntax is None and name.endswith(".txt")):
        yield from chunks
        return
    from ttsprep.markdown import MarkdownStream

    stream, source = MarkdownStream(scripts.markdown), []
    for chunk in chunks:
        source.append(chunk)
        yield stream.feed(chunk)
    yield stream.close()
    Script(Source("".join(source), name), None).report(stream.diagnostics)


COMMANDS = [split]
