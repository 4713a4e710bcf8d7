"""What a sentence consists of: text to speak, each stretch in its own manner, silence, tones, and music under it.

>>> pieces("你好。") == (Spoken("你好。"),)
True
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from ttsprep.emulator.voice.model import TaskAudio

__all__ = ["SPELLED", "Beep", "Music", "Piece", "Silence", "Spoken", "dumped", "loaded", "pieces"]

SPELLED = frozenset({"characters", "digits", "id", "punctuation", "telephone"})
"""The kinds of text that are read character by character."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Text in a manner of its own: what is None, or an empty voice, is as in the task.

    Neighbours in the same manner are one utterance, also with silence or tones between them.
    """

    text: str
    rate: float | None = None
    pitch: float | None = None
    volume: int | None = None
    voice: str = ""
    read_as: str = ""
    """How the text is read: ``py`` or ``cmu`` by its `reading`, one of `SPELLED` character by character."""
    reading: str = ""
    """Pinyin syllables or ARPAbet phones, a space between two."""

    def manner(self, task: TaskAudio) -> TaskAudio:
        """How it is spoken in a task."""
        own: dict[str, Any] = {"rate": self.rate, "pitch": self.pitch, "volume": self.volume}
        own["voice"] = self.voice or None
        return replace(task, **{name: value for name, value in own.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Silence:
    """A pause of exactly this length."""

    milliseconds: int


@dataclass(frozen=True, slots=True)
class Beep:
    """A tone of exactly this length, in place of a sound that is not ours to fetch."""

    milliseconds: int
    volume: int | None = None
    """None: as in the task."""


@dataclass(frozen=True, slots=True)
class Music:
    """From here on, also in the sentences after this one, a soft tone sounds under everything."""

    volume: int
    """0 to 100; 0 ends it."""


Piece = Spoken | Silence | Beep | Music

_KINDS: dict[str, type[Piece]] = {"spoken": Spoken, "silence": Silence, "beep": Beep, "music": Music}
_NAMES = {cls: name for name, cls in _KINDS.items()}


def pieces(sentence: str | Iterable[Piece]) -> tuple[Piece, ...]:
    """A sentence as its pieces; a plain text is one."""
    return (Spoken(sentence),) if isinstance(sentence, str) else tuple(sentence)


def dumped(sentence: Iterable[Piece]) -> bytes:
    """The pieces as JSON, for a voice process.

    >>> loaded(dumped([Beep(250), Silence(500)]))
    (Beep(milliseconds=250, volume=None), Silence(milliseconds=500))
    """
    return json.dumps([[_NAMES[type(piece)], asdict(piece)] for piece in sentence]).encode()


def loaded(content: bytes) -> tuple[Piece, ...]:
    """The pieces that `dumped` wrote."""
    rows: list[tuple[str, dict[str, Any]]] = json.loads(content)
    return tuple(_KINDS[kind](**fields) for kind, fields in rows)
