"""Where the corrections of a text would be heard otherwise than they are meant, or than another service would do it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ttsprep.diagnostics import Severity
from ttsprep.hot_fix.applying import Applied, Reading, apply
from ttsprep.hot_fix.findings import Findings, named
from ttsprep.hot_fix.inside_words import Words, has_bounds
from ttsprep.hot_fix.keys import sentence_cuts, syllables_of
from ttsprep.hot_fix.model import HotFix
from ttsprep.hot_fix.readings import needs
from ttsprep.hot_fix.straddling import straddled
from ttsprep.hot_fix.survey import Survey, Use
from ttsprep.lexicon import Kind
from ttsprep.lexicon.draft import quoted
from ttsprep.lexicon.matching import Matcher
from ttsprep.rules import (
    key_contained,
    key_cut,
    key_in_markup,
    key_not_separable,
    key_straddles_words,
    keys_overlap,
    replacement_changes_key,
)

__all__ = ["report_conflicts", "report_losses"]


def report_conflicts(survey: Survey, hot_fix: HotFix, found: Findings) -> None:
    """Add to `found` whatever may be heard otherwise where this hot_fix is used for the text of the survey."""
    _in_markup(survey, hot_fix, found)
    _lost(survey, found)
    _inside(survey, found)
    _straddling(survey, found)
    _cut(survey, found)
    after = apply(hot_fix, survey.text)
    places = after.replaced
    _destroyed(survey, places, found)
    inserted = list(_inserted(survey.text, hot_fix, places))
    if places:
        _created(survey.text, hot_fix, places, inserted, after.text.text, found)
    grown = [0, *(high - end for (_, end), (_, high) in zip(places, inserted, strict=True))]
    _missed(survey, places, grown, after, found)


def report_losses(survey: Survey, found: Findings) -> None:
    """Add to `found` the entries that apply to the text of the survey and do not act, or act inside of words."""
    _in_markup(survey, HotFix(), found)
    _lost(survey, found)
    _inside(survey, found)


def _in_markup(survey: Survey, hot_fix: HotFix, found: Findings) -> None:
    for use, zone in survey.in_zones:
        sent = use.entry.key in hot_fix.replace or use.entry.key in hot_fix.pronunciation
        what = f"{named(use.entry)} stands in {zone.what} too: it may be changed there"
        if not sent:
            what = f"{named(use.entry)} stands in {zone.what}: it does not act there"
        severity = None if sent else Severity.NOTE
        found.add(key_in_markup.RULE, use.start, use.end, what, severity=severity)


def _lost(survey: Survey, found: Findings) -> None:
    """Keys that do not act because of another one beside or around them."""
    agreed: dict[tuple[int, int, int], bool] = {}
    for use, taken in survey.lost:
        if use.end > taken.end:
            whole = survey.text[taken.start : use.end]
            what = (
                f"{named(use.entry)} overlaps {named(taken.entry)} in {whole!r}: an entry for {whole!r} leaves no doubt"
            )
            found.add(keys_overlap.RULE, taken.start, use.end, what)
            continue
        both = id(use.entry), id(taken.entry), use.start - taken.start
        if both not in agreed:
            agreed[both] = _agree(use, taken)
        if not agreed[both]:
            what = (
                f"{named(use.entry)} is {use.entry.value!r}, but inside {named(taken.entry)} it is "
                f"that of {taken.entry.value!r}"
            )
            found.add(key_contained.RULE, use.start, use.end, what)


def _agree(use: Use, around: Use) -> bool:
    """Whether the longer of two entries says the same of the part that is the other's."""
    if use.entry.kind is not around.entry.kind:
        return around.entry.kind is Kind.REPLACE
    if use.entry.kind is Kind.REPLACE:
        return use.entry.value in around.entry.value
    first = use.start - around.start
    return syllables_of(around)[first : first + use.end - use.start] == syllables_of(use)


def _inside(survey: Survey, found: Findings) -> None:
    """Keys of letters or digits that are a part of a word or of a number."""
    uses = [use for use in survey.uses if has_bounds(use.entry.key)]
    words = Words(survey.text) if uses else None
    for use in uses:
        word = words.around(use.start, use.end) if words else ""
        if word:
            what = f"{named(use.entry)} acts inside {quoted(word)}: characters are looked for, not words"
            found.add(key_straddles_words.RULE, use.start, use.end, what, cause=f"inside {use.entry.key}")


def _straddling(survey: Survey, found: Findings) -> None:
    """Pronunciations of words that are none where they stand; without the dictionary nothing is known of it."""
    words = [use for use in survey.uses if use.entry.kind is Kind.PRONUNCIATION and len(use.entry.key) > 1]
    if not words or needs():
        return
    for use in words:
        across = straddled(survey.text, use.start, use.end)
        if across:
            what = f"{named(use.entry)} is read {use.entry.value!r} here, where the words are {across.words!r}"
            severity = None if across.certain else Severity.NOTE
            found.add(key_straddles_words.RULE, use.start, use.end, what, severity=severity)


def _cut(survey: Survey, found: Findings) -> None:
    cuts = list(sentence_cuts(survey.text)) if survey.uses else []
    for use in survey.uses:
        index = bisect_left(cuts, use.start + 1)
        if index < len(cuts) and cuts[index] < use.end:
            what = f"{named(use.entry)} reaches over the end of a sentence: it may be cut there and not be found"
            found.add(key_cut.RULE, use.start, use.end, what)


# --- replacements and what they do to other keys


def _destroyed(survey: Survey, places: Sequence[tuple[int, int]], found: Findings) -> None:
    starts = [start for start, _ in places]
    for use in survey.uses:
        index = bisect_left(starts, use.end) - 1
        if index >= 0 and places[index][1] > use.start and use.entry.kind is Kind.PRONUNCIATION:
            start, end = places[index]
            what = f"{survey.text[start:end]!r} is replaced first, and {named(use.entry)} is gone"
            found.add(replacement_changes_key.RULE, min(start, use.start), max(end, use.end), what)


def _created(
    text: str,
    hot_fix: HotFix,
    places: Sequence[tuple[int, int]],
    inserted: Sequence[tuple[int, int]],
    after: str,
    found: Findings,
) -> None:
    """Keys in the text after replacement that touch what was put in."""
    matcher = Matcher([*hot_fix.replace, *hot_fix.pronunciation])
    longest = max(map(len, [*hot_fix.replace, *hot_fix.pronunciation]))
    for (start, end), (low, high) in zip(places, inserted, strict=True):
        around = after[max(0, low - longest + 1) : high + longest - 1]
        first = max(0, low - longest + 1)
        for begin, stop in matcher.every(around):
            key = around[begin:stop]
            if first + begin < high and first + stop > low and key != text[start:end]:
                what = f"with {text[start:end]!r} replaced by {after[low:high]!r} the key {key!r} comes about"
                found.add(replacement_changes_key.RULE, start, end, what)


def _inserted(text: str, hot_fix: HotFix, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where that which was put in stands in the text after replacement."""
    grown = 0
    for start, end in places:
        value = hot_fix.replace[text[start:end]]
        yield start + grown, start + grown + len(value)
        grown += len(value) - (end - start)


def _missed(
    survey: Survey, places: Sequence[tuple[int, int]], grown: Sequence[int], after: Applied, found: Findings
) -> None:
    """What is not heard where it is meant, because another key is in its way. `grown` says by how much the text is
    longer behind so many replacements.
    """
    heard = {r.start + at: syllable for r in after.readings for at, syllable in enumerate(r.pinyin.split())}
    ends, exact = [end for _, end in places], frozenset(after.readings)
    for use in survey.uses:
        if use.entry in survey.left_out:
            continue
        before = bisect_right(ends, use.start)
        replaced = before < len(places) and places[before][0] < use.end
        start = use.start + grown[before]
        read = [heard.get(at) for at in range(start, start + use.end - use.start)]
        whole = Reading(start, start + use.end - use.start, use.entry.value) in exact
        right = whole or read == syllables_of(use) if use.entry.kind is Kind.PRONUNCIATION else replaced
        if not right and not (replaced and use.entry.kind is Kind.PRONUNCIATION):
            what = f"{named(use.entry)} is not heard at a place where it is meant: another key is in its way"
            found.add(key_not_separable.RULE, use.start, use.end, what)
