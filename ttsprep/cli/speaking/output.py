"""Where the audio goes: the file or standard output, and the audio format that its name asks for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ttsprep.cli.inputs import Refused, Script, print_findings
from ttsprep.source import Source

if TYPE_CHECKING:
    from ttsprep.sender import SpeechEvent
    from ttsprep.settings import TaskSettings

__all__ = ["STANDARD_OUTPUT", "check_files", "check_output", "in_format_of", "write_audio"]

STANDARD_OUTPUT: Final = "-"


def in_format_of(output: str | None, settings: TaskSettings) -> TaskSettings:
    """The settings in the format that the name asks for, what is found in them printed. Raises UsageError, Refused."""
    from ttsprep.diagnostics import DiagnosticError
    from ttsprep.sender.sources import named

    if output is None or output == STANDARD_OUTPUT:
        return settings
    where = Source("", "settings")
    try:
        changed = named(output, settings)
    except DiagnosticError as error:
        refused = Script(where, None)
        refused.report(error.diagnostics)
        raise Refused([refused]) from None
    except ValueError as fault:
        raise click.UsageError(f"-o: {fault}") from None
    print_findings([new for new in changed.diagnostics if new not in settings.diagnostics], where)
    return changed


def check_output(output: str | None, *, needed: bool) -> None:
    """Whether audio may be written there. Raises UsageError."""
    from ttsprep.sender.files import target_of

    if output is None and needed:
        raise click.UsageError("where to? Name the audio file with -o OUT (or - for standard output)")
    if output == STANDARD_OUTPUT and needed and sys.stdout.isatty():
        raise click.UsageError("-o - writes audio to standard output, and that is a terminal")
    if output is not None and output != STANDARD_OUTPUT:
        try:
            target_of(Path(output))
        except OSError as error:
            raise click.UsageError(f"-o: {error}") from None


def check_files(inputs: Iterable[str], output: str | None, record: str | None) -> None:
    """Refuse to write into what is read, and two things into one file. Raises UsageError."""
    written = {"-o": output, "--record": record}
    for option, name in written.items():
        for script in inputs:
            if name is not None and _same(name, script):
                raise click.UsageError(f"{option}: {name} is one of the scripts; it would be lost")
    if output is not None and record is not None and _same(output, record):
        raise click.UsageError(f"-o and --record name the same file, {output}")


def _same(one: str, other: str) -> bool:
    return STANDARD_OUTPUT not in (one, other) and Path(one).resolve() == Path(other).resolve()


def write_audio(event: SpeechEvent) -> bool:
    """Write audio to standard output; false when nobody reads it any more."""
    from ttsprep.sender import Audio

    if not isinstance(event, Audio):
        return True
    try:
        sys.stdout.buffer.write(event.data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python would complain once more when it flushes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True
