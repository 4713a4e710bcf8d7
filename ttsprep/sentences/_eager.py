"""Full-width marks that end a sentence at once, where nothing is open."""

from __future__ import annotations

import re

from ttsprep.sentences import _signs as signs
from ttsprep.sentences._mark import NO

__all__ = ["Eager"]

_EAGER = "。！？｡"
_OPENERS, _CLOSERS = "“「『（《〈【(［", "”」』）》〉】)］"
_BRACKETS_WIDTH = 400
_ONLY_MARKS = re.compile(rf"[\s{signs.MARKS}{signs.CLOSERS}{signs.SIGNS}{signs.EITHER_WAY}]*+\Z")


class Eager:
    """Decides about eager marks, in a text that may still grow and lose its beginning."""

    # Brackets that sentences before left open, and for how many characters.
    _open = _open_for = 0
    # Up to here the open sentence has nothing but marks.
    _marks_to = 0

    def cut(self, text: str, start: int, at: int) -> int:
        """The cut right behind an eager mark, in the sentence from `start` on; `NO` in a row of marks; 0 where others
        decide.
        """
        if _ONLY_MARKS.fullmatch(text, max(start, self._marks_to), at):
            self._marks_to = at
            return NO
        return at + 1 if text[at] in _EAGER and self._nothing_open(text, start, at) else 0

    def _nothing_open(self, text: str, start: int, at: int) -> bool:
        """Whether every bracket and quotation is closed before `at`."""
        begin = max(start, at - _BRACKETS_WIDTH)
        plain = all(text.count(quote, begin, at) % 2 == 0 for quote in signs.PLAIN_QUOTES)
        return plain and self._open + _opened(text, begin, at) <= 0

    def carry(self, text: str, start: int, cut: int) -> None:
        """What a sentence left open is open in the next one on the line, but not for ever."""
        self._open = max(0, self._open + _opened(text, max(start, cut - _BRACKETS_WIDTH), cut))
        self._open_for = self._open_for + cut - start if self._open else 0
        if text[cut - 1] in "\r\n" or self._open_for > _BRACKETS_WIDTH:
            self._open = self._open_for = 0

    def forget(self, before: int) -> None:
        """The text loses what stands before `before`."""
        self._marks_to -= before


def _opened(text: str, begin: int, end: int) -> int:
    """How many brackets and directed quotes more were opened than closed."""
    opened = sum(text.count(sign, begin, end) for sign in _OPENERS)
    return opened - sum(text.count(sign, begin, end) for sign in _CLOSERS)
