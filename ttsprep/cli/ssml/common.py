"""What the commands share: the input, how diagnostics are printed, and how documents are."""

from __future__ import annotations

import functools
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from ttsprep import writing
from ttsprep.cli.inputs import Script, Scripts, encoding_option, files_argument
from ttsprep.cli.printing import print_json
from ttsprep.diagnostics import Diagnostic, Severity
from ttsprep.report import as_dict, excerpts, lines
from ttsprep.source import Source

__all__ = [
    "Report",
    "document_options",
    "many",
    "note_errors",
    "print_document",
    "report_option",
    "write_file",
    "write_out",
]

_FRAME = 10
"""Cells that an excerpt needs beside the line of the source."""


class Report:
    """Prints diagnostics in one of the forms of `--output-format`.

    As JSON each is an object on a line of standard output; else they go to stderr, unless they are the result. `found`
    is all that was printed.
    """

    FORMS = ("full", "concise", "json")

    def __init__(self, form: str, *, is_result: bool) -> None:
        self.json = form == "json"
        self.full, self._err = form == "full", not is_result
        self.found: list[Diagnostic] = []

    @property
    def columns(self) -> int:
        """The room for a line of the source: that of the terminal."""
        return max(40, shutil.get_terminal_size((100 + _FRAME, 24)).columns - _FRAME)

    def __call__(self, found: Iterable[Diagnostic], source: Source) -> None:
        """Print the diagnostics of a source."""
        found = list(found)
        self.found += found
        if self.json:
            for each in found:
                print_json(as_dict(each, source))
        elif self.full:
            for text in excerpts(found, source, columns=self.columns):
                click.echo(f"{text}\n", err=self._err)
        else:
            for line in lines(found, source):
                click.echo(line, err=self._err)

    def note(self, words: str) -> None:
        """A line for people, on stderr; nothing as JSON."""
        if not self.json:
            click.echo(words, err=True)


def report_option(*, is_result: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """`--output-format full|concise|json`; the command gets a `Report` as ``report``."""

    def made(_ctx: click.Context, _param: click.Parameter, form: str) -> Report:
        return Report(form, is_result=is_result)

    words = "What was found: with the line of the source, in one line"
    result = ", or as JSON lines." if is_result else ", or as JSON lines, and the result too."
    return click.option(
        "--output-format",
        "report",
        type=click.Choice(Report.FORMS),
        default="full",
        show_default=True,
        callback=made,
        help=words + result,
    )


def document_options(*, is_result: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Files, `--encoding` and `--output-format`; the command gets ``scripts`` and ``report``."""

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def with_scripts(files: Sequence[str], encoding: str, report: Report, **others: Any) -> None:
            command(scripts=Scripts(files, encoding, show=report), report=report, **others)

        wrapped: Callable[..., None] = with_scripts
        for option in (report_option(is_result=is_result), encoding_option, files_argument):
            wrapped = option(wrapped)
        return wrapped

    return decorated


def note_errors(script: Script, report: Report) -> None:
    """Say that a document has errors, for a command that goes on with what was probably meant."""
    from ttsprep.ssml import validate

    found = [each for each in validate(script.source) if each.severity is Severity.ERROR]
    script.findings.extend(found)
    if report.json:
        report(found, script.source)
    elif found:
        name = script.source.name
        report.note(f"{name}: {many(len(found), 'error')} (see `ttsprep ssml check`); it is read as probably meant")


def print_document(text: str) -> None:
    """A document on standard output, and a line ending where it has none."""
    write_out(text if text.endswith(("\n", "\r")) else f"{text}\n")


def write_out(text: str) -> None:
    """Standard output as UTF-8, line endings as they are on every system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", errors="backslashreplace"))
    sys.stdout.buffer.flush()


def write_file(path: Path, data: bytes) -> None:
    """As `ttsprep.writing.write_file`; what goes wrong is a usage error."""
    try:
        writing.write_file(path, data)
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror or error}") from error


def write_in_place(source: Source, text: str) -> None:
    """Write the file of a source anew in its encoding; what goes wrong is a usage error."""
    if text == source.text:
        return
    try:
        data = source.encode(text)
    except UnicodeEncodeError as error:
        character = text[error.start]
        what = f"{source.encoding} has no {character!r} (U+{ord(character):04X}), which a fix put in"
        raise click.UsageError(f"cannot write {source.name}: {what}") from error
    write_file(Path(source.name), data)


def many(number: int, what: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
