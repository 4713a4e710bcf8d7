"""What `Sender.speak` yields: typed events, in the order in which the service sent them.

Every event but `Summary` has `task`, which counts the tasks of one call from 0: a long text, a stalled source and
several SSML documents need more than one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ttsprep.protocol import SpeechError, Word

__all__ = ["Audio", "Finished", "Retrying", "Sentence", "SpeechEvent", "Started", "Summary", "Usage"]


@dataclass(frozen=True, slots=True)
class Started:
    """The service has opened the task (EVT-01). `reused`: on a connection that served another task before."""

    task: int
    task_id: str
    attempt: int
    reused: bool


@dataclass(frozen=True, slots=True)
class Audio:
    """The next stretch of audio: all of them joined play as one stream, over all tasks (AUD-01, AUD-05)."""

    task: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Sentence:
    """The service is at the sentence with this index (from 0 in each task, EVT-02). `words` have times where
    they were asked for; `text` and `kind` only where the service sends them. A sentence may be named several times.
    Without an index: words that came with the end of the task.
    """

    task: int
    index: int | None
    words: tuple[Word, ...] = ()
    text: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Characters billed for the task so far (EVT-04)."""

    task: int
    characters: int


@dataclass(frozen=True, slots=True)
class Retrying:
    """An attempt failed before any audio came; the task is sent again after `delay` seconds."""

    task: int
    error: SpeechError
    attempt: int
    delay: float


@dataclass(frozen=True, slots=True)
class Finished:
    """One task is spoken: ids, timings (seconds), sizes (SPD-01, EVT-05)."""

    task: int
    task_id: str
    request_uuid: str
    model: str
    counted: int
    """Characters by our own count (TXT-03)."""
    billed: int | None
    """Characters by the service's last report; None if it made none."""
    sentences: int
    audio_bytes: int
    connect_seconds: float
    """Opening the connection; 0 on a reused one."""
    reused: bool
    started_seconds: float
    """From run-task to task-started."""
    first_packet_seconds: float | None
    """From the first continue-task to the first audio."""
    generation_seconds: float
    """From the first continue-task to the last audio."""
    attempts: int
    audio_seconds: float = 0.0

    @property
    def real_time_factor(self) -> float | None:
        """Seconds of generation for a second of audio; None without audio."""
        return self.generation_seconds / self.audio_seconds if self.audio_seconds else None

    @property
    def billed_differs(self) -> bool:
        """Whether the service billed another number of characters than we count."""
        return self.billed is not None and self.billed != self.counted


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a call: its tasks, and whether it was interrupted, or stopped before all of the text was sent."""

    tasks: tuple[Finished, ...]
    interrupted: bool = False

    @property
    def counted(self) -> int:
        return sum(task.counted for task in self.tasks)

    @property
    def billed(self) -> int | None:
        """Characters billed for all tasks; None where the service did not say."""
        known = [task.billed for task in self.tasks if task.billed is not None]
        return sum(known) if len(known) == len(self.tasks) else None

    @property
    def sentences(self) -> int:
        return sum(task.sentences for task in self.tasks)

    @property
    def audio_bytes(self) -> int:
        return sum(task.audio_bytes for task in self.tasks)

    @property
    def audio_seconds(self) -> float:
        return sum(task.audio_seconds for task in self.tasks)

    @property
    def first_packet_seconds(self) -> float | None:
        """First packet latency of the first task."""
        return self.tasks[0].first_packet_seconds if self.tasks else None

    @property
    def real_time_factor(self) -> float | None:
        """Seconds of generation for a second of audio, over all tasks; None without audio."""
        generation = sum(task.generation_seconds for task in self.tasks)
        return generation / self.audio_seconds if self.audio_seconds else None


SpeechEvent: TypeAlias = Started | Audio | Sentence | Usage | Retrying | Finished | Summary
