"""What is said in recorded instructions: the texts of a task are looked at as a script with its settings is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Final

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


class Messages:
    """The texts of one connection, task by task."""

    def __init__(self, frames: Frames, region: str) -> None:
        self._frames = frames
        self._region = region
        self._run: RunTask | None = None
        self._texts: list[MappedText] = []

    def take(self, entry: Entry) -> Iterator[Diagnostic]:
        """What a frame says of the texts before it: run-task begins a new task."""
        instruction = parse_instruction(entry.what.text)[0] if isinstance(entry.what, Text) else None
        if isinstance(instruction, RunTask):
            yield from self.end()
            self._run = instruction
        elif isinstance(instruction, ContinueTask) and (text := self._frames.spoken(entry.line)):
            self._texts.append(text)

    def end(self) -> Iterator[Diagnostic]:
        """What is found in the texts of the task."""
        texts, self._texts = self._texts, []
        settings = self._settings()
        if any(speak_tag(text.text) for text in texts):
            for text in texts:
                yield from _found(text, settings)
        elif texts:
            yield from _found(MappedText.concat(texts), settings)

    def _settings(self) -> TaskSettings | None:
        """The settings of the task; ``None`` where they are not there or not right, which is said of them."""
        if self._run is None or not self._run.model:
            return None
        where = {"region": self._region} if self._region else {}
        given = {"enable_ssml": False, **where, "model": self._run.model, **self._run.parameters}
        return TaskSettings.check(given)[0]


def _found(text: MappedText, settings: TaskSettings | None) -> Iterator[Diagnostic]:
    """A text by itself, its findings put where it stands. Fixes are left out: they would have to be written as JSON."""
    from ttsprep.lint.checking import check

    kind = Kind.SSML if speak_tag(text.text) else Kind.TEXT
    for each in check(LintFile("", Source(text.text), kind, settings)):
        span = each.span
        if span is None or _is_left_out(each.rule, settings) or _is_key(text.text, span):
            continue
        place = text.source_span(span.start, span.end)
        yield dataclasses.replace(each, span=place, fix=None, field="payload.input.text")


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
