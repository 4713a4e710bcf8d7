"""LEN: limits and the bill, before they are hit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ttsprep import catalog
from ttsprep.counting import counts
from ttsprep.diagnostics import Diagnostic, Fix, Span
from ttsprep.lint.model import SCRIPTS, Kind, LintFile, Registered
from ttsprep.rules import blanks_are_billed, long_sentence, near_limit, over_budget

__all__ = ["CHECKS", "LONG_SENTENCE", "NEAR"]

LONG_SENTENCE: Final = 400
"""Counted characters of a sentence (200 Han, some 65 English words): no listener follows more, and no audio comes
before its end."""
NEAR: Final = 0.9
"""The share of a limit from which on it is near."""
_BLANKS: Final = re.compile(r"[ \t\u3000]{20,}|(?:[ \t\u3000]*\r?\n){10,}")


def _sentences(file: LintFile) -> Iterator[Diagnostic]:
    """Sentences over the limit of a whole instruction are LEN001."""
    most, cuts = file.options.max_sentence or LONG_SENTENCE, file.segments.cuts
    limit = catalog.limits().instruction_text
    for (start, end), size in zip(pairwise(cuts), counts(file.spoken.text, cuts), strict=True):
        text = file.spoken.text[start:end] if most < size <= limit else ""
        if text.strip():
            start, end = end - len(text.lstrip()), start + len(text.rstrip())
            what = (
                f"sentence of {size:,} counted characters, over {most:,}: hard to follow, and no audio before its end"
            )
            yield long_sentence.RULE.at(file.spoken.source_span(start, end), what)


def _near(file: LintFile) -> Iterator[Diagnostic]:
    """An SSML document that nearly fills its one instruction, a script that nearly fills its one task."""
    limits = catalog.limits()
    limit = limits.instruction_text if file.kind is Kind.SSML else limits.task_text
    whole = "the one instruction of an SSML document" if file.kind is Kind.SSML else "one task"
    if NEAR * limit <= file.plan.counted <= limit:
        what = f"{file.plan.counted:,} of the {limit:,} counted characters of {whole}"
        yield near_limit.RULE.at(None, what)


def _budget(file: LintFile) -> Iterator[Diagnostic]:
    most, counted = file.options.max_characters, file.plan.counted
    if most is not None and counted > most:
        price, cost = file.plan.price, file.plan.cost
        money = f", about {cost:.4f} {price.currency}" if cost is not None and price is not None else ""
        yield over_budget.RULE.at(None, f"{counted:,} counted characters{money}; the budget is {most:,}")


def _blanks(file: LintFile) -> Iterator[Diagnostic]:
    for found in _BLANKS.finditer(file.source.text):
        lines = found[0].count("\n")
        instead = "\n\n" if lines else " "
        span = Span(*found.span())
        what = f"{len(found[0])} blank characters in a row, each of them billed"
        yield blanks_are_billed.RULE.at(span, what, fix=Fix.replace(span, instead, safe=True))


CHECKS: Final = (
    Registered("LEN", SCRIPTS - {Kind.SSML}, _sentences),
    Registered("LEN", SCRIPTS, _near),
    Registered("LEN", SCRIPTS, _budget),
    Registered("LEN", frozenset({Kind.TEXT}), _blanks),
)
