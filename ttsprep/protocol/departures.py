"""Every way in which an instruction can depart from the protocol: one row each.

Both ends check with the same rows: the client before it sends (a `LocalProtocolError`, nothing goes out), the server
when it receives (a `RemoteProtocolError`, which the emulator turns into the service's answer).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Departure", "Kind"]


class Kind(Enum):
    """A kind of departure: its name, the API rules it breaks, what they say, and what to do instead."""

    def __init__(self, title: str, rules: tuple[str, ...], says: str, remedy: str) -> None:
        self.title = title
        self.rules = rules
        self.says = says
        self.remedy = remedy

    BINARY_FRAME = (
        "instruction in a binary frame",
        ("RUN-01",),
        "instructions are JSON in text frames",
        "send instructions as JSON in text frames",
    )
    NOT_JSON = (
        "frame that is not JSON in UTF-8",
        ("RUN-01", "TXT-06"),
        "instructions are JSON in text frames, and text is UTF-8",
        "send one JSON object per text frame, encoded as UTF-8",
    )
    ACTION = (
        "unknown action",
        ("RUN-02", "CON-01", "FIN-01"),
        "an instruction is run-task, continue-task or finish-task, named in header.action",
        "header.action is run-task, continue-task or finish-task",
    )
    STREAMING = (
        "header.streaming is not duplex",
        ("RUN-02", "CON-01", "FIN-01"),
        'header.streaming of every instruction is "duplex"',
        'send "streaming": "duplex" in every header',
    )
    TASK_ID_FORM = (
        "malformed task_id",
        ("FLW-07",),
        "the client makes the task_id: 32 hexadecimal digits, plain or with hyphens as 8-4-4-4-12",
        "make a new UUID for each task: 32 hexadecimal digits, plain or as 8-4-4-4-12",
    )
    TASK_ID_REUSED = (
        "task_id used before",
        ("FLW-07", "USE-01"),
        "each task has a task_id of its own, also on a connection that is used again",
        "make a new task_id for each task on a connection",
    )
    TASK_ID_CHANGED = (
        "another task_id",
        ("FLW-06",),
        "run-task, every continue-task and finish-task of a task carry the same task_id",
        "use the task_id of run-task in every continue-task and in finish-task",
    )
    FIELD_MISSING = (
        "missing field",
        ("RUN-02",),
        'payload of run-task has task_group "audio", task "tts" and function "SpeechSynthesizer"',
        "run-task names payload.task_group, payload.task and payload.function",
    )
    FIELD_WRONG = (
        "wrong value of a fixed field",
        ("RUN-02",),
        'payload of run-task has task_group "audio", task "tts" and function "SpeechSynthesizer"',
        'task_group is "audio", task "tts", function "SpeechSynthesizer"',
    )
    NOT_AN_OBJECT = (
        "field that is no JSON object",
        ("RUN-02", "CON-01", "FIN-01"),
        "an instruction is an object of objects: header, payload, and in run-task payload.parameters",
        "send payload, and payload.parameters of run-task, as JSON objects",
    )
    MODEL_MISSING = (
        "missing model",
        ("RUN-05",),
        "payload.model of run-task is required",
        "name the model in payload.model of run-task",
    )
    INPUT_MISSING = (
        "missing input",
        ("RUN-03", "CON-01", "FIN-01"),
        "every instruction has payload.input: {} in run-task and finish-task, the text in continue-task",
        'send "input": {} in run-task and finish-task, and input.text in continue-task',
    )
    UNEXPECTED_FIELD = (
        "unexpected field",
        ("RUN-04",),
        "an instruction has the fields that the page names, and no others",
        "leave the field out: the service answers with an error or closes the connection",
    )
    TEXT_IN_RUN_TASK = (
        "text in run-task",
        ("RUN-06",),
        "run-task carries no text; text goes into continue-task",
        "send text in continue-task",
    )
    TEXT_MISSING = (
        "continue-task without text",
        ("CON-01",),
        "continue-task carries its text in payload.input.text, a string",
        "put a string into payload.input.text",
    )
    INPUT_NOT_EMPTY = (
        "finish-task with input",
        ("FIN-01",),
        "payload.input of finish-task is {}",
        'send "input": {} in finish-task',
    )
    NO_TASK = (
        "no task is open",
        ("FLW-01", "FLW-02"),
        "run-task opens a task; continue-task and finish-task follow after task-started",
        "send run-task first and wait for task-started",
    )
    NOT_STARTED = (
        "sent before task-started",
        ("FLW-01", "FLW-02"),
        "continue-task or finish-task before task-started makes the task fail",
        "wait for task-started",
    )
    TASK_OPEN = (
        "run-task while a task runs",
        ("USE-01",),
        "a connection takes the next run-task only after task-finished",
        "wait for task-finished, or use another connection",
    )
    AFTER_FINISH = (
        "sent after finish-task",
        ("FLW-11",),
        "nothing follows finish-task in its task",
        "finish-task is the last instruction of its task",
    )
    AFTER_FAILURE = (
        "sent after task-failed",
        ("EVT-06",),
        "after task-failed the connection is closed and never used again",
        "close the connection and open a new one",
    )
    CONNECTION_CLOSED = (
        "the connection is closed",
        ("FLW-01",),
        "every task needs an open connection",
        "open a new connection",
    )
    SECOND_SSML = (
        "second continue-task under enable_ssml",
        ("SSM-04",),
        "with enable_ssml a task takes exactly one continue-task",
        "send one SSML document in one continue-task, further ones in tasks of their own",
    )
    INSTRUCTION_TOO_LONG = (
        "too much text in one continue-task",
        ("TXT-01",),
        "the counted characters of one continue-task are limited",
        "cut the text at sentence ends into several continue-task instructions",
    )
    TASK_TOO_LONG = (
        "too much text in one task",
        ("TXT-02",),
        "the counted characters of all continue-task instructions of a task are limited",
        "go on in a new task",
    )
    UNSENDABLE_TEXT = (
        "text that cannot be sent",
        ("TXT-06",),
        "text is UTF-8, which has no lone surrogates; NUL is taken for an error too",
        "remove the NUL, or the lone surrogate (half of a character)",
    )
    NO_TEXT = (
        "finish-task without speakable text",
        ("FLW-12",),
        "finish-task comes only after text that can be spoken",
        "open a task only when there is text to speak",
    )
    NO_EVENT = (
        "text frame that is no event",
        ("AUD-06", "EVT-01"),
        "events of the service are JSON objects in text frames",
        "drop the connection and report this",
    )
    EVENT_OUT_OF_ORDER = (
        "event out of order",
        ("FLW-01", "EVT-01"),
        "task-started, then results and audio, then task-finished; task-failed at any time",
        "drop the connection and report this",
    )


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
