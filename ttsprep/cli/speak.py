"""``speak``: scripts become speech, through the service or through the emulator."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import click

from ttsprep.cli.inputs import Script, script_options, settings_or_exit
from ttsprep.cli.options import Chosen, output_format, settings_options

if TYPE_CHECKING:
    from ttsprep.payloads import Plan
    from ttsprep.sender import SpeechEvent, Summary, SyncSender
    from ttsprep.settings import TaskSettings

__all__ = ["COMMANDS"]

REFUSED, USAGE, CONNECTION, INTERRUPTED = 1, 2, 3, 130

_FORMATS: Final = {".mp3": "mp3", ".wav": "wav", ".pcm": "pcm", ".raw": "pcm", ".opus": "opus", ".ogg": "opus"}
"""Ending of the output file → audio format, where none is asked for."""

_NO_KEY: Final = (
    "no API key. Two ways: set DASHSCOPE_API_KEY (or --api-key-file FILE) to speak through the service, "
    "or --emulator to speak through a local one without a key."
)


@dataclass(frozen=True)
class Connecting:
    """How the service is reached: the options of this command that are not the text's."""

    emulator: bool
    url: str | None
    api_key_file: str | None
    workspace: str
    time_scale: float
    record: str | None
    opening_timeout: float | None


def _connecting_options(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option("--emulator", is_flag=True, help="Speak through a local emulator of the service: no key needed."),
        click.option("--url", help="Endpoint of the service.  [default: that of the region]"),
        click.option(
            "--api-key-file",
            metavar="FILE",
            help="File that holds the API key, instead of the environment variable DASHSCOPE_API_KEY.",
        ),
        click.option("--workspace", default="", metavar="ID", help="Workspace of the service."),
        click.option(
            "--opening-timeout",
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            help="How long opening a connection may take.  [default: 30]",
        ),
        click.option(
            "--time-scale",
            type=click.FloatRange(min=0, min_open=True, max=1),
            default=1.0,
            help="For an emulator with the same scale: 0.01 makes the service's 23 seconds 0.23.",
        ),
        click.option(
            "--record", type=click.Path(dir_okay=False), help="Append all frames to a file as JSON lines, no key."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@script_options
@click.option("-o", "--output", type=click.Path(), metavar="OUT", help="Audio file to write; - is standard output.")
@_connecting_options
@settings_options
@click.option("--dry-run", is_flag=True, help="Print the plan and send nothing; needs neither key nor network.")
@output_format
def speak(
    scripts: Iterator[Script],
    output: str | None,
    settings: Chosen,
    dry_run: bool,
    output_format: str,
    **connecting: Any,
) -> None:
    """Speak each FILE, one after the other, into one audio file.

    The audio format is that of --format, else the ending of OUT decides. OUT appears when all is said; until then,
    and after a failure, what was heard is in OUT.part. While speaking, progress is shown on a terminal; at the end a
    summary on stderr, or with --output-format json on standard output (stderr where that has the audio).

    \b
    Exit codes:
      0    spoken (also where the player at -o - stopped listening)
      1    the scripts or settings have errors, or the service refused them or the key
      2    usage: options, URL, no key, a file that cannot be read or written
      3    no connection, connection lost, or a timeout
      130  interrupted
    """
    how = Connecting(**connecting)
    checked = _with_format(settings_or_exit(settings), output)
    plans = _plans(scripts, checked)
    if dry_run:
        _print_plans(plans, output_format)
        return
    if output is None:
        raise click.UsageError("where to? Name the audio file with -o OUT (or - for standard output)")
    if output == "-" and sys.stdout.isatty():
        raise click.UsageError("-o - writes audio to standard output, and that is a terminal")
    _Speaking(how, checked, output, output_format).run([plan for _, plan in plans])


def _with_format(settings: TaskSettings, output: str | None) -> TaskSettings:
    """The settings with the audio format that the ending of the output asks for, where none is set."""
    from ttsprep.cli.inputs import print_findings
    from ttsprep.diagnostics import DiagnosticError
    from ttsprep.source import Source

    wanted = _FORMATS.get(PurePath(output or "").suffix.lower())
    if wanted is None or wanted == settings.effective("format"):
        return settings
    if settings.format is not None:
        click.echo(f"{output}: warning: the name says {wanted}, the format is {settings.format}", err=True)
        return settings
    try:
        changed = settings.replace(format=wanted)
    except DiagnosticError as error:
        print_findings(error.diagnostics, Source("", "settings"))
        raise click.exceptions.Exit(REFUSED) from None
    print_findings([new for new in changed.diagnostics if new not in settings.diagnostics], Source("", "settings"))
    return changed


def _plans(scripts: Iterator[Script], settings: TaskSettings) -> list[tuple[str, Plan]]:
    """A plan for each script, diagnostics printed; exits with 1 where one has errors."""
    from ttsprep.pipeline import prepare

    plans = []
    for script in scripts:
        plan = prepare(script.source, settings, syntax=script.syntax)
        script.report(found for found in plan.diagnostics if found not in settings.diagnostics)
        plans.append((script.source.name, plan))
    return plans


def _print_plans(plans: list[tuple[str, Plan]], output_format: str) -> None:
    from ttsprep.cli.text_commands import summary

    for name, plan in plans:
        if output_format == "json":
            click.echo(json.dumps(_plan_as_dict(name, plan), ensure_ascii=False))
            continue
        click.echo(f"{name}: {summary(plan)}")
        for number, task in enumerate(plan.tasks, 1):
            click.echo(f"  task {number}: {task.counted:,} counted characters, {task.sentences:,} sentences")
            for part in task.parts:
                where = f"{part.span.start}-{part.span.end}" if part.span else "?"
                begin = " ".join(part.text.split())[:60]
                click.echo(f"    continue-task {part.counted:>6,} counted  {where:>15}  {begin}")


def _plan_as_dict(name: str, plan: Plan) -> dict[str, Any]:
    return {
        "file": name,
        "model": plan.settings.model,
        "parameters": plan.settings.parameters(),
        "counted": plan.counted,
        "sentences": plan.sentences,
        "cost": None if plan.cost is None else str(plan.cost),
        "currency": plan.price.currency if plan.price else None,
        "tasks": [
            {
                "counted": task.counted,
                "sentences": task.sentences,
                "parts": [
                    {"text": part.text, "span": part.span and [part.span.start, part.span.end], "counted": part.counted}
                    for part in task.parts
                ],
            }
            for task in plan.tasks
        ],
    }


class _Speaking:
    """One run of the command."""

    def __init__(self, how: Connecting, settings: TaskSettings, output: str, output_format: str) -> None:
        self._how, self._settings, self._output = how, settings, output
        self._json = output_format == "json"
        self._begun = time.monotonic()

    def run(self, plans: list[Plan]) -> None:
        """Speak, report, and exit with the right code."""
        from ttsprep.protocol import SpeechError

        progress = _Progress(sum(plan.sentences for plan in plans))
        try:
            with ExitStack() as stack:
                sender = self._sender(stack)
                summary = self._speak(sender, plans, progress)
        except SpeechError as error:
            progress.clear()
            self._report_failure(error, exit_code(error))
        except OSError as error:
            progress.clear()
            self._report_failure(error, USAGE)
        except KeyboardInterrupt as error:
            progress.clear()
            self._report_failure(error, INTERRUPTED)
        else:
            progress.clear()
            if summary is not None:
                self._report(summary)

    def _sender(self, stack: ExitStack) -> SyncSender:
        from ttsprep.protocol import Timeouts
        from ttsprep.sender import EndpointFault, Key, KeyFault, SyncSender

        how = self._how
        if how.emulator and how.url:
            raise click.UsageError("--emulator is a service of its own: leave out --url")
        timeouts = Timeouts(opening=how.opening_timeout) if how.opening_timeout else None
        common: dict[str, Any] = {
            "settings": self._settings,
            "record": how.record,
            "time_scale": how.time_scale,
            "workspace": how.workspace,
            "timeouts": timeouts,
        }
        try:
            if how.emulator:
                url = self._emulator(stack)
                return stack.enter_context(SyncSender(url, api_key=Key.stand_in(), task_starts=0, **common))
            return stack.enter_context(SyncSender(how.url, api_key_file=how.api_key_file, **common))
        except KeyFault as fault:
            raise click.UsageError(_NO_KEY if str(fault).startswith("no API key") else str(fault)) from None
        except EndpointFault as fault:
            raise click.UsageError(f"--url: {fault}") from None
        except ValueError as fault:
            raise click.UsageError(str(fault)) from None

    def _emulator(self, stack: ExitStack) -> str:
        from ttsprep.emulator import ThreadedEmulator

        emulator = ThreadedEmulator(time_scale=self._how.time_scale, region=self._settings.region)
        return stack.enter_context(emulator).url

    def _speak(self, sender: SyncSender, plans: list[Plan], progress: _Progress) -> Summary | None:
        if self._output != "-":
            return sender.speak_to_file(plans, self._output, on_event=progress.note)
        with sender.speak(plans) as speech:
            for event in speech:
                progress.note(event, speech.seconds)
                if not _write_audio(event):
                    return None
        return speech.summary

    def _report(self, summary: Summary) -> None:
        if self._json:
            tasks = [{**asdict(task), "real_time_factor": task.real_time_factor} for task in summary.tasks]
            facts = {"output": self._output, "seconds": round(time.monotonic() - self._begun, 3), "tasks": tasks}
            self._print_json(facts)
            return
        for line in _summary_lines(summary, self._output, time.monotonic() - self._begun):
            click.echo(line, err=True)

    def _report_failure(self, error: BaseException, code: int) -> None:
        if self._json:
            facts = {name: value for name, value in vars(error).items() if _is_plain(value)}
            message = str(error) or type(error).__name__
            self._print_json({"error": type(error).__name__, "message": message, "exit_code": code, **facts})
        else:
            words = "interrupted" if code == INTERRUPTED else str(error)
            notes = getattr(error, "__notes__", [])
            click.echo("\n".join([f"ttsprep speak: {words}", *notes]), err=True)
        raise click.exceptions.Exit(code)

    def _print_json(self, facts: dict[str, Any]) -> None:
        click.echo(json.dumps(facts, ensure_ascii=False), err=self._output == "-")


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | tuple) and json.dumps(value, default=str) != ""


def exit_code(error: Exception) -> int:
    """1 where the service said no, 3 where the connection or the time was at fault."""
    from ttsprep.protocol import ConnectionLost, HandshakeError, ServiceTimeout

    if isinstance(error, ConnectionLost | ServiceTimeout):
        return CONNECTION
    if isinstance(error, HandshakeError):
        return CONNECTION if error.status >= 500 or error.status in (408, 429) else REFUSED
    return REFUSED


def _write_audio(event: SpeechEvent) -> bool:
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


class _Progress:
    """One line on a terminal that is written over and over; nothing elsewhere."""

    _EVERY: Final = 0.1

    def __init__(self, sentences: int) -> None:
        self._expected = sentences
        self._shows = sys.stderr.isatty()
        self._sentences = self._before = 0
        self._started_at = self._shown_at = time.monotonic()
        self._first_packet: float | None = None

    def note(self, event: SpeechEvent, seconds: float) -> None:
        """Take an event and the seconds of audio so far; show the line now and then."""
        from ttsprep.sender import Audio, Finished, Retrying, Sentence, Started

        if isinstance(event, Retrying):
            self.clear()
            click.echo(f"attempt {event.attempt} failed, next in {event.delay:.1f} s: {event.error}", err=True)
        if not self._shows:
            return
        now = time.monotonic()
        if isinstance(event, Sentence) and event.index is not None:
            self._sentences = max(self._sentences, self._before + event.index + 1)
        elif isinstance(event, Audio) and self._first_packet is None:
            self._first_packet = now - self._started_at
        elif isinstance(event, Started):
            self._started_at = now
        elif isinstance(event, Finished):
            self._before += event.sentences
        if now - self._shown_at >= self._EVERY:
            self._shown_at = now
            self._show(seconds)

    def _show(self, seconds: float) -> None:
        first = "" if self._first_packet is None else f", first packet after {self._first_packet:.2f} s"
        line = f"{self._sentences:,} of {self._expected:,} sentences, {seconds:,.1f} s of audio{first}"
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shows:
            click.echo("\r\x1b[K", nl=False, err=True)


def _summary_lines(summary: Summary, output: str, seconds: float) -> Iterator[str]:
    name = "standard output" if output == "-" else output
    yield f"{name}: {summary.audio_seconds:.1f} s of audio, {summary.sentences:,} sentences, in {seconds:.1f} s"
    for task in summary.tasks:
        yield f"  task {task.task_id}, request {task.request_uuid or 'unknown'}"
        yield "    " + ", ".join(_facts(task))


def _facts(task: Any) -> Iterator[str]:
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


COMMANDS = [speak]
