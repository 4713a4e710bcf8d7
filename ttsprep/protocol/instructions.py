"""What the client sends: run-task, continue-task, finish-task, as values that render to the API page's JSON.

    >>> print(FinishTask("0" * 32).to_json())  # doctest: +ELLIPSIS
    {"header":{"action":"finish-task","task_id":"000...0","streaming":"duplex"},"payload":{"input":{}}}

`parse_instruction` reads them back for the role of the server, strictly: it names every departure from the page,
and leaves it to the caller which of them to forgive.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from ttsprep.protocol.departures import Departure, Kind
from ttsprep.protocol.states import Message

__all__ = ["FIXED_FIELDS", "ContinueTask", "FinishTask", "Instruction", "RunTask", "parse_instruction"]

FIXED_FIELDS: Final[Mapping[str, str]] = {
    "task_group": "audio",
    "task": "tts",
    "function": "SpeechSynthesizer",
}
"""Fields of run-task's payload that have one value only (RUN-02)."""

_FIELDS = frozenset({"header", "payload"})
_HEADER_FIELDS = frozenset({"action", "task_id", "streaming"})
_RUN_TASK_FIELDS = frozenset({*FIXED_FIELDS, "model", "parameters", "input"})
_INPUT = frozenset({"input"})
_TEXT = frozenset({"text"})


@dataclass(frozen=True, slots=True)
class Instruction(ABC):
    """What the three instructions have in common. `task_id` is the same for all instructions of a task."""

    message: ClassVar[Message]
    task_id: str

    @abstractmethod
    def payload(self) -> dict[str, Any]:
        """The instruction's payload as plain values, keys in the order of the API page."""

    def to_dict(self) -> dict[str, Any]:
        """The instruction as plain values, keys in the order of the API page."""
        header = {"action": self.message.value, "task_id": self.task_id, "streaming": "duplex"}
        return {"header": header, "payload": self.payload()}

    def to_json(self) -> str:
        """The instruction as it goes into a text frame (RUN-01)."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class RunTask(Instruction):
    """Opens a task (RUN-02 to RUN-06): the model and the parameters, no text."""

    message: ClassVar[Message] = Message.RUN_TASK
    model: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def payload(self) -> dict[str, Any]:
        return {**FIXED_FIELDS, "model": self.model, "parameters": dict(self.parameters), "input": {}}

    @property
    def enable_ssml(self) -> bool:
        """Whether the task takes SSML, and so one continue-task only (SSM-04)."""
        return self.parameters.get("enable_ssml") is True


@dataclass(frozen=True, slots=True)
class ContinueTask(Instruction):
    """Carries text (CON-01). `flush` (undocumented: speak what is buffered) is only ever read, not sent."""

    message: ClassVar[Message] = Message.CONTINUE_TASK
    text: str
    flush: bool = False

    def payload(self) -> dict[str, Any]:
        return {"input": {"text": self.text}}


@dataclass(frozen=True, slots=True)
class FinishTask(Instruction):
    """Ends a task (FIN-01). `cancel` (undocumented: end without more audio) is only ever read, not sent."""

    message: ClassVar[Message] = Message.FINISH_TASK
    cancel: bool = False

    def payload(self) -> dict[str, Any]:
        return {"input": {}}


def parse_instruction(frame: str | bytes) -> tuple[Instruction | None, list[Departure]]:
    """The instruction in a frame and every departure from the API page, most basic first.

    None where it cannot even be told which instruction it is. Never raises.

        >>> parse_instruction('{"header": {"action": "stop"}}')[1][0].found
        "'stop'"
    """
    if isinstance(frame, bytes):
        return None, [Departure(Kind.BINARY_FRAME, found=f"{len(frame)} bytes")]
    try:
        body = json.loads(frame, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return None, [Departure(Kind.NOT_JSON, found=str(error))]
    if not isinstance(body, dict):
        return None, [Departure(Kind.NOT_JSON, found=f"a JSON {type(body).__name__}, not an object")]
    return _Reader(body).read()


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON value")


_JSON_TYPES: Final[Mapping[type, str]] = {
    list: "an array",
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "a boolean",
    type(None): "null",
}


class _Reader:
    """Reads one decoded instruction, noting departures on the way."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.departures: list[Departure] = []
        self.frame = body
        self.header = self.object(body, "header")
        self.body = self.object(body, "payload")

    def note(self, kind: Kind, where: str, found: object = "") -> None:
        self.departures.append(Departure(kind, where, found if isinstance(found, str) else repr(found)))

    def object(self, of: dict[str, Any], name: str) -> dict[str, Any]:
        value = of.get(name)
        return value if isinstance(value, dict) else {}

    def is_object(self, of: dict[str, Any], name: str, where: str) -> None:
        """Note a field that is there, but no JSON object."""
        if name in of and not isinstance(of[name], dict):
            self.note(Kind.NOT_AN_OBJECT, where, _JSON_TYPES[type(of[name])])

    def only(self, fields: frozenset[str], of: dict[str, Any], where: str = "") -> None:
        """Note every field that the API page does not name (RUN-04)."""
        for name in sorted(of.keys() - fields):
            self.note(Kind.UNEXPECTED_FIELD, f"{where}{name}")

    def read(self) -> tuple[Instruction | None, list[Departure]]:
        action = self.header.get("action")
        readers = {
            "run-task": self.run_task,
            "continue-task": self.continue_task,
            "finish-task": self.finish_task,
        }
        if not isinstance(action, str) or action not in readers:
            self.note(Kind.ACTION, "header.action", repr(action))
            return None, self.departures
        if self.header.get("streaming") != "duplex":
            self.note(Kind.STREAMING, "header.streaming", repr(self.header.get("streaming")))
        task_id = self.header.get("task_id")
        if not isinstance(task_id, str):
            self.note(Kind.TASK_ID_FORM, "header.task_id", repr(task_id))
            task_id = ""
        self.only(_HEADER_FIELDS, self.header, "header.")
        self.only(_FIELDS, self.frame)
        self.is_object(self.frame, "payload", "payload")
        return readers[action](task_id), self.departures

    def run_task(self, task_id: str) -> RunTask:
        for name, value in FIXED_FIELDS.items():
            if name not in self.body:
                self.note(Kind.FIELD_MISSING, f"payload.{name}")
            elif self.body[name] != value:
                self.note(Kind.FIELD_WRONG, f"payload.{name}", repr(self.body[name]))
        model = self.body.get("model")
        if not isinstance(model, str) or not model:
            self.note(Kind.MODEL_MISSING, "payload.model", "" if model is None else repr(model))
        self.is_object(self.body, "parameters", "payload.parameters")
        self.run_task_input()
        self.only(_RUN_TASK_FIELDS, self.body, "payload.")
        return RunTask(task_id, model if isinstance(model, str) else "", self.object(self.body, "parameters"))

    def run_task_input(self) -> None:
        given = self.body.get("input")
        if not isinstance(given, dict):
            self.note(Kind.INPUT_MISSING, "payload.input", "" if given is None else repr(given))
        elif "text" in given:
            self.note(Kind.TEXT_IN_RUN_TASK, "payload.input.text")
        self.only(_TEXT, self.object(self.body, "input"), "payload.input.")

    def continue_task(self, task_id: str) -> ContinueTask:
        self.only(_INPUT, self.body, "payload.")
        given = self.object(self.body, "input")
        text = given.get("text")
        if not isinstance(text, str):
            self.note(Kind.TEXT_MISSING, "payload.input.text", "" if text is None else repr(text))
        self.only(_TEXT, given, "payload.input.")
        return ContinueTask(task_id, text if isinstance(text, str) else "", flush=given.get("flush") is True)

    def finish_task(self, task_id: str) -> FinishTask:
        self.only(_INPUT, self.body, "payload.")
        given = self.body.get("input")
        if not isinstance(given, dict):
            self.note(Kind.INPUT_MISSING, "payload.input", "" if given is None else repr(given))
        elif given:
            self.note(Kind.INPUT_NOT_EMPTY, "payload.input", repr(given))
        cancel = self.object(self.body, "input").get("directive") == "cancel"
        return FinishTask(task_id, cancel=cancel)
