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
from functools import cached_property
from typing import TYPE_CHECKING

from ttsprep.diagnostics import Diagnostic, Edit, Severity, Span
from ttsprep.mapped import MappedText
from ttsprep.source import Source
from ttsprep.ssml.checker import MOST_FAULTS, validate
from ttsprep.ssml.hearing import pause_length
from ttsprep.ssml.spoken import text as spoken_text
from ttsprep.ssml.walking import What, walk

if TYPE_CHECKING:
    from ttsprep.settings import TaskSettings

__all__ = ["MOST_ROUNDS", "Fixed", "fix", "heard", "together"]

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
    state = _State(text, settings)
    refused: list[Diagnostic] = []
    for _ in range(MOST_ROUNDS):
        chosen = together(found for found in state.found if _wanted(found, unsafe) and found not in refused)
        if not chosen:
            break
        done, mended = (chosen, state.with_fixes(chosen)) if unsafe else _harmless(state, chosen)
        if mended.text.text == state.text.text:
            refused += chosen
        else:
            applied += [_in_source(found, state.text) for found in done]
            state, refused = mended, []
    return Fixed(state.text, tuple(applied), state.found)


class _State:
    """A document and what there is to know of it."""

    def __init__(self, text: MappedText, settings: TaskSettings | None) -> None:
        self.text, self._settings = text, settings
        self.found = validate(text.text, settings)

    @cached_property
    def errors(self) -> Counter[str]:
        return Counter(found.rule.code for found in self.found if found.severity is Severity.ERROR)

    @cached_property
    def heard(self) -> tuple[list[str], int, int]:
        """What no safe fix may change."""
        return heard(self.text.text)

    def with_fixes(self, chosen: list[Diagnostic]) -> _State:
        """The document after these fixes."""
        edits = sorted(edit for found in chosen if found.fix for edit in found.fix.edits)
        mended = self.text.edit((edit.span.start, edit.span.end, edit.text) for edit in edits)
        return _State(mended, self._settings)

    def keeps_promise(self, before: _State) -> bool:
        """Whether nothing is heard otherwise than before, but for words that are parted now, and no fault is new."""
        worse = len(before.found) <= MOST_FAULTS and self.errors - before.errors
        words, *others = self.heard
        words_before, *others_before = before.heard
        same = words == words_before or (len(words) > len(words_before) and "".join(words) == "".join(words_before))
        return not worse and same and others == others_before


def heard(text: str) -> tuple[list[str], int, int]:
    """What is heard of a document: the words, the length of all pauses in ms, the number of sounds."""
    pauses = sounds = 0
    for happening in walk(text):
        if happening.what is What.PAUSE and happening.tag is not None:
            pauses += pause_length(happening.tag)
        sounds += happening.what is What.SOUND
    return str(spoken_text(text)).split(), pauses, sounds


def _harmless(state: _State, chosen: list[Diagnostic]) -> tuple[list[Diagnostic], _State]:
    """Of the fixes those that keep their promise at this place, and the document after them.

    What is harmless alone may join its neighbours to something else where a tag beside it is broken.
    """
    best = state

    def sift(some: list[Diagnostic], kept: list[Diagnostic]) -> list[Diagnostic]:
        nonlocal best
        together = [*kept, *some]
        after = state.with_fixes(together)
        if after.keeps_promise(state):
            best = after
            return together
        if len(some) == 1:
            return kept
        middle = len(some) // 2
        return sift(some[middle:], sift(some[:middle], kept))

    return sorted(sift(chosen, []), key=_place), best


def _wanted(found: Diagnostic, unsafe: bool) -> bool:
    return found.fix is not None and bool(found.fix.edits) and (found.fix.safe or unsafe)


def _place(found: Diagnostic) -> Span:
    return found.span or Span(0, 0)


def together(found: Iterable[Diagnostic]) -> list[Diagnostic]:
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
