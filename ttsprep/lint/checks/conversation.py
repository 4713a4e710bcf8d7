"""PAY and SEQ: recorded sessions and files of instructions, held against the protocol's own table and clock."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from ttsprep.catalog import limits
from ttsprep.diagnostics import Diagnostic
from ttsprep.lint.checks.frames import Frames
from ttsprep.lint.checks.messages import Messages
from ttsprep.lint.checks.talk import Heard, Listener
from ttsprep.lint.model import Kind, LintFile, Registered
from ttsprep.protocol import Role
from ttsprep.recording import RecordingError, Session, Text, parse
from ttsprep.rules import broken_recording, key_in_recording, too_many_task_starts
from ttsprep.settings.masking import like_a_key

__all__ = ["CHECKS"]

_MOST_BROKEN: Final = 20


def _recording(file: LintFile) -> Iterator[Diagnostic]:
    frames = Frames(file)
    if (broken := frames.broken()) is not None:
        yield broken
        return
    region = file.settings.region if file.settings else ""
    if frames.has_instructions():
        sessions: list[Session] = [frames.session()]
        answering = True
    else:
        sessions, found = _sessions(frames)
        answering = False
        yield from found
    for session in sessions:
        yield from _heard(session, frames, region, answering)
    yield from _keys(frames)


def _heard(session: Session, frames: Frames, region: str, answering: bool) -> Iterator[Diagnostic]:
    """Each connection by itself; `answering`: only the client's half is there, the other is taken as right."""
    listeners: dict[int, Listener] = {}
    said: dict[int, Messages] = {}
    for entry in session.entries:
        listener = listeners.get(entry.connection)
        if listener is None:
            listener = listeners[entry.connection] = Listener(entry, region, answering=answering)
            said[entry.connection] = Messages(frames, region)
        yield from _placed(listener.hear(entry), entry.line, frames)
        for found in listener.parameters():
            span = frames.span(entry.line, found.field)
            yield found.rule.at(span, found.message, severity=found.severity, field=found.field)
        if entry.sender is Role.CLIENT:
            yield from said[entry.connection].take(entry)
    if not answering:
        yield from _starts(session, frames)
    for number, listener in listeners.items():
        yield from said[number].end()
        yield from _placed(listener.end(), listener.last.line, frames)


def _placed(heard: Iterator[Heard], number: int, frames: Frames) -> Iterator[Diagnostic]:
    """What was heard in a frame, where it stands. Nothing is missing before or behind a frame that is alone."""
    for rule, message, field in heard:
        if not (frames.alone and rule.code.startswith("SEQ")):
            yield rule.at(frames.span(number, field), message, field=field)


def _starts(session: Session, frames: Frames) -> Iterator[Diagnostic]:
    """Task starts within a second, over all connections; once for each second."""
    most, window = limits().task_starts, deque[float]()
    for entry in session.entries:
        if not isinstance(entry.what, Text) or not _RUN_TASK.search(entry.what.text) or entry.sender is not Role.CLIENT:
            continue
        window.append(entry.time)
        while window[0] <= entry.time - 1:
            window.popleft()
        if len(window) > most:
            what = f"{len(window)} tasks begin within a second, over the {most} that the service starts"
            yield too_many_task_starts.RULE.at(frames.span(entry.line, ""), what)
            window.clear()


_RUN_TASK: Final = re.compile(r'"action"\s*:\s*"run-task"')


def _sessions(frames: Frames) -> tuple[list[Session], list[Diagnostic]]:
    """The sessions without the lines that are none of theirs."""
    raw = [line.encode("utf-8", "surrogatepass") for line in frames.texts]
    found: list[Diagnostic] = []
    while True:
        try:
            return parse(raw), found
        except RecordingError as error:
            found.append(broken_recording.RULE.at(frames.span(error.line, ""), error.problem))
            if len(found) >= _MOST_BROKEN or error.problem.startswith("a recording begins"):
                return [], found
            raw[error.line - 1] = b""


def _keys(frames: Frames) -> Iterator[Diagnostic]:
    for number, line in enumerate(frames.texts, 1):
        if like_a_key(line):
            yield key_in_recording.RULE.at(frames.span(number, ""), "this line holds what looks like an API key")


CHECKS: Final = (Registered("SEQ", frozenset({Kind.RECORDING}), _recording),)
