"""MTH: mathematics that is written so that it is no formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ttsprep.diagnostics import Diagnostic
from ttsprep.lint.checks.prose import in_code
from ttsprep.lint.model import Kind, LintFile, Registered
from ttsprep.markup import formulas
from ttsprep.rules import formula_not_closed, formula_without_delimiters, power_outside_formula

__all__ = ["CHECKS"]

_COMMAND: Final = re.compile(
    r"\\(?:frac|sqrt|sum|int|lim|times|cdot|leq?|geq?|neq|approx|infty|alpha|beta|pi|theta)(?![A-Za-z])"
)
_DELIMITER: Final = re.compile(r"(?<!\\)\$\$|\\\[|\\\(|\\\]|\\\)")
_PARTNER: Final = {"$$": "$$", r"\[": r"\]", r"\(": r"\)", r"\]": r"\[", r"\)": r"\("}
_POWER: Final = re.compile(r"(?<![\w\\^])(?:[A-Za-z]|\d+|\))\^(?:\{[^{}\s]{1,20}\}|[-+]?\d+|[A-Za-z])(?![\w^])")


def _loose(file: LintFile) -> Iterator[Diagnostic]:
    """LaTeX in the spoken text of Markdown: what stands in delimiters was read."""
    for found in _outside(file, _COMMAND, "\\"):
        span = file.spoken.source_span(*found.span())
        if not in_code(file, span):
            what = f"{found[0]} stands outside of any formula and is read as it is"
            yield formula_without_delimiters.RULE.at(span, what)


def _open(file: LintFile) -> Iterator[Diagnostic]:
    """A delimiter that is still there when all formulas are taken away."""
    for found in _outside(file, _DELIMITER, "\\", "$$"):
        span = file.spoken.source_span(*found.span())
        if span.of(file.source.text) == found[0] and not in_code(file, span):
            what = f"{found[0]} has no {_PARTNER[found[0]]}: this is no formula, and its signs are read"
            yield formula_not_closed.RULE.at(span, what)


def _powers(file: LintFile) -> Iterator[Diagnostic]:
    for found in _outside(file, _POWER, "^"):
        span = file.spoken.source_span(*found.span())
        if span.of(file.source.text) == found[0] and not in_code(file, span):
            what = f"{found[0]} is written outside of a formula: the sign ^ is read, or left out"
            yield power_outside_formula.RULE.at(span, what)


def _outside(file: LintFile, pattern: re.Pattern[str], *signs: str) -> Iterator[re.Match[str]]:
    """What is found in the spoken text between its formulas; one of the signs stands wherever it is."""
    text, at = file.spoken.text, 0
    if not any(sign in text for sign in signs):
        return
    for start, end in [*formulas(text), (len(text), len(text))]:
        yield from pattern.finditer(text, at, max(at, start))
        at = max(at, end)


CHECKS: Final = (
    Registered("MTH", frozenset({Kind.MARKDOWN}), _loose),
    Registered("MTH", frozenset({Kind.MARKDOWN, Kind.TEXT}), _open),
    Registered("MTH", frozenset({Kind.MARKDOWN, Kind.TEXT}), _powers),
)
