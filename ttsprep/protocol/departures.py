"""Every way in which an instruction can depart from the protocol: one row each.

Both ends check with the same rows: the client before it sends (a `LocalProtocolError`, nothing goes out), the server
when it receives (a `RemoteProtocolError`, which the emulator turns into the service's answer).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Departure", "Kind"]


class Kind(Enum):
    """A kind of departure: its name, the API rules it breaks, and what to do instead."""

    def __init__(self, title: str, rules: tuple[str, ...], remedy: str) -> None:
        self.title = title
        self.rules = rules
        self.remedy = remedy

    BINARY_FRAME = (
        "instruction in a binary frame",
        ("RUN-01",),
        "send instructions as JSON in text frames",
    )
    NOT_JSON = (
        "frame that is not JSON in UTF-8",
        ("RUN-01", "TXT-06"),
        "send one JSON object per text frame, encoded as UTF-8",
    )
    ACTION = (
        "unknown action",
        ("RUN-02", "CON-01", "FIN-01"),
        "header.action is run-task, continue-task or finish-task",
    )
    STREAMING = (
        "header.streaming is not duplex",
        ("RUN-02", "CON-01", "FIN-01"),
        'send "streaming": "duplex" in every header',
    )
    TASK_ID_FORM = (
        "malformed task_id",
        ("FLW-07",),
        "make a new UUID for each task: 32 hexadecimal digits, plain or as 8-4-4-4-12",
    )
    TASK_ID_REUSED = (
        "task_id used before",
        ("FLW-07", "USE-01"),
        "make a new task_id for each task on a connection",
    )
    TASK_ID_CHANGED = (
        "another task_id",
        ("FLW-06",),
        "use the task_id of run-task in every continue-task and in finish-task",
    )
    FIELD_MISSING = (
        "missing field",
        ("RUN-02",),
        "run-task names payload.task_group, payload.task and payload.function",
    )
    FIELD_WRONG = (
        "wrong value of a fixed field",
        ("RUN-02",),
        'task_group is "audio", task "tts", function "SpeechSynthesizer"',
    )
    NOT_AN_OBJECT = (
        "field that is no JSON object",
        ("RUN-02", "CON-01", "FIN-01"),
        "send payload, and payload.parameters of run-task, as JSON objects",
    )
    MODEL_MISSING = ("missing model", ("RUN-05",), "name the model in payload.model of run-task")
    INPUT_MISSING = (
        "missing input",
        ("RUN-03", "CON-01", "FIN-01"),
        'send "input": {} in run-task and finish-task, and input.text in continue-task',
    )
    UNEXPECTED_FIELD = (
        "unexpected field",
        ("RUN-04",),
        "leave the field out: the service answers with an error or closes the connection",
    )
    TEXT_IN_RUN_TASK = ("text in run-task", ("RUN-06",), "send text in continue-task")
    TEXT_MISSING = ("continue-task without text", ("CON-01",), "put a string into payload.input.text")
    INPUT_NOT_EMPTY = ("finish-task with input", ("FIN-01",), 'send "input": {} in finish-task')
    NO_TASK = ("no task is open", ("FLW-01", "FLW-02"), "send run-task first and wait for task-started")
    NOT_STARTED = ("sent before task-started", ("FLW-01", "FLW-02"), "wait for task-started")
    TASK_OPEN = (
        "run-task while a task runs",
        ("USE-01",),
        "wait for task-finished, or use another connection",
    )
    AFTER_FINISH = ("sent after finish-task", ("FLW-11",), "finish-task is the last instruction of its task")
    AFTER_FAILURE = (
        "sent after task-failed",
        ("EVT-06",),
        "close the connection and open a new one",
    )
    CONNECTION_CLOSED = ("the connection is closed", ("FLW-01",), "open a new connection")
    SECOND_SSML = (
        "second continue-task under enable_ssml",
        ("SSM-04",),
        "send one SSML document in one continue-task, further ones in tasks of their own",
    )
    INSTRUCTION_TOO_LONG = (
        "too much text in one continue-task",
        ("TXT-01",),
        "cut the text at sentence ends into several continue-task instructions",
    )
    TASK_TOO_LONG = ("too much text in one task", ("TXT-02",), "go on in a new task")
    UNSENDABLE_TEXT = (
        "text that cannot be sent",
        ("TXT-06",),
        "remove the NUL, or the lone surrogate (half of a character)",
    )
    NO_TEXT = (
        "finish-task without speakable text",
        ("FLW-12",),
        "open a task only when there is text to speak",
    )
    EVENT_OUT_OF_ORDER = ("event out of order", ("FLW-01", "EVT-01"), "drop the connection and report this")


@dataclass(frozen=True, slots=True)
class Departure:
    """One departure: its kind, the field it is about, and what was found there."""

    kind: Kind
    field: str = ""
    found: str = ""

    def __str__(self) -> str:
        where = f" ({self.field})" if self.field else ""
        found = f": {self.found}" if self.found else ""
        return f"{self.kind.title}{where}{found}"
