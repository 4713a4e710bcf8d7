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
from ttsprep.hot_fix.widening import LONGEST, occurrences, widen
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
        """Keys that hold no place of another entry; where those are none, or longer than the context that the entry
        has, keys that say such places as their entry does if these are shorter.
        """
        values = self._keys_for(entry, uses, others=False)
        least = len(entry.before) + len(entry.key) + len(entry.after)
        if isinstance(values, str) or max(map(len, values)) > least:
            more = self._keys_for(entry, uses, others=True)
            values = _shorter(values, more)
        if isinstance(values, dict):
            return values
        what = f"{named(entry)} is meant for some of its occurrences only, and is left out: {values}"
        self._found.add(key_not_separable.RULE, uses[0].start, uses[0].end, what)
        self._survey.left_out.add(entry)
        return {}

    def _keys_for(self, entry: Entry, uses: list[Use], *, others: bool) -> dict[str, str] | str:
        """The keys and what stands for them, or why there are none."""
        starts, context = [use.start for use in uses], (len(entry.before), len(entry.after))
        limits = list(self._limits(uses, others=others))
        whole = [use[:2] for use in self._uses if use.entry is not entry] if others else ()
        windows = widen(self._text, entry.key, starts, limits=limits, whole=whole, context=context)
        if windows is None:
            beside = limits != [self._region(use) for use in uses]
            where = ", beside what other entries say," if beside else ""
            return f"no key of up to {len(entry.key) + LONGEST} characters{where} tells them apart"
        values = {key: self._value(key, pattern, entry) for key, pattern in windows.items()}
        sound = {key: value for key, value in values.items() if value is not None}
        return sound if len(sound) == len(values) else needs() or "the reading of a neighbour is not known"

    def _value(self, key: str, pattern: tuple[int, ...], entry: Entry) -> str | None:
        """What stands for a wider key in which the entry's own is to change at these places."""
        parts = self._others(key, entry)
        if parts is None:
            return None
        parts = sorted([*parts, *((offset, entry) for offset in pattern)], key=lambda part: part[0])
        return _replaced(key, parts) if entry.kind is Kind.REPLACE else self._read(key, parts)

    def _others(self, key: str, entry: Entry) -> list[tuple[int, Entry]] | None:
        """The other entries that are meant inside a key, by their places in it; None where that differs from place to
        place.
        """
        found: list[tuple[int, Entry]] | None = None
        for at in occurrences(self._text, key):
            first, last = bisect_left(self._starts, at), bisect_left(self._starts, at + len(key))
            uses = (use for use in self._uses[first:last] if use.end <= at + len(key) and use.entry is not entry)
            inside = [(use.start - at, use.entry) for use in uses]
            if any(other.kind is not entry.kind for _, other in inside) or (found is not None and found != inside):
                return None
            found = inside
        return found

    def _read(self, key: str, parts: list[tuple[int, Entry]]) -> str | None:
        """The reading of a key in which these entries are meant."""
        if key == parts[0][1].key:
            return parts[0][1].value
        said = [(offset, part.value.split(), part.key) for offset, part in parts]
        if any(len(spoken) != len(text) for _, spoken, text in said):
            return None  # which of them is whose is not known
        known = self._around(key) if len(key) > sum(len(text) for _, _, text in said) else {}
        for offset, spoken, _ in said:
            known.update(enumerate(spoken, offset))
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

    def _limits(self, uses: Sequence[Use], *, others: bool) -> Iterator[tuple[int, int]]:
        """The stretches around these uses in which no other use stands, or none of another kind if `others` may."""
        end = -1
        for use in uses:
            if use.start < end:
                continue
            low, high = self._region(use)
            index = bisect_left(self._starts, use.start)
            low = self._foreign_end(index, use.entry, low, others)
            end = self._foreign_start(index, use.entry, high, others)
            yield low, end

    def _foreign_end(self, index: int, entry: Entry, low: int, others: bool) -> int:
        while index and self._uses[index - 1].end > low:
            index -= 1
            if _is_foreign(self._uses[index].entry, entry, others):
                return self._uses[index].end
        return low

    def _foreign_start(self, index: int, entry: Entry, high: int, others: bool) -> int:
        for later in range(index + 1, len(self._uses)):
            use = self._uses[later]
            if use.start >= high or _is_foreign(use.entry, entry, others):
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


def _is_foreign(other: Entry, entry: Entry, others: bool) -> bool:
    """Whether no key of an entry may hold a place of the other one."""
    return other.kind is not entry.kind if others else other is not entry


def _shorter(one: dict[str, str] | str, other: dict[str, str] | str) -> dict[str, str] | str:
    """Those keys that have fewer characters; the reason why there are none where there are none."""
    if isinstance(one, str) or isinstance(other, str):
        return one if isinstance(one, dict) else other
    return other if sum(map(len, other)) < sum(map(len, one)) else one


def _replaced(key: str, parts: list[tuple[int, Entry]]) -> str:
    """A key in which these entries are replaced."""
    said, at = [], 0
    for offset, part in parts:
        said += [key[at:offset], part.value]
        at = offset + len(part.key)
    return "".join([*said, key[at:]])
