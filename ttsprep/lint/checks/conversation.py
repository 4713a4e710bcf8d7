"""PAY and SEQ: recorded sessions and files of instructions, held against the protocol's own table and clock."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from ttsprep.catalog import limits
from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.lint.checks.talk import Listener
from ttsprep.lint.model import Kind, LintFile, Registered
from ttsprep.protocol import Role
from ttsprep.recording import Entry, RecordingError, Session, Text, parse
from ttsprep.rules import broken_recording, key_in_recording, too_many_task_starts
from ttsprep.settings.masking import like_a_key

__all__ = ["CHECKS"]

_MOST_BROKEN: Final = 20


def _recording(file: LintFile) -> Iterator[Diagnostic]:
    lines = _Lines(file.source.text)
    region = file.settings.region if file.settings else ""
    if lines.has_instructions():
        sessions: list[Session] = [lines.session()]
        answering = True
    else:
        sessions, found = _sessions(lines)
        answering = False
        yield from found
    for session in sessions:
        yield from _heard(session, lines, region, answering)
    yield from _keys(lines)


def _heard(session: Session, lines: _Lines, region: str, answering: bool) -> Iterator[Diagnostic]:
    """Each connection by itself; `answering`: only the client's half is there, the other is taken as right."""
    listeners: dict[int, Listener] = {}
    for entry in session.entries:
        listener = listeners.get(entry.connection)
        if listener is None:
            listener = listeners[entry.connection] = Listener(entry, region, answering=answering)
        for rule, message, field in listener.hear(entry):
            yield rule.at(lines.span(entry.line, field), message, field=field)
        for found in listener.parameters():
            yield found.rule.at(
                lines.span(entry.line, found.field), found.message, severity=found.severity, field=found.field
            )
    if not answering:
        yield from _starts(session, lines)
    for listener in listeners.values():
        for rule, message, field in listener.end():
            yield rule.at(lines.span(listener.last.line, field), message, field=field)


def _starts(session: Session, lines: _Lines) -> Iterator[Diagnostic]:
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
            yield too_many_task_starts.RULE.at(lines.span(entry.line, ""), what)
            window.clear()


_RUN_TASK: Final = re.compile(r'"action"\s*:\s*"run-task"')


def _sessions(lines: _Lines) -> tuple[list[Session], list[Diagnostic]]:
    """The sessions without the lines that are none of theirs."""
    raw = [line.encode("utf-8", "surrogatepass") for line in lines.texts]
    found: list[Diagnostic] = []
    while True:
        try:
            return parse(raw), found
        except RecordingError as error:
            found.append(broken_recording.RULE.at(lines.span(error.line, ""), error.problem))
            if len(found) >= _MOST_BROKEN or error.problem.startswith("a recording begins"):
                return [], found
            raw[error.line - 1] = b""


def _keys(lines: _Lines) -> Iterator[Diagnostic]:
    for number, line in enumerate(lines.texts, 1):
        if like_a_key(line):
            yield key_in_recording.RULE.at(lines.span(number, ""), "this line holds what looks like an API key")


class _Lines:
    """The lines of a file, numbered from 1, and where they stand."""

    def __init__(self, text: str) -> None:
        self.texts = text.split("\n")
        self._starts = [0]
        for line in self.texts:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def span(self, number: int, field: str) -> Span:
        """The name of a field in a line, or the line; in a recording the names stand in a string of JSON."""
        line, start = self.texts[number - 1], self._starts[number - 1]
        name = re.escape(re.split(r"[.\[]", field.rstrip("]"))[-1]) if field else ""
        found = re.search(rf'\\?"{name}\\?"(?=\s*:)', line) if name else None
        if found:
            return Span(start + found.start(), start + found.end())
        return Span(
            start + len(line) - len(line.lstrip()), start + max(len(line.rstrip()), len(line) - len(line.lstrip()))
        )

    def has_instructions(self) -> bool:
        """Whether the first line that says something is an instruction, not a part of a recording."""
        first = next(filter(str.strip, self.texts), "")
        try:
            row = json.loads(first)
        except (ValueError, RecursionError):
            return False
        return isinstance(row, dict) and "recording" not in row and not row.keys().isdisjoint(_INSTRUCTION)

    def session(self) -> Session:
        """The instructions as if they had been sent one behind the other, at no time."""
        from datetime import datetime

        texts = ((number, _unwrapped(line.strip())) for number, line in enumerate(self.texts, 1))
        entries = [Entry(number, 0.0, 1, Role.CLIENT, Text(text)) for number, text in texts if text]
        return Session(Role.CLIENT, datetime.min, entries)


_INSTRUCTION: Final = frozenset(("header", "payload", "instruction"))


def _unwrapped(line: str) -> str:
    """The instruction in a line of ``ttsprep prepare --annotate``."""
    if not line.startswith('{"instruction"'):
        return line
    try:
        return json.dumps(json.loads(line)["instruction"], ensure_ascii=False)
    except (ValueError, RecursionError):
        return line


CHECKS: Final = (Registered("SEQ", frozenset({Kind.RECORDING}), _recording),)
