"""Keys that stand inside a word of letters, or inside a number.

>>> words = Words("Nginx 有 12 个 x，x2")
>>> words.around(4, 5), words.around(9, 10), words.around(13, 14), words.around(15, 16)
('Nginx', '12', '', '')

Chinese has no such bounds: `ttsprep.hot_fix.straddling` asks the dictionary there.
"""

from __future__ import annotations

import re
from bisect import bisect_right

__all__ = ["Words", "has_bounds"]

_LETTERS = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
_WORD = re.compile(rf"[0-9]++(?:[.,:][0-9]++)*+|[{_LETTERS}]++(?:['’][{_LETTERS}]++)*+")
_BOUND = re.compile(rf"[0-9{_LETTERS}]")


def has_bounds(key: str) -> bool:
    """Whether a key begins or ends with a letter or a digit.

    >>> has_bounds("2月"), has_bounds("重庆")
    (True, False)
    """
    return bool(_BOUND.match(key[:1]) or _BOUND.match(key[-1:]))


class Words:
    """The words of letters and the numbers of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [found.span() for found in _WORD.finditer(text)]
        self._starts = [start for start, _ in self._spans]

    def around(self, start: int, end: int) -> str:
        """The word that begins before a stretch and reaches into it, or ends behind it; "" if there is none."""
        for at in (start, end - 1):
            index = bisect_right(self._starts, at) - 1
            low, high = self._spans[index] if index >= 0 else (0, 0)
            if at < high and (low < start or high > end):
                return self._text[low:high]
        return ""
