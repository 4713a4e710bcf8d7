"""How a run ended: the summary, or what went wrong with its exit code; for people or as one JSON object."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click

from ttsprep.cli.inputs import Refused
from ttsprep.cli.printing import print_json
from ttsprep.cli.signals import ended_by
from ttsprep.cli.speaking.output import STANDARD_OUTPUT
from ttsprep.report import lines

if TYPE_CHECKING:
    from ttsprep.protocol import SpeechError
    from ttsprep.sender import Finished, Summary

__all__ = ["CONNECTION", "INTERRUPTED", "REFUSED", "USAGE", "Outcome", "exit_code"]

REFUSED, USAGE, CONNECTION, INTERRUPTED = 1, 2, 3, 130


class Outcome:
    """Prints the end of one run: text on stderr; JSON on standard output, or stderr where that has the audio."""

    def __init__(self, output: str | None, output_format: str) -> None:
        self._output = output or ""
        self._json = output_format == "json"
        self._begun = time.monotonic()

    def spoken(self, summary: Summary) -> None:
        """All is said."""
        seconds = time.monotonic() - self._begun
        if self._json:
            tasks = [{**asdict(task), "real_time_factor": task.real_time_factor} for task in summary.tasks]
            self._print_json({"output": self._output, "seconds": round(seconds, 3), "tasks": tasks})
            return
        for line in _summary_lines(summary, self._output, seconds):
            click.echo(line, err=True)

    @contextmanager
    def failing(self) -> Iterator[None]:
        """Whatever goes wrong is said, and ends the command with its exit code."""
        from ttsprep.protocol import SpeechError

        try:
            yield
        except Refused as refused:
            self._refused(refused)
            raise
        except click.UsageError as error:
            if not self._json:
                raise
            self._fail(error, error.format_message(), USAGE)
        except SpeechError as error:
            self._fail(error, str(error), exit_code(error), _facts_of(error))
        except OSError as error:
            self._fail(error, _os_words(error), USAGE)
        except KeyboardInterrupt as error:
            self._fail(error, *ended_by(error))

    def _refused(self, refused: Refused) -> None:
        """The diagnostics were printed when they were found."""
        notes = getattr(refused, "__notes__", [])
        if not self._json:
            for note in notes:
                click.echo(note, err=True)
            return
        words = [line for script in refused.scripts for line in lines(script.findings, script.source)]
        found = [
            {"file": script.source.name, **finding.as_dict()}
            for script in refused.scripts
            for finding in script.findings
        ]
        message = "\n".join([*words, *notes])
        self._print_json(
            {"error": "DiagnosticError", "message": message, "exit_code": refused.exit_code, "diagnostics": found}
        )

    def _fail(self, error: BaseException, words: str, code: int, facts: dict[str, Any] | None = None) -> None:
        message = "\n".join([words, *getattr(error, "__notes__", [])])
        if self._json:
            self._print_json({"error": type(error).__name__, "message": message, "exit_code": code, **(facts or {})})
        else:
            click.echo(f"ttsprep speak: {message}", err=True)
        raise click.exceptions.Exit(code)

    def _print_json(self, facts: dict[str, Any]) -> None:
        print_json(facts, err=self._output == STANDARD_OUTPUT)


_KEY_RULE: Final = "HDR-02"


def exit_code(error: SpeechError) -> int:
    """1 where the service said no, 3 where the connection or the time was at fault."""
    from ttsprep.protocol import ConnectionLost, HandshakeError, ServiceTimeout

    if _KEY_RULE in error.rules:
        return REFUSED
    if isinstance(error, ConnectionLost | ServiceTimeout):
        return CONNECTION
    if isinstance(error, HandshakeError):
        return CONNECTION if error.status >= 500 or error.status in (408, 429) else REFUSED
    return REFUSED


def _facts_of(error: BaseException) -> dict[str, Any]:
    return {name: value for name, value in vars(error).items() if isinstance(value, str | int | float | tuple)}


def _os_words(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)


def _summary_lines(summary: Summary, output: str, seconds: float) -> Iterator[str]:
    name = "standard output" if output == STANDARD_OUTPUT else output
    yield f"{name}: {summary.audio_seconds:.1f} s of audio, {summary.sentences:,} sentences, in {seconds:.1f} s"
    for task in summary.tasks:
        yield f"  task {task.task_id}, request {task.request_uuid or 'unknown'}"
        yield "    " + ", ".join(_task_facts(task))


def _task_facts(task: Finished) -> Iterator[str]:
    billed = "unknown" if task.billed is None else f"{task.billed:,}"
    differs = " (they differ)" if task.billed_differs else ""
    yield f"{task.counted:,} counted characters, {billed} billed{differs}"
    yield "connection reused" if task.reused else f"connected in {task.connect_seconds:.2f} s"
    yield f"started in {task.started_seconds:.2f} s"
    if task.first_packet_seconds is not None:
        yield f"first packet {task.first_packet_seconds:.2f} s"
    if task.real_time_factor is not None:
        yield f"real-time factor {task.real_time_factor:.2f}"
    if task.attempts > 1:
        yield f"{task.attempts} attempts"
