"""What passes between the emulator's server and its voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Block", "TaskAudio", "VoiceError", "Word"]


class VoiceError(Exception):
    """The voice cannot speak: something is not installed, or its process broke or stalled.

    `reason` says what happened, `detail` what the process wrote about it.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason


@dataclass(frozen=True, slots=True)
class TaskAudio:
    """How one task is spoken; the parameters of run-task that are heard (PAR-03 to PAR-07, 09 to 12)."""

    format: str
    sample_rate: int
    """Hz."""
    volume: int = 50
    """0 (silent) to 100; linear."""
    rate: float = 1.0
    """Speed; the audio lasts about 1/rate as long."""
    pitch: float = 1.0
    seed: int = 0
    bit_rate: int = 32
    """kbit/s, opus only."""
    language: str | None = None
    """The first of language_hints; None: by the script of the text."""
    voice: str = ""
    """Decides the timbre, nothing else."""


class Word(NamedTuple):
    """A word, or one Han character, and when it is heard (EVT-03)."""

    text: str
    begin_index: int
    """In the sentence, in code points from 0."""
    end_index: int
    """Behind the last code point."""
    begin_time: int
    """Milliseconds from the beginning of the task's audio."""
    end_time: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a sentence's audio. The last one of a sentence has its words and length."""

    data: bytes = b""
    words: tuple[Word, ...] = ()
    milliseconds: int = 0
    """How long the sentence plays."""
    last: bool = False
