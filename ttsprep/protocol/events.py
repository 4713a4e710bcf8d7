"""What the service sends: events and audio, read tolerantly (EVT-01 to EVT-08).

Official pages and live captures disagree on where `usage` and `words` stand and on which fields there are; so both
are taken from any event, unknown fields are kept in `raw` and otherwise ignored, and an event that nobody knows is
an `Ignored` value, not an error.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ttsprep.protocol.states import Message

__all__ = [
    "Audio",
    "Event",
    "Ignored",
    "ResultGenerated",
    "TaskFailedEvent",
    "TaskFinished",
    "TaskStarted",
    "Word",
    "parse_event",
]


@dataclass(frozen=True, slots=True)
class Word:
    """When a word is spoken (EVT-03). Indices count in the sentence: `begin_index` from 0, `end_index` from 1,
    so that ``sentence[begin_index:end_index]`` is the word. Times are milliseconds.
    """

    text: str
    begin_index: int
    end_index: int
    begin_time: int
    end_time: int

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Audio:
    """A binary frame: the next stretch of audio. `task_id` is the running task's; the frame itself has none."""

    message: ClassVar[Message] = Message.AUDIO
    data: bytes
    task_id: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What all JSON events have in common. `attributes` is header.attributes."""

    message: ClassVar[Message]
    task_id: str
    attributes: Mapping[str, Any] = field(default_factory=dict, kw_only=True)

    @property
    def name(self) -> str:
        return self.message.value

    def header(self) -> dict[str, Any]:
        return {"task_id": self.task_id, "event": self.name, "attributes": dict(self.attributes)}

    def payload(self) -> dict[str, Any]:
        return {}

    def to_json(self) -> str:
        """The event as it goes into a text frame, keys in the order of the API page."""
        body = {"header": self.header(), "payload": self.payload()}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class TaskStarted(Event):
    """The task is open: text may be sent (EVT-01)."""

    message: ClassVar[Message] = Message.TASK_STARTED
    characters: int | None = None

    def payload(self) -> dict[str, Any]:
        return {} if self.characters is None else {"usage": {"characters": self.characters}}


@dataclass(frozen=True, slots=True)
class ResultGenerated(Event):
    """Progress (EVT-02): the sentence's index in its task, its words where timestamps were asked for, and in
    some events the characters billed so far (EVT-04). `kind` is output.type and `original_text` the sentence's
    text, both only in newer replies.
    """

    message: ClassVar[Message] = Message.RESULT_GENERATED
    index: int | None = None
    words: tuple[Word, ...] = ()
    characters: int | None = None
    kind: str = ""
    original_text: str = ""

    def payload(self) -> dict[str, Any]:
        sentence = {"index": self.index, "words": [word.to_dict() for word in self.words]}
        output: dict[str, Any] = {"sentence": sentence}
        if self.kind:
            output["type"] = self.kind
        if self.original_text:
            output["original_text"] = self.original_text
        usage = {} if self.characters is None else {"usage": {"characters": self.characters}}
        return {"output": output, **usage}


@dataclass(frozen=True, slots=True)
class TaskFinished(Event):
    """The end of a task; the connection may be reused (EVT-05, USE-01)."""

    message: ClassVar[Message] = Message.TASK_FINISHED
    words: tuple[Word, ...] = ()
    characters: int | None = None

    @property
    def request_uuid(self) -> str:
        """The service's id of the request, for its support."""
        return _string(self.attributes.get("request_uuid"))

    def payload(self) -> dict[str, Any]:
        usage = {} if self.characters is None else {"usage": {"characters": self.characters}}
        return {"output": {}, **usage}


@dataclass(frozen=True, slots=True)
class TaskFailedEvent(Event):
    """The service gave up on the task; it closes the connection (EVT-06)."""

    message: ClassVar[Message] = Message.TASK_FAILED
    error_code: str = ""
    error_message: str = ""
    characters: int | None = None

    def header(self) -> dict[str, Any]:
        return {
            "task_id": self.task_id,
            "event": self.name,
            "error_code": self.error_code,
            "error_message": self.error_message,
            "attributes": dict(self.attributes),
        }

    def payload(self) -> dict[str, Any]:
        return {} if self.characters is None else {"usage": {"characters": self.characters}}


@dataclass(frozen=True, slots=True)
class Ignored:
    """A frame that means nothing to this task: an unknown event, or one of another task (EVT-07, EVT-08)."""

    reason: str
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def task_id(self) -> str:
        """The task it names; empty where it names none."""
        return _string(_mapping(self.raw.get("header")).get("task_id"))

    @property
    def characters(self) -> int | None:
        """usage.characters, which may stand in any event (EVT-04)."""
        return _characters(_mapping(self.raw.get("payload")))


def parse_event(frame: str) -> Event | Ignored:
    """The event in a text frame. Raises ValueError where it is not an event at all.

    >>> parse_event('{"header": {"event": "task-started", "task_id": "1", "new": 1}, "payload": {}}')
    TaskStarted(task_id='1', attributes={}, characters=None)
    """
    body = json.loads(frame)
    header = body.get("header") if isinstance(body, dict) else None
    if not isinstance(header, dict) or not isinstance(header.get("event"), str):
        raise ValueError("no header.event in a text frame of the service")
    reader = _READERS.get(header["event"])
    if reader is None:
        return Ignored(f"unknown event {header['event']!r}", body)
    return reader(header, _mapping(body.get("payload")))


def _started(header: Mapping[str, Any], payload: Mapping[str, Any]) -> Event:
    task_id, attributes = _string(header.get("task_id")), _mapping(header.get("attributes"))
    return TaskStarted(task_id, _characters(payload), attributes=attributes)


def _generated(header: Mapping[str, Any], payload: Mapping[str, Any]) -> Event:
    output = _mapping(payload.get("output"))
    sentence = _mapping(output.get("sentence"))
    return ResultGenerated(
        _string(header.get("task_id")),
        _whole(sentence.get("index")),
        _words(sentence),
        _characters(payload),
        _string(output.get("type")),
        _string(output.get("original_text")),
        attributes=_mapping(header.get("attributes")),
    )


def _finished(header: Mapping[str, Any], payload: Mapping[str, Any]) -> Event:
    sentence = _mapping(_mapping(payload.get("output")).get("sentence"))
    return TaskFinished(
        _string(header.get("task_id")),
        _words(sentence),
        _characters(payload),
        attributes=_mapping(header.get("attributes")),
    )


def _failed(header: Mapping[str, Any], payload: Mapping[str, Any]) -> Event:
    return TaskFailedEvent(
        _string(header.get("task_id")),
        _string(header.get("error_code")),
        _string(header.get("error_message")),
        _characters(payload),
        attributes=_mapping(header.get("attributes")),
    )


_READERS = {
    Message.TASK_STARTED.value: _started,
    Message.RESULT_GENERATED.value: _generated,
    Message.TASK_FINISHED.value: _finished,
    Message.TASK_FAILED.value: _failed,
}


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _string(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _characters(payload: Mapping[str, Any]) -> int | None:
    return _whole(_mapping(payload.get("usage")).get("characters"))


def _words(sentence: Mapping[str, Any]) -> tuple[Word, ...]:
    words = sentence.get("words")
    return tuple(_word(word) for word in words if isinstance(word, dict)) if isinstance(words, list) else ()


def _word(word: Mapping[str, Any]) -> Word:
    numbers = (_whole(word.get(name)) or 0 for name in ("begin_index", "end_index", "begin_time", "end_time"))
    return Word(_string(word.get("text")), *numbers)
