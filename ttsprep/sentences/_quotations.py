"""Plain quotation marks, which look the same at both ends."""

from __future__ import annotations

import re

from ttsprep.sentences import _signs as signs

__all__ = ["Quotations", "closes"]

_QUOTES = re.compile(f"[{signs.PLAIN_QUOTES}\n]")
_SPACED = re.compile(r"(?<!\S)(?:''|``|')(?!\S)")


class Quotations:
    """Whether a plain quotation is open, in a text that may still grow and lose its beginning."""

    # Up to where the quotes of the line were looked at; the last character that was forgotten.
    _at, _is_open, _before = 0, False, " "

    def is_open(self, text: str, upto: int) -> bool:
        """Whether one is open before `upto`: the last quote with a blank on one side only tells, and every one since
        then turns it round.
        """
        for found in _QUOTES.finditer(text, self._at, upto):
            at = found.start()
            before, after = (text[at - 1] if at else self._before).isspace(), text[at + 1 : at + 2].isspace()
            if text[at] == "\n":
                self._is_open = False
            elif before != after:
                self._is_open = before
            else:
                self._is_open = not self._is_open
        self._at = upto
        return self._is_open

    def forget(self, text: str, before: int) -> None:
        """`text` loses what stands before `before`."""
        if self._at < before:
            self.is_open(text, before)
        self._before = text[before - 1]
        self._at -= before


def closes(text: str, begin: int, end: int) -> bool:
    """Whether a quote with a blank on both sides closes: it opens where as many as before make pairs."""
    before = len(_SPACED.findall(text, begin, end))
    return before % 2 == 1 or not before
