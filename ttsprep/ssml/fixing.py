"""Mends what the checker can mend.

>>> fixed = fix('<speak>Q&A<break time="0.5s"></speak>')
>>> fixed.text, [found.rule.code for found in fixed.applied], fixed.left
('<speak>Q&amp;A<break time="500ms"/></speak>', ['SSM015', 'SSM013', 'SSM037'], ())
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ttsprep.diagnostics import Diagnostic, Edit, Severity, Span
from ttsprep.mapped import MappedText
from ttsprep.source import Source
from ttsprep.ssml.checker import MOST_FAULTS, validate
from ttsprep.ssml.hearing import Pause, Sound, heard
from ttsprep.ssml.spoken import text as spoken_text

if TYPE_CHECKING:
    from ttsprep.settings import TaskSettings

__all__ = ["MOST_ROUNDS", "Fixed", "fix"]

MOST_ROUNDS = 20
"""A document is checked and mended so often at most: one mended fault may show another."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The mended document."""

    mapped: MappedText
    """The text, with its source in the document as it was."""
    applied: tuple[Diagnostic, ...]
    """What was mended, with spans in the document as it was."""
    left: tuple[Diagnostic, ...]
    """What the mended document still has, with spans in that."""

    @property
    def text(self) -> str:
        """The text of the mended document."""
        return self.mapped.text


def fix(source: Source | str, *, unsafe: bool = False, settings: TaskSettings | None = None) -> Fixed:
    """The document with the fixes of `validate` applied, again and again until there is none left.

    Only safe fixes are: each is tried, and is left out where it would change what is heard or make a new fault after
    all. With `unsafe` all fixes are applied and none is tried; look at what comes of them. Of fixes that overlap the
    first one wins its round. Never raises for a faulty document.

    >>> fix('<speak rate="200">快</speak>').text, fix('<speak rate="200">快</speak>', unsafe=True).text
    ('<speak rate="200">快</speak>', '<speak rate="1.25">快</speak>')
    """
    text = MappedText.verbatim(Source.of(source).text)
    applied: list[Diagnostic] = []
    state = _State.of(text, settings)
    known = _heard(text.text)
    refused: list[Diagnostic] = []
    for _ in range(MOST_ROUNDS):
        chosen = _together(found for found in state.found if _wanted(found, unsafe) and found not in refused)
        harmless = chosen if unsafe else _harmless(state, chosen, known, settings)
        mended = _mended(state.text, harmless)
        if mended.text != state.text.text:
            applied += [_in_source(found, state.text) for found in harmless]
            state, refused = _State.of(mended, settings), []
        elif chosen:
            refused += chosen
        else:
            break
    return Fixed(state.text, tuple(applied), state.found)


@dataclass(frozen=True, slots=True)
class _State:
    """A document and what there is to know of it."""

    text: MappedText
    found: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, text: MappedText, settings: TaskSettings | None) -> _State:
        return cls(text, validate(text.text, settings))

    def errors(self) -> Counter[str]:
        return Counter(found.rule.code for found in self.found if found.severity is Severity.ERROR)


_Heard = tuple[list[str], int, int]


def _heard(text: str) -> _Heard:
    """What no safe fix may change: the words, the length of all pauses, the number of sounds."""
    items = heard(text)
    pauses = sum(item.raw for item in items if isinstance(item, Pause))
    return str(spoken_text(text)).split(), pauses, sum(isinstance(item, Sound) for item in items)


def _harmless(
    state: _State, chosen: list[Diagnostic], known: _Heard, settings: TaskSettings | None
) -> list[Diagnostic]:
    """Of the fixes those that keep their promise at this place: nothing is heard otherwise, no fault is new.

    What is harmless alone may join its neighbours to something else where a tag beside it is broken.
    """
    before = state.errors()

    def sift(some: list[Diagnostic], kept: list[Diagnostic]) -> list[Diagnostic]:
        after = _State.of(_mended(state.text, sorted([*kept, *some], key=_place)), settings)
        worse = len(state.found) <= MOST_FAULTS and after.errors() - before
        if not worse and _heard(after.text.text) == known:
            return [*kept, *some]
        if len(some) == 1:
            return kept
        middle = len(some) // 2
        return sift(some[middle:], sift(some[:middle], kept))

    return sorted(sift(chosen, []), key=_place) if chosen else []


def _wanted(found: Diagnostic, unsafe: bool) -> bool:
    return found.fix is not None and bool(found.fix.edits) and (found.fix.safe or unsafe)


def _place(found: Diagnostic) -> Span:
    return found.span or Span(0, 0)


def _mended(text: MappedText, chosen: list[Diagnostic]) -> MappedText:
    edits = sorted(edit for found in chosen if found.fix for edit in found.fix.edits)
    return text.edit((edit.span.start, edit.span.end, edit.text) for edit in edits)


def _together(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings whose fixes can be applied at once."""
    chosen: list[Diagnostic] = []
    taken: list[Edit] = []
    for one in found:
        edits = one.fix.edits if one.fix else ()
        if all(_is_free(edit.span, taken) for edit in edits):
            chosen.append(one)
            for edit in edits:
                insort(taken, edit)
    return chosen


def _is_free(span: Span, taken: list[Edit]) -> bool:
    """Whether nothing is done at the place yet; two texts that are inserted at one place are too much."""
    after = bisect_right(taken, span.start, key=lambda edit: edit.span.start)
    before = taken[after - 1].span if after else None
    if before is not None and (span.start < before.end or span.start == before.start):
        return False
    after = bisect_left(taken, span.start, key=lambda edit: edit.span.start)
    return after == len(taken) or span.end <= taken[after].span.start


def _in_source(found: Diagnostic, text: MappedText) -> Diagnostic:
    """The finding with the places it has in the document as it was."""
    span = found.span and _original(text, found.span)
    mend = found.fix and replace(
        found.fix, edits=tuple(Edit(_original(text, edit.span), edit.text) for edit in found.fix.edits)
    )
    return replace(found, span=span, fix=mend)


def _original(text: MappedText, span: Span) -> Span:
    return text.source_span(span.start, min(span.end, len(text)))
