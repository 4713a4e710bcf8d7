"""What the server and a voice process say to each other over two pipes.

A message is one byte for its kind, four for its length (big-endian), and its content: JSON, or audio as it is. The
server asks (task, say, finish) and reads everything up to the closing answer before it asks again.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from typing import Any, BinaryIO

from ttsprep.emulator.voice.model import Block, TaskAudio, Word

__all__ = [
    "AUDIO", "FAILED", "FINISH", "FINISHED", "HEADER", "READY", "REUSABLE", "SAY", "SENTENCE", "TASK",
    "message", "read_message", "sentence_block", "sentence_message", "task_message", "task_of",
]  # fmt: skip

HEADER = struct.Struct(">cI")
# Asked by the server.
TASK, SAY, FINISH = b"T", b"W", b"Q"
# Answered by the process; SENTENCE, FINISHED and FAILED close an answer.
READY, AUDIO, SENTENCE, FINISHED, FAILED = b"R", b"A", b"S", b"F", b"E"
REUSABLE = b"reusable"
"""The content of FINISHED where the process can serve another task."""


def message(kind: bytes, content: bytes = b"") -> bytes:
    return HEADER.pack(kind, len(content)) + content


def read_message(pipe: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next message; None where the other side has gone."""
    header = pipe.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, size = HEADER.unpack(header)
    content = pipe.read(size)
    return (kind, content) if len(content) == size else None


def task_message(kind: str, audio: TaskAudio) -> bytes:
    return message(TASK, _json({"kind": kind, **asdict(audio)}))


def task_of(content: bytes) -> tuple[str, TaskAudio]:
    fields = json.loads(content)
    return fields.pop("kind"), TaskAudio(**fields)


def sentence_message(block: Block) -> bytes:
    return message(SENTENCE, _json({"milliseconds": block.milliseconds, "words": block.words}))


def sentence_block(content: bytes) -> Block:
    fields = json.loads(content)
    words = tuple(Word(*word) for word in fields["words"])
    return Block(words=words, milliseconds=fields["milliseconds"], last=True)


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()
