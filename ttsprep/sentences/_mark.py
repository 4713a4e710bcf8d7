"""A mark with what surrounds it: what the rules look at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from ttsprep.late import late_pattern
from ttsprep.sentences._signs import CJK, LETTER
from ttsprep.sentences._words import Words

__all__ = ["HOLD", "IS_CJK", "NO", "QUOTES", "WORD_WIDTH", "Mark", "Rule", "Verdict", "after_quotation", "last_word"]

NO, HOLD = -1, -2
"""No sentence ends; more text must come before it is known."""

WORD_WIDTH = 32
_LAST_WORD = late_pattern(rf"[{LETTER}№](?:[{LETTER}°’'-]|\.(?=[{LETTER}]))*+\Z")
_PARTS = re.compile(r"(?:(?<![\w.])[^\W\d_]\.[ \u00a0\u202f])+\Z")  # i. d. R.
_PARTS_WIDTH = 12
_ELISION = re.compile(r"(?:[cdjlmnst]|qu)['’](?=\w\w|\w\.)", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[^\W\d_]++")
IS_CJK = late_pattern(f"[{CJK}「『“‘《〈【（［〔]")
# The sentence around a quotation goes on: 「はい。」と言った, “救命！”的声音, "안녕."이라고
_QUOTED_ON = late_pattern(
    "は(?![いじっ])|が(?![んっ])|と(?!ころ|ても|にかく|もか)|っ[てと]|を|の(?!ち)|的(?![确士])|이?라(?:고|는|며|면서)|하고(?![가-힣])"
)
_QUOTED_ON_FIRST = "はがとっの的이라하"
_QUOTED_ON_WIDTH = 4
QUOTES = frozenset("\"'”’』」＂")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")


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

    def abbreviation(self) -> str:
        """The last word; with the parts before it where it is an abbreviation written apart: z. B."""
        if len(self.word) != 1:
            return self.word
        parts = _PARTS.search(self.text, max(self.begin, self.start - _PARTS_WIDTH), self.start - 1)
        whole = "".join(parts[0].split()) + self.word if parts else self.word
        known = whole in self.words.known and (whole[0].islower() or whole in self.words.never)
        return whole if known else self.word

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
    if not mark.apart and mark.closed[-1:] in QUOTES and _HANGUL.match(mark.following):
        return NO  # Korean writes its particles right behind the quotation: "간다."고 했다
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
    if not found:
        return ""
    elided = _ELISION.match(found[0])
    return found[0][elided.end() :] if elided else found[0]
