"""Places of the protocol: lines from 0, and characters in the unit that client and server have agreed on.

>>> places = Places("a\\n😀b", Unit.UTF16)
>>> places.position(3), places.offset(1, 2)
((1, 2), 3)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Final

__all__ = ["Places", "Unit"]

_LINE_ENDING = re.compile(r"\r\n|\r|\n")


class Unit(StrEnum):
    """In what a client counts the characters of a line; every client knows UTF-16."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


_WIDTHS: Final[Mapping[Unit, Callable[[str], int]]] = {
    Unit.UTF8: lambda text: len(text.encode("utf-8", "surrogatepass")),
    Unit.UTF16: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    Unit.UTF32: len,
}


class Places:
    """The places of one text."""

    def __init__(self, text: str, unit: Unit = Unit.UTF16) -> None:
        self._text, self._width = text, _WIDTHS[unit]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_ENDING.finditer(self._text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and character of the code point at `offset`; one behind the end is taken as the end."""
        offset = max(0, min(offset, len(self._text)))
        line = bisect_right(self._starts, offset) - 1
        return line, self._width(self._text[self._starts[line] : offset])

    def offset(self, line: int, character: int) -> int:
        """The offset of a place; one behind the end of its line is that end, one inside a character its start."""
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self._text)
        text = self.line(line)
        low, high = 0, len(text)
        while low < high:  # the longest beginning of the line that is no wider
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._width(text[:middle]) <= character else (low, middle - 1)
        return self._starts[line] + low

    def changed(self, start: tuple[int, int], end: tuple[int, int], new: str) -> str:
        """The text with what stands between two places replaced.

        >>> Places("a\\u2028b").changed((0, 2), (0, 3), "c")
        'a\\u2028c'
        """
        begin = self.offset(*start)
        return self._text[:begin] + new + self._text[max(begin, self.offset(*end)) :]

    def line(self, number: int) -> str:
        """The text of a line, counted from 0, without its ending."""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
        return self._text[self._starts[number] : end].rstrip("\r\n")
