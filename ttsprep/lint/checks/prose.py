"""What of a script is read aloud, and where it stands: what checks of words look at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from ttsprep.diagnostics import Diagnostic, Fix, Rule, Span
from ttsprep.lint.model import Kind, LintFile
from ttsprep.markup import data_spans

__all__ = ["LookingFor", "Stretch", "in_code", "promising", "stretches"]


class Stretch(NamedTuple):
    """A stretch of what is spoken; `start` is its offset in `LintFile.spoken`."""

    text: str
    start: int


class _Prose(NamedTuple):
    """All stretches, and their texts one behind the other with a line ending between: searched at once."""

    stretches: list[Stretch]
    text: str
    folded: str
    """The text without differences of case."""
    starts: list[int]
    """Where each stretch begins in `text`."""


def _prose(file: LintFile) -> _Prose:
    return file.once(_searched)


def _searched(file: LintFile) -> _Prose:
    spoken = file.spoken.text
    if file.kind is not Kind.SSML:
        return _Prose([Stretch(spoken, 0)], spoken, spoken.casefold(), [0])
    found = [Stretch(spoken[start:end], start) for start, end in data_spans(spoken) if start < end]
    text = "\n".join(each.text for each in found)
    starts = [0, *accumulate(len(each.text) + 1 for each in found)]
    return _Prose(found, text, text.casefold(), starts[:-1])


def stretches(file: LintFile) -> list[Stretch]:
    """What is spoken: of SSML what stands between the tags, of all else the whole."""
    return _prose(file).stretches


def promising(file: LintFile, pattern: re.Pattern[str]) -> Iterator[Stretch]:
    """The stretches in which a pattern may be found: of many those that it touches where it is found in all at once."""
    prose = _prose(file)
    if len(prose.stretches) == 1:
        yield prose.stretches[0]
        return
    done = 0
    for found in pattern.finditer(prose.text):
        last = bisect_right(prose.starts, found.end() - 1)
        yield from prose.stretches[max(done, bisect_right(prose.starts, found.start()) - 1) : last]
        done = last


def in_code(file: LintFile, span: Span) -> bool:
    """Whether something of a Markdown script stands in code, where odd signs are at home."""
    starts, ends = file.once(_code)
    at = bisect_right(starts, span.start) - 1
    return at >= 0 and span.start < ends[at]


def _code(file: LintFile) -> tuple[list[int], list[int]]:
    from ttsprep.markdown._outline import Shape

    spans = sorted(part.span for part in file.outline if part.shape in (Shape.CODE, Shape.BLOCK))
    return [span.start for span in spans], [span.end for span in spans]


Says = Callable[[str], str]
"""Makes the message for what was found; an empty one says that it is nothing after all."""
Mends = Callable[[str], str | None]
"""What to write instead; ``None`` where that is not certain."""


@dataclass(frozen=True)
class LookingFor:
    """A check that reports each place in the spoken text where a pattern is found; in code only with `code`.

    One of the `clues` (in lower case, or a simpler pattern), if there are any, stands wherever the pattern is found:
    they are looked for first, and most texts have none of them.
    """

    rule: Rule
    pattern: re.Pattern[str]
    says: Says
    mends: Mends | None = None
    clues: Sequence[str] | re.Pattern[str] = ()
    code: bool = False

    def __call__(self, file: LintFile) -> Iterator[Diagnostic]:
        prose = _prose(file)
        if not self.may_be_in(prose.text, prose.folded):
            return
        for text, base in promising(file, self.pattern):
            for found in self.pattern.finditer(text):
                message = self.says(found[0])
                if not message:
                    continue
                span = file.spoken.source_span(base + found.start(), base + found.end())
                if self.code or not in_code(file, span):
                    yield self.rule.at(span, message, fix=_fix(file, span, found[0], self.mends))

    def may_be_in(self, text: str, folded: str) -> bool:
        """Whether the clues allow for the pattern; `folded` is the text without differences of case."""
        if isinstance(self.clues, Sequence):
            return not self.clues or any(clue in folded for clue in self.clues)
        return self.clues.search(text) is not None


def _fix(file: LintFile, span: Span, found: str, mends: Mends | None) -> Fix | None:
    """Only where the words stand in the source as they are spoken."""
    instead = mends(found) if mends is not None and span.of(file.source.text) == found else None
    return None if instead is None else Fix.replace(span, instead, safe=False)
