"""Recorded sessions in short, a line for each frame: seconds, ``>`` (client) or ``<`` (service), what, and its text.

0.0 > run-task ssml id=b
0.3 < task-started
0.4 > continue-task 你好。        # 20000*x: so many of them
0.9 < audio
1.0 < task-failed CODE message
1.1 < close 1000                  # also: open URL, refused STATUS, raw TEXT
"""

from __future__ import annotations

import io
import re
from datetime import datetime

from ttsprep.protocol import (
    ContinueTask,
    Event,
    FinishTask,
    Instruction,
    Role,
    RunTask,
    TaskFailedEvent,
    TaskFinished,
    TaskStarted,
)
from ttsprep.recording import Binary, Closed, Opened, Recorder, Refused, Text, What

PARAMETERS = {"text_type": "PlainText", "voice": "longanyang"}
_LINE = re.compile(r"([\d.]+) ([<>]) (\S+)(?: (ssml))?(?: id=(\w))?(?: (.*))?")


def recording(session: str) -> str:
    """The session as a recording."""
    now = [0.0]
    file = io.StringIO()
    recorder = Recorder(file, Role.CLIENT, began=datetime(2026, 11, 22), clock=lambda: now[0])
    channel = recorder.channel(1, lambda text: text)
    for line in session.splitlines():
        found = _LINE.fullmatch(line)
        assert found, line
        now[0] = float(found[1])
        sender = Role.CLIENT if found[2] == ">" else Role.SERVER
        channel.note(sender, _what(found[3], (found[5] or "a") * 32, found[6] or "", ssml=bool(found[4])))
    return file.getvalue()


def _what(kind: str, task_id: str, rest: str, *, ssml: bool) -> What:
    if kind == "audio":
        return Binary(3, "0" * 64)
    if kind in ("open", "close", "refused"):
        return Opened(rest) if kind == "open" else Closed(int(rest)) if kind == "close" else Refused(int(rest))
    if kind == "raw":
        return Text(rest)
    times, _, text = rest.rpartition("*")
    code, _, message = rest.partition(" ")
    frames: dict[str, Instruction | Event] = {
        "run-task": RunTask(task_id, "cosyvoice-v3-flash", PARAMETERS | ({"enable_ssml": True} if ssml else {})),
        "continue-task": ContinueTask(task_id, text * int(times) if times.isdigit() else rest),
        "finish-task": FinishTask(task_id),
        "task-started": TaskStarted(task_id),
        "task-finished": TaskFinished(task_id),
        "task-failed": TaskFailedEvent(task_id, error_code=code, error_message=message),
    }
    return Text(frames[kind].to_json())
