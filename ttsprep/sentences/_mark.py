"""A mark with what surrounds it: what the rules look at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from ttsprep.sentences._signs import CJK, LETTER
from ttsprep.sentences._words import Words

__all__ = ["HOLD", "IS_CJK", "NO", "WORD_WIDTH", "Mark", "Rule", "Verdict", "after_quotation", "last_word"]

NO, HOLD = -1, -2
"""No sentence ends; more text must come before it is known."""

WORD_WIDTH = 32
_LAST_WORD = re.compile(rf"[{LETTER}№](?:[{LETTER}°’'-]|\.(?=[{LETTER}]))*+\Z")
_NEXT_WORD = re.compile(r"[^\W\d_]++")
IS_CJK = re.compile(f"[{CJK}「『“‘《〈【（［〔]")
# The sentence around a quotation goes on: 「はい。」と言った, “救命！”的声音, "안녕."이라고
_QUOTED_ON = re.compile(
    "は(?![いじっ])|が(?![んっ])|と(?!ころ|ても|にかく|もか)|っ[てと]|を|の(?!ち)|的(?![确士])|이?라(?:고|는|며|면서)|하고(?![가-힣])"
)
_QUOTED_ON_FIRST = "はがとっの的이라하"
_QUOTED_ON_WIDTH = 4


@dataclass(slots=True)
class Mark:
    """A run of marks with what surrounds it. Positions count in `text`."""

    text: str
    begin: int
    """Where the sentence began."""
    start: int
    """Where the run begins."""
    run: str
    closed: str
    """The closers right behind the run."""
    end: int
    """Where what follows begins; there is always something."""
    following: str
    """Its first character."""
    apart: bool
    """Whether a blank stands between."""
    final: bool
    quoted: bool
    """Whether the text ended a plain quotation between run and `end`."""
    glued: bool
    """Whether a Western mark may end a sentence with no blank behind it."""
    words: Words
    language: str | None
    word: str = ""
    """The last word before a single full stop."""

    def next_word(self) -> str | None:
        """The letters that follow; None where more may come."""
        found = _NEXT_WORD.match(self.text, self.end, self.end + WORD_WIDTH)
        stop = found.end() if found else self.end
        if not self.final and stop == len(self.text) < self.end + WORD_WIDTH:
            return None
        return found[0] if found else ""

    def short_of(self, width: int) -> bool:
        """Whether less than `width` characters follow, and more may come."""
        return not self.final and len(self.text) < self.end + width


Verdict: TypeAlias = "int | None"
"""Where the sentence ends, `NO`, `HOLD`, or None where a rule does not know."""
Rule: TypeAlias = Callable[[Mark], Verdict]


def after_quotation(mark: Mark) -> int:
    """A quotation that ends in its own mark may be part of a sentence that goes on."""
    if mark.following in _QUOTED_ON_FIRST and mark.short_of(_QUOTED_ON_WIDTH):
        return HOLD
    return NO if _QUOTED_ON.match(mark.text, mark.end) else mark.end


def last_word(text: str, begin: int, end: int) -> str:
    """The word that ends at `end`, looked for no further back than `begin`."""
    tail = text[max(begin, end - WORD_WIDTH) : end] if end > begin else ""
    word = tail[tail.rfind(" ") + 1 :]
    if word.isascii() and word.isalpha():
        return word
    found = _LAST_WORD.search(word)
    return found[0] if found else ""
