"""What the protocol asks beside order: a short list of checks, the same at both ends.

Each guard looks at an instruction and the connection it is about to change, and returns a departure or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ttsprep.counting import count
from ttsprep.markup import is_speakable
from ttsprep.protocol.departures import Departure, Kind
from ttsprep.protocol.events import Audio, Event, ResultGenerated, TaskFailedEvent, TaskFinished, TaskStarted
from ttsprep.protocol.instructions import ContinueTask, FinishTask, Instruction, RunTask
from ttsprep.protocol.timers import WireLimits
from ttsprep.source import UNSENDABLE

__all__ = ["GUARDS", "Ledger", "TaskRecord"]

_TASK_ID = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(slots=True)
class TaskRecord:
    """What a connection remembers of its task."""

    task_id: str
    model: str = ""
    enable_ssml: bool = False
    instructions: int = 0
    """How many continue-task instructions went."""
    counted: int = 0
    """Their counted characters together."""
    speakable: bool = False
    """Whether any of them has something to say."""
    characters: int | None = None
    """usage.characters as last reported (EVT-04)."""
    audio_bytes: int = 0
    audio_frames: int = 0
    sentences: int = 0
    """How many sentences the events have named."""

    def note(self, event: Event | Audio) -> None:
        """Keep what the event says about the task."""
        if isinstance(event, Audio):
            self.audio_bytes += len(event.data)
            self.audio_frames += 1
        elif isinstance(event, TaskStarted | ResultGenerated | TaskFinished | TaskFailedEvent):
            if event.characters is not None:
                self.characters = event.characters
            if isinstance(event, ResultGenerated) and event.index is not None:
                self.sentences = max(self.sentences, event.index + 1)


@dataclass(slots=True)
class Ledger:
    """What the guards look at: the limits, the running task, and the ids of all tasks of the connection."""

    limits: WireLimits
    task: TaskRecord | None = None
    task_ids: set[str] = field(default_factory=set)

    def open(self, instruction: RunTask) -> None:
        self.task = TaskRecord(instruction.task_id, instruction.model, instruction.enable_ssml)
        self.task_ids.add(_plain(instruction.task_id))

    def add(self, instruction: ContinueTask) -> None:
        if self.task is not None:
            self.task.instructions += 1
            self.task.counted += count(instruction.text)
            self.task.speakable = self.task.speakable or is_speakable(instruction.text)


def _plain(task_id: str) -> str:
    return task_id.replace("-", "").lower()


def task_id_form(instruction: Instruction, _ledger: Ledger) -> Departure | None:
    """FLW-07: 32 hexadecimal digits, plain or hyphenated as 8-4-4-4-12."""
    if isinstance(instruction, RunTask) and not _TASK_ID.fullmatch(instruction.task_id):
        return Departure(Kind.TASK_ID_FORM, "header.task_id", repr(instruction.task_id))
    return None


def task_id_new(instruction: Instruction, ledger: Ledger) -> Departure | None:
    """FLW-07, USE-01: each task on a connection has an id of its own."""
    if isinstance(instruction, RunTask) and _plain(instruction.task_id) in ledger.task_ids:
        return Departure(Kind.TASK_ID_REUSED, "header.task_id", repr(instruction.task_id))
    return None


def task_id_same(instruction: Instruction, ledger: Ledger) -> Departure | None:
    """FLW-06: one id for all instructions of a task, written alike."""
    if isinstance(instruction, RunTask) or ledger.task is None or instruction.task_id == ledger.task.task_id:
        return None
    found = f"{instruction.task_id!r} in the task {ledger.task.task_id!r}"
    return Departure(Kind.TASK_ID_CHANGED, "header.task_id", found)


def one_ssml_document(instruction: Instruction, ledger: Ledger) -> Departure | None:
    """SSM-04: under enable_ssml a single continue-task."""
    task, most = ledger.task, ledger.limits.ssml_instructions
    if isinstance(instruction, ContinueTask) and task and task.enable_ssml and task.instructions >= most:
        return Departure(Kind.SECOND_SSML, "payload.input.text")
    return None


def text_is_sendable(instruction: Instruction, _ledger: Ledger) -> Departure | None:
    """TXT-06: neither lone surrogates, which UTF-8 does not have, nor NUL."""
    if isinstance(instruction, ContinueTask) and (found := UNSENDABLE.search(instruction.text)):
        where = f"U+{ord(found[0]):04X} at offset {found.start()}"
        return Departure(Kind.UNSENDABLE_TEXT, "payload.input.text", where)
    return None


def text_fits(instruction: Instruction, ledger: Ledger) -> Departure | None:
    """TXT-01, TXT-02: counted characters of one instruction, and of the task with it."""
    if not isinstance(instruction, ContinueTask):
        return None
    size, limits = count(instruction.text), ledger.limits
    if size > limits.instruction_characters:
        return _too_long(Kind.INSTRUCTION_TOO_LONG, size, limits.instruction_characters)
    total = size + (ledger.task.counted if ledger.task else 0)
    if total > limits.task_characters:
        return _too_long(Kind.TASK_TOO_LONG, total, limits.task_characters)
    return None


def _too_long(kind: Kind, size: int, limit: int) -> Departure:
    return Departure(kind, "payload.input.text", f"{size:,} of {limit:,} counted characters")


def task_has_text(instruction: Instruction, ledger: Ledger) -> Departure | None:
    """FLW-12: finish-task only after something speakable."""
    task = ledger.task
    if isinstance(instruction, FinishTask) and not instruction.cancel and task and not task.speakable:
        return Departure(Kind.NO_TEXT, "", f"{task.instructions} continue-task instructions so far")
    return None


GUARDS: tuple[Callable[[Instruction, Ledger], Departure | None], ...] = (
    task_id_form,
    task_id_new,
    task_id_same,
    one_ssml_document,
    text_is_sendable,
    text_fits,
    task_has_text,
)
"""In the order in which they are asked; order itself is the transition table's business."""
