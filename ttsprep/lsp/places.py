"""Places as editors count them: lines from 0, columns in the units of an encoding, and texts that change by ranges.

>>> text = Text("😀好\\nb", Units.UTF16)
>>> text.place(1), text.offset(0, 2), text.place(4)
((0, 2), 1, (1, 1))
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import StrEnum
from functools import cached_property

__all__ = ["Text", "Units"]

_LINE_END = re.compile(r"\r\n?|\n")


class Units(StrEnum):
    """What a column counts, under the name that the protocol has for it."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


class Text:
    """A text of an editor. LF, CR LF and CR end a line, and nothing else does: U+2028 is a character of its line."""

    def __init__(self, text: str, units: Units = Units.UTF16) -> None:
        self.text = text
        self.units = units

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point; one behind the end is taken as the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset) - 1
        return line, self._width(self.text[self._starts[line] : offset])

    def offset(self, line: int, column: int) -> int:
        """The code point at a place. What lies behind the end of a line is its end, and so of the text.

        A column inside of a character is where the character begins.
        """
        if line >= len(self._starts):
            return len(self.text)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        words = self.text[start:end].rstrip("\r\n")
        if self.units is Units.UTF32 or words.isascii():
            return start + min(column, len(words))
        for at, character in enumerate(words):
            column -= self._width(character)
            if column < 0:
                return start + at
        return start + len(words)

    def _width(self, words: str) -> int:
        if self.units is Units.UTF32 or words.isascii():
            return len(words)
        if self.units is Units.UTF16:
            return len(words) + sum(character > "\uffff" for character in words)
        return len(words.encode("utf-8", "surrogatepass"))

    def changed(self, start: tuple[int, int], end: tuple[int, int], new: str) -> Text:
        """The text with a range replaced."""
        begin, behind = self.offset(*start), self.offset(*end)
        return Text(self.text[:begin] + new + self.text[max(begin, behind) :], self.units)
