"""``speak``: scripts become speech, through the service or through the emulator."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from ttsprep.cli.groups import SectionedCommand
from ttsprep.cli.inputs import Scripts, script_options, settings_or_exit
from ttsprep.cli.lexicons import lexicon_option
from ttsprep.cli.options import Chosen, output_format, settings_options
from ttsprep.cli.signals import signals_interrupt
from ttsprep.cli.speaking.connecting import Connecting, connecting_options
from ttsprep.cli.speaking.outcome import CONNECTION, INTERRUPTED, REFUSED, USAGE, Outcome
from ttsprep.cli.speaking.output import STANDARD_OUTPUT, check_files, check_output, in_format_of, write_audio

if TYPE_CHECKING:
    from ttsprep.cli.speaking.live import LiveText
    from ttsprep.cli.speaking.progress import Progress
    from ttsprep.payloads import Plan
    from ttsprep.sender import Summary, SyncSender
    from ttsprep.settings import TaskSettings

__all__ = ["COMMANDS", "CONNECTION", "INTERRUPTED", "REFUSED", "USAGE"]


@click.command(cls=SectionedCommand)
@script_options
@click.option("-o", "--output", type=click.Path(), metavar="OUT", help="Audio file to write; - is standard output.")
@lexicon_option
@connecting_options
@settings_options
@click.option("--dry-run", is_flag=True, help="Print the plan and send nothing; needs neither key nor network.")
@output_format
def speak(
    scripts: Scripts,
    output: str | None,
    settings: Chosen,
    dry_run: bool,
    output_format: str,
    **connecting: Any,
) -> None:
    """Speak each FILE, one after the other, into one audio file.

    The ending of OUT decides the audio format, unless --format says the same or OUT has none. OUT appears when all is
    said; until then, and after a failure, what was heard is in OUT.part. A pipe into standard input is spoken while it
    comes, sentence by sentence. For SSML enable_ssml is set, unless an option or the settings file says something about
    it. While speaking, progress is shown on a terminal; at the end a summary on stderr, or
    with --output-format json on standard output (stderr where that has the audio).

    \b
    Exit codes:
      0    spoken (also where the player at -o - stopped listening)
      1    the scripts or settings have errors, or the service refused them or the key
      2    usage: options, URL, no key, a file that cannot be read or written
      3    no connection, connection lost, or a timeout
      130  interrupted (143: terminated)
    """
    outcome = Outcome(output, output_format)
    with signals_interrupt(), outcome.failing():
        how = Connecting(**connecting)
        check_files(scripts.files, output, how.record)
        checked = in_format_of(output, settings_or_exit(settings))
        check_output(output, needed=not dry_run)
        how.check(checked)
        if dry_run:
            _dry_run(scripts, checked, output_format)
        else:
            assert output is not None, "checked"
            _speak(scripts, checked, output, how, outcome)


def _dry_run(scripts: Scripts, settings: TaskSettings, output_format: str) -> None:
    from ttsprep.cli.speaking.plans import plans_of, print_plans

    print_plans(plans_of(scripts, settings), output_format)


def _speak(scripts: Scripts, settings: TaskSettings, output: str, how: Connecting, outcome: Outcome) -> None:
    from ttsprep.cli.speaking.live import live_text
    from ttsprep.cli.speaking.plans import plans_of
    from ttsprep.cli.speaking.progress import Progress

    source: list[Plan] | LiveText | None = live_text(scripts, settings)
    sentences = None
    if source is None:
        source = [plan for _, plan in plans_of(scripts, settings)]
        sentences = sum(plan.sentences for plan in source)
    progress = Progress(sentences)
    try:
        with ExitStack() as stack:
            summary = _listen(how.open(settings, stack), source, output, progress)
    finally:
        progress.clear()
    if summary is not None:
        outcome.spoken(summary)


def _listen(sender: SyncSender, source: list[Plan] | LiveText, output: str, progress: Progress) -> Summary | None:
    """Speak to the end; None where nobody listened to it."""
    from ttsprep.sender import NoAudio

    if output != STANDARD_OUTPUT:
        return sender.speak_to_file(source, output, on_event=progress.note)
    with sender.speak(source) as speech:
        for event in speech:
            progress.note(event, speech.seconds)
            if not write_audio(event):
                return None
    if speech.summary is not None and not speech.summary.tasks:
        raise NoAudio
    return speech.summary


COMMANDS = [speak]
