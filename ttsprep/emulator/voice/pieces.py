"""What a sentence consists of: text to speak, each stretch in its own manner, silence, and tones.

>>> pieces("你好。")
(Spoken(text='你好。', rate=None, pitch=None, volume=None),)
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from ttsprep.emulator.voice.model import TaskAudio

__all__ = ["Beep", "Piece", "Silence", "Spoken", "dumped", "loaded", "pieces"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Text in a manner of its own: what is None is as in the task."""

    text: str
    rate: float | None = None
    pitch: float | None = None
    volume: int | None = None

    def manner(self, task: TaskAudio) -> TaskAudio:
        """How it is spoken in a task."""
        own: dict[str, Any] = {"rate": self.rate, "pitch": self.pitch, "volume": self.volume}
        return replace(task, **{name: value for name, value in own.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Silence:
    """A pause of exactly this length."""

    milliseconds: int


@dataclass(frozen=True, slots=True)
class Beep:
    """A tone of exactly this length, in place of a sound that is not ours to fetch."""

    milliseconds: int


Piece = Spoken | Silence | Beep

_KINDS: dict[str, type[Piece]] = {"spoken": Spoken, "silence": Silence, "beep": Beep}
_NAMES = {cls: name for name, cls in _KINDS.items()}


def pieces(sentence: str | Iterable[Piece]) -> tuple[Piece, ...]:
    """A sentence as its pieces; a plain text is one."""
    return (Spoken(sentence),) if isinstance(sentence, str) else tuple(sentence)


def dumped(sentence: Iterable[Piece]) -> bytes:
    """The pieces as JSON, for a voice process.

    >>> loaded(dumped([Spoken("a", rate=2.0), Silence(500)]))
    (Spoken(text='a', rate=2.0, pitch=None, volume=None), Silence(milliseconds=500))
    """
    return json.dumps([[_NAMES[type(piece)], asdict(piece)] for piece in sentence]).encode()


def loaded(content: bytes) -> tuple[Piece, ...]:
    """The pieces that `dumped` wrote."""
    rows: list[tuple[str, dict[str, Any]]] = json.loads(content)
    return tuple(_KINDS[kind](**fields) for kind, fields in rows)
