"""What of a script is read aloud, and where it stands: what checks of words look at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ttsprep.diagnostics import Diagnostic, Fix, Rule, Span
from ttsprep.lint.model import Check, Kind, LintFile
from ttsprep.markup import data_spans

__all__ = ["Stretch", "in_code", "looking_for", "stretches"]


class Stretch(NamedTuple):
    """A stretch of what is spoken; `start` is its offset in `LintFile.spoken`."""

    text: str
    start: int


def stretches(file: LintFile) -> Iterator[Stretch]:
    """What is spoken: of SSML what stands between the tags, of all else the whole."""
    text = file.spoken.text
    if file.kind is not Kind.SSML:
        yield Stretch(text, 0)
        return
    for start, end in data_spans(text):
        yield Stretch(text[start:end], start)


def in_code(file: LintFile, span: Span) -> bool:
    """Whether something of a Markdown script stands in code, where odd signs are at home."""
    starts, ends = _code(file)
    at = bisect_right(starts, span.start) - 1
    return at >= 0 and span.start < ends[at]


@lru_cache(maxsize=1)  # many places of one file are asked for
def _code(file: LintFile) -> tuple[list[int], list[int]]:
    from ttsprep.markdown._outline import Shape

    spans = sorted(part.span for part in file.outline if part.shape in (Shape.CODE, Shape.BLOCK))
    return [span.start for span in spans], [span.end for span in spans]


Says = Callable[[str], str]
"""Makes the message for what was found; an empty one says that it is nothing after all."""
Mends = Callable[[str], str | None]
"""What to write instead; ``None`` where that is not certain."""


def looking_for(
    rule: Rule, pattern: re.Pattern[str], says: Says, mends: Mends | None = None, *, code: bool = False
) -> Check:
    """A check that reports each place in the spoken text where a pattern is found; in code only with `code`."""

    def check(file: LintFile) -> Iterator[Diagnostic]:
        for text, base in stretches(file):
            for found in pattern.finditer(text):
                message = says(found[0])
                if not message:
                    continue
                span = file.spoken.source_span(base + found.start(), base + found.end())
                if code or not in_code(file, span):
                    yield rule.at(span, message, fix=_fix(file, span, found[0], mends))

    return check


def _fix(file: LintFile, span: Span, found: str, mends: Mends | None) -> Fix | None:
    """Only where the words stand in the source as they are spoken."""
    instead = mends(found) if mends is not None and span.of(file.source.text) == found else None
    return None if instead is None else Fix.replace(span, instead, safe=False)
