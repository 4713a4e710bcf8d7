"""A text whose formulas are left to the service: what the service would not read of them (TXT-07)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from ttsprep.diagnostics import Diagnostic, Fix, Span
from ttsprep.latex.service import documented, formula_findings
from ttsprep.latex.tokens import quoted
from ttsprep.mapped import MappedText
from ttsprep.markup import formulas
from ttsprep.rules import formula_in_fence, formula_without_delimiters

__all__ = ["ReadsFormulas", "check", "fences"]

_FENCE = re.compile(r"^ {0,3}(```+|~~~+)[ \t]*math[ \t]*\n", re.MULTILINE)
_LOOSE = re.compile(r"\\([A-Za-z]+)")


class ReadsFormulas(Protocol):
    """Settings that say whether their model and voice read formulas: `ttsprep.TaskSettings`."""

    def formula_findings(self, span: Span) -> tuple[Diagnostic, ...]:
        """What stands against a formula at `span`."""


def check(text: str | MappedText, settings: ReadsFormulas | None = None) -> tuple[Diagnostic, ...]:
    """Everything in a text that the service would not read as a formula, in order of place.

    >>> for found in check("设 $a ≈ 3$。"):
    ...     print(found)
    MTH005 warning: '≈' is not among the signs that the service documents

    With `settings` also whether model and voice read formulas at all (MTH001).
    """
    mapped = MappedText.of(text)
    found = [*_fence_findings(mapped.text)]
    outside = 0
    covered = {span.start: span.end for span, _ in fences(mapped.text)}
    for start, end in sorted([*covered.items(), *formulas(mapped.text)]):
        if start < outside:
            continue
        found += _loose(mapped.text, outside, start)
        if start not in covered:
            found += formula_findings(mapped.text, start, end)
        outside = end
    found += _loose(mapped.text, outside, len(mapped.text))
    placed = [_moved(one, mapped) for one in found]
    if settings is not None:
        for start, end in formulas(mapped.text):
            placed += settings.formula_findings(mapped.source_span(start, end))
    return tuple(sorted(placed, key=lambda one: one.span or Span(0, 0)))


def _moved(found: Diagnostic, mapped: MappedText) -> Diagnostic:
    assert found.span is not None  # every check places what it finds
    span = mapped.source_span(found.span.start, found.span.end)
    fix = found.fix if span == found.span else None
    return found.rule.at(span, found.message, fix=fix)


def fences(text: str) -> Iterator[tuple[Span, Span]]:
    """Fences of the language math that are closed: the whole, and what stands in it.

    >>> [body.of("```math\\nx\\n```") for _, body in fences("```math\\nx\\n```")]
    ['x\\n']
    """
    at, hopeless = 0, set[str]()
    while opening := _FENCE.search(text, at):
        at = opening.end()
        mark = opening[1]
        if mark in hopeless:
            continue
        closing = re.compile(rf"^ {{0,3}}{mark}[ \t]*$", re.MULTILINE).search(text, at)
        if closing is None:
            hopeless.add(mark)
            continue
        yield Span(opening.start(), closing.end()), Span(opening.end(), closing.start())
        at = closing.end()


def _fence_findings(text: str) -> Iterator[Diagnostic]:
    for span, body in fences(text):
        fix = Fix.replace(span, f"$${body.of(text).strip()}$$", safe=False, title="write it between dollars")
        yield formula_in_fence.RULE.at(span, "the service reads no formulas in fences", fix=fix)


def _loose(text: str, start: int, end: int) -> Iterator[Diagnostic]:
    for found in _LOOSE.finditer(text, start, end):
        if found[0] in documented("commands"):
            span = Span(*found.span())
            yield formula_without_delimiters.RULE.at(span, f"{quoted(found[0])} stands outside of a formula")
