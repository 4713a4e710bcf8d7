"""What is said in recorded instructions: the texts of a task are looked at as a script with its settings is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Final, NamedTuple

from ttsprep.diagnostics import Diagnostic, Rule, Span
from ttsprep.lint.checks.frames import Frames
from ttsprep.lint.model import Kind, LintFile
from ttsprep.mapped import MappedText
from ttsprep.markup import speak_tag
from ttsprep.protocol import ContinueTask, RunTask, parse_instruction
from ttsprep.recording import Entry, Text
from ttsprep.rules import lone_surrogate, markdown_in_text, nul_character
from ttsprep.settings import TaskSettings
from ttsprep.settings.masking import like_a_key
from ttsprep.source import Source

__all__ = ["Messages"]

_FAMILIES: Final = ("SSM", "TXT", "MTH")
"""What is said of the text itself; lengths and order are known from the instructions."""


class _Said(NamedTuple):
    """The text of a continue-task, and the number of its frame."""

    text: str
    frame: int


class Messages:
    """The texts of one connection, task by task."""

    def __init__(self, frames: Frames, region: str) -> None:
        self._frames = frames
        self._region = region
        self._run: RunTask | None = None
        self._said: list[_Said] = []

    def take(self, entry: Entry) -> Iterator[Diagnostic]:
        """What a frame says of the texts before it: run-task begins a new task."""
        instruction = parse_instruction(entry.what.text)[0] if isinstance(entry.what, Text) else None
        if isinstance(instruction, RunTask):
            yield from self.end()
            self._run = instruction
        elif isinstance(instruction, ContinueTask):
            self._said.append(_Said(instruction.text, entry.line))

    def end(self) -> Iterator[Diagnostic]:
        """What is found in the texts of the task: in all of them together, but in each document of SSML by itself."""
        said, self._said = self._said, []
        settings = self._settings()
        apart = any(speak_tag(each.text) for each in said)
        for some in [[each] for each in said] if apart else [said]:
            yield from self._found(some, settings)

    def _settings(self) -> TaskSettings | None:
        """The settings of the task; ``None`` where they are not there or not right, which is said of them."""
        if self._run is None or not self._run.model:
            return None
        where = {"region": self._region} if self._region else {}
        given = {"enable_ssml": False, **where, "model": self._run.model, **self._run.parameters}
        return TaskSettings.check(given)[0]

    def _found(self, said: list[_Said], settings: TaskSettings | None) -> Iterator[Diagnostic]:
        """The findings of a text, put where it stands. Fixes are left out: they would have to be written as JSON."""
        text = "".join(each.text for each in said)
        found = list(_findings(text, settings))
        if not found:
            return  # where it stands takes longer to find out than what is wrong with it
        places = MappedText.concat(filter(None, (self._frames.spoken(each.frame) for each in said)))
        for each, span in found:
            place = places.source_span(span.start, span.end) if places.text == text else None
            yield dataclasses.replace(each, span=place, fix=None, field="payload.input.text")


def _findings(text: str, settings: TaskSettings | None) -> Iterator[tuple[Diagnostic, Span]]:
    """What is said of a text itself, and where in it."""
    from ttsprep.lint.checking import check

    if not text:
        return
    kind = Kind.SSML if speak_tag(text) else Kind.TEXT
    for each in check(LintFile("", Source(text), kind, settings)):
        if each.span is not None and not _is_left_out(each.rule, settings) and not _is_key(text, each.span):
            yield each, each.span


def _is_left_out(rule: Rule, settings: TaskSettings | None) -> bool:
    """Whether a rule is another one's of the instruction, or of no matter in this task."""
    if rule is markdown_in_text.RULE and settings is not None and settings.enable_markdown_filter:
        return True
    return not rule.code.startswith(_FAMILIES) or rule in _OF_INSTRUCTIONS


def _is_key(text: str, span: Span) -> bool:
    """Whether what looks like noise is a key, which has a rule of its own."""
    return like_a_key(text[max(0, span.start - len("sk-")) : span.end])


_OF_INSTRUCTIONS: Final = (nul_character.RULE, lone_surrogate.RULE)
"""What no instruction can carry (unsendable-text)."""
