"""``ssml convert``, ``ssml build`` and ``ssml from-markdown``: SSML out of what is none, or another kind."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from ttsprep.cli.groups import SectionedCommand
from ttsprep.cli.inputs import Script, Scripts
from ttsprep.cli.listening import markdown_options
from ttsprep.cli.printing import print_json
from ttsprep.cli.ssml.common import Report, document_options, many, print_document
from ttsprep.source import Source

if TYPE_CHECKING:
    from ttsprep.markdown import MarkdownOptions
    from ttsprep.ssml import Authored, Pauses
    from ttsprep.ssml.build import Speak

__all__ = ["COMMANDS"]


# --- convert


class _DialectOption(click.Option):
    """An option that reads the known dialects when it is used or shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from ttsprep.ssml.conversion import dialects

        names = ", ".join(f"{name} ({title})" for name, title in dialects().items())
        self.help = f"What the input is written in, where it does not tell by itself: {names}."
        return super().get_help_record(ctx)


def _dialect(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    from ttsprep.likeness import suggest
    from ttsprep.ssml.conversion import dialects

    if value is None or value in dialects():
        return value
    meant = suggest(value, dialects())
    hint = f"did you mean {meant!r}?" if meant else f"there are: {', '.join(dialects())}"
    raise click.BadParameter(f"no dialect {value!r}; {hint}")


@click.command()
@document_options()
@click.option("--dialect", cls=_DialectOption, callback=_dialect, metavar="NAME")
def convert(scripts: Scripts, report: Report, dialect: str | None) -> None:
    """Bring SSML for other services into SSML for this one.

    What was changed, dropped or approximated is reported with its place in the FILE. No text is lost without a report,
    and the result is legal. As JSON: an object for each diagnostic, and one for each file with its text and dialect.

    \b
    Exit codes:
      0  converted; there may be losses
      1  a file is no SSML that can be read: nothing is printed for it
      2  usage: options, a file that cannot be read
    """
    from ttsprep.ssml import convert as converted

    for script in scripts:
        done = converted(script.source, dialect=dialect)
        script.report(done.diagnostics)
        if not done.dialect:
            report.note(f"{script.source.name}: cannot be converted before it is mended (ttsprep ssml fix)")
            continue
        if report.json:
            print_json({"file": script.source.name, "text": done.text, "dialect": done.dialect})
        else:
            print_document(done.text)
        report.note(f"{script.source.name}: read as {done.dialect}, {many(len(done.diagnostics), 'change')} reported")


# --- build, from-markdown


def _speak_options(command: Callable[..., None]) -> Callable[..., None]:
    """The attributes of ``<speak>``; the command gets the element as ``root``."""

    @functools.wraps(command)
    def with_root(**options: Any) -> None:
        values = {name: options.pop(name) for name in _ATTRIBUTES}
        command(root=_root({name: value for name, value in values.items() if value is not None}), **options)

    wrapped: Callable[..., None] = with_root
    for name, words in reversed(_ATTRIBUTES.items()):
        wrapped = click.option(f"--{name}", metavar="ID" if name == "voice" else "NUMBER", help=words)(wrapped)
    return wrapped


_ATTRIBUTES = {
    "voice": "Voice of <speak>.",
    "rate": "Speed of <speak>, a multiple of the voice's own.",
    "pitch": "Pitch of <speak>, a multiple of the voice's own.",
    "volume": "Loudness of <speak>.",
}


def _root(attributes: dict[str, Any]) -> Speak:
    from ttsprep.ssml import speak

    try:
        return speak(**attributes)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _print(authored: Authored, script: Script, report: Report) -> None:
    script.report(authored.diagnostics)
    if report.json:
        print_json({"file": script.source.name, "text": str(authored)})
    else:
        print_document(str(authored))


_SPEECH_MARKDOWN = (".smd", ".speechmarkdown")
_MARKDOWN = (".md", ".markdown")


def _voices(_ctx: click.Context, _param: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    found = {}
    for value in values:
        name, equals, voice = value.partition("=")
        if not (name and equals and voice):
            raise click.BadParameter(f"{value!r} is not NAME=ID")
        found[name] = voice
    return found


@click.command()
@document_options()
@click.option(
    "--from",
    "syntax",
    type=click.Choice(["text", "speech-markdown"]),
    help="What the input is written in. By default a file that ends with .smd is Speech Markdown, any other text.",
)
@_speak_options
@click.option(
    "--voice-for",
    "voices",
    multiple=True,
    metavar="NAME=ID",
    callback=_voices,
    help="Voice for a name in Speech Markdown.",
)
def build(scripts: Scripts, report: Report, syntax: str | None, root: Speak, voices: dict[str, str]) -> None:
    """Write SSML from plain text or Speech Markdown.

    What SSML cannot say is reported. As JSON: an object for each diagnostic, and one for each file with its text.

    \b
    Exit codes:
      0  fine; there may be losses
      1  a file has errors
      2  usage: options, a file that cannot be read
    """
    from ttsprep.markup import is_ssml
    from ttsprep.ssml import from_speech_markdown, from_text

    _refuse_markdown(scripts.files, syntax)
    for script in scripts:
        is_speech_markdown = PurePath(script.source.name).suffix.lower() in _SPEECH_MARKDOWN
        if is_ssml(script.source.text):
            report.note(f"{script.source.name} is SSML already: its tags will be spoken")
        source = Source(script.source.text.rstrip("\r\n"), script.source.name)
        if syntax == "speech-markdown" or (syntax is None and is_speech_markdown):
            _print(from_speech_markdown(source, voices=voices, root=root), script, report)
        else:
            _print(from_text(source, root), script, report)


def _refuse_markdown(files: Sequence[str], syntax: str | None) -> None:
    """Before anything is printed: what is Markdown by its name is hardly meant to be spoken with its marks."""
    for name in files:
        if syntax is None and PurePath(name).suffix.lower() in _MARKDOWN:
            raise click.UsageError(f"{name} is Markdown by its name: `ttsprep ssml from-markdown` reads it (or --from)")


class _PauseOption(click.Option):
    """An option that reads the names of the pauses when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from ttsprep.ssml import Pauses

        lengths = ", ".join(f"{name} {length}" for name, length in dataclasses.asdict(Pauses()).items())
        self.help = f"Milliseconds of a pause between blocks, 0 for none. The pauses are: {lengths}."
        return super().get_help_record(ctx)


def _pause_lengths(_ctx: click.Context, _param: click.Parameter, values: Sequence[str]) -> dict[str, int]:
    found = {}
    for value in values:
        name, _, length = value.partition("=")
        if not length.isdecimal():
            raise click.BadParameter(f"{value!r} is not NAME=MS, such as heading=700")
        found[name] = int(length)
    return found


def _pauses(given: dict[str, int], *, silent: bool) -> Pauses:
    from ttsprep.likeness import suggest
    from ttsprep.ssml import Pauses

    names = [field.name for field in dataclasses.fields(Pauses)]
    unknown = next((name for name in given if name not in names), None)
    if unknown is not None:
        meant = suggest(unknown, names)
        hint = f"did you mean {meant!r}?" if meant else f"there are: {', '.join(names)}"
        raise click.BadParameter(f"no pause {unknown!r}; {hint}", param_hint="--pause")
    for name, length in given.items():
        try:
            Pauses(**{name: length})
        except ValueError as error:
            raise click.BadParameter(f"{name}: {error}", param_hint="--pause") from error
    return Pauses(**{**(dict.fromkeys(names, 0) if silent else {}), **given})


@click.command(cls=SectionedCommand)
@document_options()
@click.option("--pause", "lengths", cls=_PauseOption, multiple=True, metavar="NAME=MS", callback=_pause_lengths)
@click.option("--no-pauses", is_flag=True, help="No pauses but those of --pause.")
@_speak_options
@functools.partial(markdown_options, without=["pauses"])
def from_markdown(
    scripts: Scripts, report: Report, lengths: dict[str, int], no_pauses: bool, root: Speak, markdown: MarkdownOptions
) -> None:
    """Write SSML from Markdown: its text, with pauses.

    A pronunciation stands in braces: {典当行|dian3 dang4 hang2}, {sin|S AY N}. As JSON: an object for each diagnostic,
    and one for each file with its text.

    \b
    Exit codes:
      0  fine; there may be warnings
      1  a file has errors
      2  usage: options, a file that cannot be read
    """
    from ttsprep.ssml import SsmlOptions
    from ttsprep.ssml import from_markdown as converted

    options = SsmlOptions(_pauses(lengths, silent=no_pauses), markdown, root)
    for script in scripts:
        _print(converted(script.source, options), script, report)


COMMANDS = [convert, build, from_markdown]
