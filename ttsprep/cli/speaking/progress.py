"""How far it is, on a terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from ttsprep.sender import SpeechEvent

__all__ = ["Progress"]


class Progress:
    """One line on a terminal that is written over and over; nothing elsewhere.

    `sentences` is how many there will be; None where nobody knows. Attempts that failed are said everywhere, in one
    line each: what to do about it is said once, at the end, if there is no other.
    """

    _EVERY: Final = 0.1

    def __init__(self, sentences: int | None) -> None:
        self._expected = "" if sentences is None else f" of {sentences:,}"
        self._shows = sys.stderr.isatty()
        self._sentences = self._before = 0
        self._started_at = self._shown_at = time.monotonic()
        self._first_packet: float | None = None

    def note(self, event: SpeechEvent, seconds: float) -> None:
        """Take an event and the seconds of audio so far; show the line now and then."""
        from ttsprep.sender import Audio, Finished, Retrying, Sentence, Started

        if isinstance(event, Retrying):
            self.clear()
            click.echo(f"attempt {event.attempt} failed, next in {event.delay:.1f} s: {event.error.what()}", err=True)
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
        line = f"{self._sentences:,}{self._expected} sentences, {seconds:,.1f} s of audio{first}"
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shows:
            click.echo("\r\x1b[K", nl=False, err=True)
