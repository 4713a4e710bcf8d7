"""What the emulator remembers of each task, for tests to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["TaskReport"]


@dataclass(slots=True)
class TaskReport:
    """One task as the emulator saw it. `state` is ``running``, ``finished``, ``cancelled``, ``failed`` or ``lost``
    (the connection ended first).
    """

    task_id: str
    model: str
    parameters: Mapping[str, Any]
    connection: int
    state: str = "running"
    texts: list[str] = field(default_factory=list)
    """The text of each continue-task, in order."""
    sentences: list[str] = field(default_factory=list)
    """The sentences that were spoken, in order."""
    characters: int = 0
    """usage.characters as last reported."""
    audio_frames: int = 0
    audio_bytes: int = 0
    audio_seconds: float = 0.0
    """Length of the speech before encoding."""
    request_uuid: str = ""
    error_code: str = ""
    error_message: str = ""

    keep_text: bool = field(default=True, repr=False)
    """Whether `texts` and `sentences` are kept."""

    def add(self, text: str) -> None:
        """Note the text of a continue-task."""
        if self.keep_text:
            self.texts.append(text)

    def say(self, sentence: str) -> None:
        """Note a sentence that is being spoken."""
        if self.keep_text:
            self.sentences.append(sentence)

    @property
    def text(self) -> str:
        """The whole text, fragments joined."""
        return "".join(self.texts)
