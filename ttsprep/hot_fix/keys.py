"""From the places where entries are meant to keys that reach those and no others."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from ttsprep import catalog
from ttsprep.counting import HAN
from ttsprep.hot_fix.findings import Findings, named
from ttsprep.hot_fix.model import HotFix
from ttsprep.hot_fix.readings import needs, syllables
from ttsprep.hot_fix.survey import Survey, Use
from ttsprep.hot_fix.widening import LONGEST, widen
from ttsprep.hot_fix.zones import Zone, between
from ttsprep.lexicon import Entry, Kind, Lexicon
from ttsprep.rules import key_not_separable
from ttsprep.sentences import cut, split

__all__ = ["hot_fix_of", "sentence_cuts", "syllables_of"]

_HAN_RUN = re.compile(f"[{HAN}]+")


def hot_fix_of(survey: Survey, lexicon: Lexicon, only: Collection[str], found: Findings) -> HotFix:
    """The hot_fix for the uses of a survey; an entry that no key can say is reported and left out."""
    return _Keys(survey, lexicon, only, found).hot_fix()


def sentence_cuts(text: str) -> Iterator[int]:
    """Where an instruction may end: behind each sentence, and inside one that is longer than an instruction."""
    limit = catalog.limits().instruction_text
    for segment in split(text):
        yield from (segment.start + at for at in (*cut(segment.text, limit), len(segment.text)))


def syllables_of(use: Use) -> list[str]:
    """The syllables of a pronunciation."""
    return use.entry.value.split()


class _Keys:
    def __init__(self, survey: Survey, lexicon: Lexicon, only: Collection[str], found: Findings) -> None:
        self._survey, self._lexicon, self._only, self._found = survey, lexicon, only, found
        self._text, self._uses = survey.text, survey.uses
        self._starts = [use.start for use in survey.uses]
        self._regions: dict[Kind, list[tuple[int, int]]] = {}

    def hot_fix(self) -> HotFix:
        pairs: dict[Kind, dict[str, str]] = {Kind.PRONUNCIATION: {}, Kind.REPLACE: {}}
        for entry, uses in self._by_entry().items():
            if self._is_everywhere(entry):
                pairs[entry.kind][entry.key] = entry.value
            else:
                for key, value in self._widened(entry, uses).items():
                    pairs[entry.kind].setdefault(key, value)
        return HotFix(pairs[Kind.PRONUNCIATION], pairs[Kind.REPLACE])

    def _by_entry(self) -> dict[Entry, list[Use]]:
        grouped: dict[Entry, list[Use]] = {}
        for use in self._uses:
            grouped.setdefault(use.entry, []).append(use)
        return grouped

    def _is_everywhere(self, entry: Entry) -> bool:
        """Whether an entry is meant wherever none of a longer context is."""
        return not entry.before and not entry.after and entry.key not in self._only

    def _widened(self, entry: Entry, uses: list[Use]) -> dict[str, str]:
        starts = [use.start for use in uses]
        context = len(entry.before), len(entry.after)
        windows = widen(self._text, entry.key, starts, limits=list(self._limits(uses)), context=context)
        if windows is None:
            self._inseparable(entry, uses[0], f"no key of up to {len(entry.key) + LONGEST} characters tells them apart")
            return {}
        values = {key: self._value(key, pattern, entry) for key, pattern in windows.items()}
        if None in values.values():
            why = needs() or "the reading of a neighbour is not known"
            self._inseparable(entry, uses[0], why)
            return {}
        return {key: value for key, value in values.items() if value is not None}

    def _inseparable(self, entry: Entry, use: Use, why: str) -> None:
        what = f"{named(entry)} is meant for some of its occurrences only, and is left out: {why}"
        self._found.add(key_not_separable.RULE, use.start, use.end, what)
        self._survey.left_out.add(entry)

    def _value(self, key: str, pattern: tuple[int, ...], entry: Entry) -> str | None:
        """What stands for a wider key in which the entry's own is to change at these places."""
        if entry.kind is Kind.REPLACE:
            parts, at = [], 0
            for offset in pattern:
                parts += [key[at:offset], entry.value]
                at = offset + len(entry.key)
            return "".join([*parts, key[at:]])
        if key == entry.key:
            return entry.value
        if len(entry.value.split()) != len(entry.key):
            return None  # which of them is whose is not known
        known = self._around(key) if len(key) > len(entry.key) * len(pattern) else {}
        for offset in pattern:
            known.update(enumerate(entry.value.split(), offset))
        return " ".join(known[at] for at in range(len(key))) if len(known) == len(key) else None

    def _around(self, key: str) -> dict[int, str]:
        """How the characters of a key are read where it first stands in the text, as far as that is known."""
        if needs():
            return {}
        start = self._text.find(key)
        low, high = max(0, start - LONGEST), start + len(key) + LONGEST
        found = syllables(self._text[low:high])
        return {at: found[start - low + at] for at in range(len(key)) if start - low + at in found}

    # --- how far a key may grow

    def _limits(self, uses: Sequence[Use]) -> Iterator[tuple[int, int]]:
        """The stretches around these uses in which no other use stands."""
        end = -1
        for use in uses:
            if use.start < end:
                continue
            low, high = self._region(use)
            index = bisect_left(self._starts, use.start)
            low = self._foreign_end(index, use.entry, low)
            end = self._foreign_start(index, use.entry, high)
            yield low, end

    def _foreign_end(self, index: int, entry: Entry, low: int) -> int:
        while index and self._uses[index - 1].end > low:
            index -= 1
            if self._uses[index].entry is not entry:
                return self._uses[index].end
        return low

    def _foreign_start(self, index: int, entry: Entry, high: int) -> int:
        for later in range(index + 1, len(self._uses)):
            use = self._uses[later]
            if use.start >= high or use.entry is not entry:
                return min(use.start, high)
        return high

    def _region(self, use: Use) -> tuple[int, int]:
        """The stretch of a sentence, outside of zones, that a use stands in; for a pronunciation only of Chinese."""
        regions = self._regions.get(use.entry.kind)
        if regions is None:
            regions = self._regions[use.entry.kind] = list(self._stretches(use.entry.kind))
        index = bisect_right(regions, (use.start, len(self._text))) - 1
        low, high = regions[index] if index >= 0 else (use.start, use.end)
        return (low, high) if use.end <= high else (use.start, use.end)

    def _stretches(self, kind: Kind) -> Iterator[tuple[int, int]]:
        cuts = [Zone(at, at, "") for at in sentence_cuts(self._text)]
        for start, end in between(sorted([*self._survey.zones, *cuts]), len(self._text)):
            if kind is Kind.REPLACE:
                yield start, end
            else:
                yield from (run.span() for run in _HAN_RUN.finditer(self._text, start, end))
