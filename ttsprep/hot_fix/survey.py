"""What of a lexicon acts where: each place of a text with the one entry that is meant for it.

>>> from ttsprep.lexicon import Entry, Kind, Lexicon
>>> lexicon = Lexicon.of([Entry("行", Kind.PRONUNCIATION, "hang2", before="银"), Entry("今天", Kind.REPLACE, "金天")])
>>> [(use.start, use.entry.value) for use in survey("今天行人去银行", lexicon).uses]
[(0, '金天'), (6, 'hang2')]

The longest key that stands at a place is meant, of its entries the one with the longest context that fits. What has
been taken from left to right is not taken twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ttsprep.hot_fix.zones import Zone, barred
from ttsprep.lexicon import Entry, Kind, Lexicon

__all__ = ["Survey", "Use", "survey"]


class Use(NamedTuple):
    """An entry, and where its key stands in the text."""

    start: int
    end: int
    entry: Entry


@dataclass(slots=True)
class Survey:
    """The places of a text where entries apply. Those in `uses` are meant, the others lost to the use beside them or
    stand in a zone.
    """

    text: str
    zones: list[Zone]
    uses: list[Use] = field(default_factory=list)
    lost: list[tuple[Use, Use]] = field(default_factory=list)
    """Uses that overlap one that was taken, with that."""
    in_zones: list[tuple[Use, Zone]] = field(default_factory=list)
    left_out: set[Entry] = field(default_factory=set)
    """Entries among the uses for which there is no key."""


class _Zones:
    def __init__(self, zones: list[Zone]) -> None:
        self._zones, self._starts = zones, [zone.start for zone in zones]

    def touched(self, start: int, end: int) -> Zone | None:
        index = bisect_right(self._starts, end - 1) - 1
        return self._zones[index] if index >= 0 and self._zones[index].end > start else None


def survey(
    text: str,
    lexicon: Lexicon,
    *,
    only: Mapping[str, Collection[int]] | None = None,
    kinds: Collection[Kind] = tuple(Kind),
) -> Survey:
    """The uses of a lexicon in a text. `only` maps a key to the places where it is meant; other keys are meant
    everywhere. Replacements by the same text are none.
    """
    found = Survey(text, barred(text))
    zones, only = _Zones(found.zones), only or {}
    last: Use | None = None
    for use in _applying(text, lexicon, only, kinds):
        zone = zones.touched(use.start, use.end) if found.zones else None
        if zone:
            found.in_zones.append((use, zone))
        elif last and use.start < last.end:
            found.lost.append((use, last))
        else:
            found.uses.append(use)
            last = use
    return found


def _applying(
    text: str, lexicon: Lexicon, only: Mapping[str, Collection[int]], kinds: Collection[Kind]
) -> Iterator[Use]:
    by_key = lexicon.by_key
    for start, end in lexicon.matcher.every(text):
        key = text[start:end]
        if key in only and start not in only[key]:
            continue
        for entry in by_key[key]:
            if entry.kind in kinds and _fits(text, start, end, entry) and entry.value != key:
                yield Use(start, end, entry)
                break


def _fits(text: str, start: int, end: int, entry: Entry) -> bool:
    if not entry.before and not entry.after:
        return True
    return text.endswith(entry.before, 0, start) and text.startswith(entry.after, end)
