"""The frames of a file of instructions or of a recording, and where they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import Any, Final

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.lint.model import LintFile
from ttsprep.mapped import MappedText
from ttsprep.protocol import Role
from ttsprep.recording import Entry, Session, Text
from ttsprep.rules import instruction_unreadable
from ttsprep.settings.places import places_in_json

__all__ = ["Frames", "decoded"]

_FIELDS: Final = frozenset(("header", "payload", "instruction"))
_INSTRUCTION: Final = re.compile(rf'\s*+\[?\s*+\{{\s*+"(?:{"|".join(sorted(_FIELDS))})"\s*+:')


class Frames:
    """The lines of a file, numbered from 1; of a JSON file, which may have line ends anywhere, its values.

    `alone` is true where the file is one instruction, which nothing comes before or behind.
    """

    def __init__(self, file: LintFile) -> None:
        text = file.source.text
        self.text = text
        self._by_lines = PurePath(file.path).suffix.lower() == ".jsonl"
        values = [] if self._by_lines else list(_values(text))
        self.alone = len(values) == 1 and _is_object(text)
        self._spans = values or list(_lines(text))
        self.texts = [span.of(text) for span in self._spans]

    def span(self, number: int, field: str) -> Span:
        """The name of a field in a frame, or the frame; in a recording the names stand in a string of JSON."""
        frame, start = self.texts[number - 1], self._spans[number - 1].start
        name = re.escape(re.split(r"[.\[]", field.rstrip("]"))[-1]) if field else ""
        found = re.search(rf'\\?"{name}\\?"(?=\s*:)', frame) if name else None
        if found:
            return Span(start + found.start(), start + found.end())
        indent = len(frame) - len(frame.lstrip())
        return Span(start + indent, start + max(len(frame.rstrip()), indent))

    def has_instructions(self) -> bool:
        """Whether the first frame that can be read is an instruction, not a part of a recording."""
        rows = (_parsed(frame) for frame in self.texts if frame.strip())
        row = next((each for each in rows if isinstance(each, dict)), None)
        if row is None:
            return _INSTRUCTION.match(self.text) is not None
        return "recording" not in row and not row.keys().isdisjoint(_FIELDS)

    def broken(self) -> Diagnostic | None:
        """What is wrong with a JSON file that is neither one value nor a value in each line."""
        first = next(filter(str.strip, self.texts), "")
        if self._by_lines or _parsed(first) is not None or not _INSTRUCTION.match(self.text):
            return None
        try:
            json.loads(self.text)
        except json.JSONDecodeError as error:
            at = min(error.pos, len(self.text.rstrip()) - 1)
            return instruction_unreadable.RULE.at(Span(at, at + 1), f"not valid JSON: {error.msg}")
        except RecursionError:
            return instruction_unreadable.RULE.at(None, "not valid JSON: values stand too deep in one another")
        return None

    def session(self) -> Session:
        """The instructions as if they had been sent one behind the other, at no time."""
        texts = ((number, _unwrapped(frame.strip())) for number, frame in enumerate(self.texts, 1))
        entries = [Entry(number, 0.0, 1, Role.CLIENT, Text(text)) for number, text in texts if text]
        return Session(Role.CLIENT, datetime.min, entries)

    def spoken(self, number: int) -> MappedText | None:
        """The text of the continue-task in a frame, with its places in the file."""
        frame = MappedText.verbatim(self.texts[number - 1], self._spans[number - 1].start)
        recorded = _string(frame, ("text",))
        return _string(frame if recorded is None else recorded, _TEXT, ("instruction", *_TEXT))


_TEXT: Final = ("payload", "input", "text")


def _string(frame: MappedText, *paths: tuple[str, ...]) -> MappedText | None:
    """The string under the first of some paths that a JSON text has."""
    places = places_in_json(frame.text).at
    place = next((places[path] for path in paths if path in places), None)
    if place is None or not place.value.of(frame.text).startswith('"'):
        return None
    return decoded(frame[place.value.start + 1 : place.value.end - 1])


_ESCAPE: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^u]", re.DOTALL
)


def decoded(literal: MappedText) -> MappedText:
    r"""What stands between the quotes of a JSON string, without its escapes.

    >>> decoded(MappedText.verbatim(r"a\n\u4f60\ud83d\ude00")).text
    'a\n你😀'
    """
    edits = ((found.start(), found.end(), _character(found[0])) for found in _ESCAPE.finditer(literal.text))
    return literal.edit(edits)


def _character(escape: str) -> str:
    try:
        value: Any = json.loads(f'"{escape}"')
    except ValueError:
        return escape
    return str(value)


def _is_object(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def _parsed(frame: str) -> Any:
    """What a frame says; ``None`` where it is no JSON."""
    try:
        return json.loads(frame)
    except (ValueError, RecursionError):
        return None


def _values(text: str) -> Iterator[Span]:
    """Where the elements of a JSON list stand, or the one value; nothing where the text is no single value."""
    if _parsed(text) is None:
        return
    places = places_in_json(text).at
    if _is_object(text):
        yield places[()].value
        return
    number = 0
    while (number,) in places:
        yield places[(number,)].value
        number += 1


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _unwrapped(frame: str) -> str:
    """The instruction in a line of ``ttsprep prepare --annotate``."""
    if not frame.startswith('{"instruction"'):
        return frame
    row = _parsed(frame)
    return frame if row is None else json.dumps(row["instruction"], ensure_ascii=False)
