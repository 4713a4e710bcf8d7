"""What will be spoken of a text under a hot_fix, as far as the service can be foreseen.

>>> spoken = apply(HotFix({"银行": "yin2 hang2"}, {"今天": "金天"}), "今天去银行。")
>>> str(spoken), spoken.annotated, spoken.counted
('金天去银行。', '金天去银行[yin2 hang2]。', 11)

Replacements come first: one pass from left to right, the longest key at each place, and what was put in is not looked
at again. Pronunciations follow in the same manner, on the text that is then there. The service documents neither order
nor overlaps; where another order would be heard, `ttsprep.hot_fix.generate` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ttsprep.counting import count
from ttsprep.hot_fix.model import HotFix
from ttsprep.lexicon.matching import Matcher, leftmost
from ttsprep.mapped import MappedText

__all__ = ["Applied", "Applier", "Reading", "apply"]


class Reading(NamedTuple):
    """``text[start:end]`` of what is spoken, and the pinyin it is read by."""

    start: int
    end: int
    pinyin: str


@dataclass(frozen=True)
class Applied:
    """A text after its replacements, each with its place in the source, and the readings of its words."""

    text: MappedText
    readings: tuple[Reading, ...]
    replaced: tuple[tuple[int, int], ...] = ()
    """Start and end of what was replaced, in the text before."""

    def __str__(self) -> str:
        return self.text.text

    @property
    def counted(self) -> int:
        """The counted characters of the text after replacement. Whether these or those before are billed is open."""
        return count(self.text.text)

    @property
    def annotated(self) -> str:
        """The text with the pinyin of each reading in brackets behind its word."""
        edits = ((reading.end, reading.end, f"[{reading.pinyin}]") for reading in self.readings)
        return MappedText.verbatim(self.text.text).edit(edits).text


@dataclass(frozen=True)
class Applier:
    """A hot_fix made ready, for many texts."""

    hot_fix: HotFix

    @cached_property
    def _replaced(self) -> Matcher:
        return Matcher(self.hot_fix.replace)

    @cached_property
    def _pronounced(self) -> Matcher:
        return Matcher(self.hot_fix.pronunciation)

    def replacements(self, text: str) -> list[tuple[int, int]]:
        """Where a text is replaced."""
        return leftmost(self._replaced.every(text))

    def readings(self, text: str) -> tuple[Reading, ...]:
        """The readings of a text in which nothing is left to replace."""
        places = leftmost(self._pronounced.every(text))
        return tuple(Reading(start, end, self.hot_fix.pronunciation[text[start:end]]) for start, end in places)

    def apply(self, text: MappedText | str) -> Applied:
        """What will be spoken of a text."""
        text = MappedText.of(text)
        replace = self.hot_fix.replace
        places = self.replacements(text.text)
        after = text.edit((start, end, replace[text.text[start:end]]) for start, end in places) if places else text
        return Applied(after, self.readings(after.text), tuple(places))


def apply(hot_fix: HotFix, text: MappedText | str) -> Applied:
    """What will be spoken of a text under a hot_fix, whose keys are taken as they are."""
    return Applier(hot_fix).apply(text)
