"""LaTeX formulas: read aloud in Chinese or English, and checked against what the service reads itself.

    >>> text, found = speak(r"x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}")
    >>> print(text)
    x等于2 a分之负b加减根号下b的平方减4 a c
    >>> print(speak(r"\\int_0^1 x^2 dx = \\frac{1}{3}", "en")[0])
    the integral from 0 to 1 of x squared d x equals 1 third

Numbers stay digits, and names of one letter stay letters: the voice reads them. Everything else is words. Every
formula is read: what is not known is a diagnostic at the exact command, and its name is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.latex.checking import ReadsFormulas, check, fences
from ttsprep.latex.lexicon import LANGUAGES
from ttsprep.latex.macros import expanded
from ttsprep.latex.parsing import Parser
from ttsprep.latex.reading import Reader
from ttsprep.latex.service import service_reads
from ttsprep.mapped import Kind, MappedText
from ttsprep.markup import formulas

__all__ = [
    "LANGUAGES",
    "Language",
    "ReadsFormulas",
    "check",
    "has_formulas",
    "prose",
    "service_reads",
    "speak",
    "speak_text",
]

Language = Literal["zh", "en"]


def speak(formula: str | MappedText, language: Language = "zh") -> tuple[MappedText, tuple[Diagnostic, ...]]:
    """One formula in words, with or without its delimiters; every piece knows its source.

    >>> text, found = speak(r"$3 \\foo 2$", "en")
    >>> str(text), found[0].span
    ('3 foo 2', Span(start=3, end=7))

    Never raises on any formula. Raises ValueError for a language other than those of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise ValueError(f"formulas are read in {' and '.join(LANGUAGES)}, not in {language!r}")
    if isinstance(formula, str) and len(formula) <= _SHORT:
        return _remembered(formula, language)
    return _spoken(MappedText.of(formula), language)


_SHORT, _MANY = 200, 2000


@lru_cache(_MANY)
def _remembered(formula: str, language: Language) -> tuple[MappedText, tuple[Diagnostic, ...]]:
    """Texts repeat their formulas."""
    return _spoken(MappedText.of(formula), language)


def _spoken(formula: MappedText, language: Language) -> tuple[MappedText, tuple[Diagnostic, ...]]:
    mapped = expanded(formula)
    parser = Parser(mapped.text)
    reader = Reader(language, mapped.text)
    reader.row(parser.whole())
    found = tuple(_moved(diagnostic, mapped) for diagnostic in parser.diagnostics)
    start = _verbatim_start(mapped)
    if start is None:
        return mapped.edit(reader.out.edits(mapped.text)), found
    return reader.out.spoken(mapped.text, start), found


def _verbatim_start(mapped: MappedText) -> int | None:
    """Where a text that is a slice of the source begins there; None for any other."""
    pieces = list(islice(mapped.pieces(), 2))
    return pieces[0].source.start if len(pieces) == 1 and pieces[0].kind is Kind.VERBATIM else None


def _moved(found: Diagnostic, mapped: MappedText) -> Diagnostic:
    """A diagnostic of a formula at its place in the source."""
    assert found.span is not None  # the parser places every one
    return found.rule.at(mapped.source_span(found.span.start, found.span.end), found.message)


def speak_text(text: str | MappedText, language: Language = "zh") -> tuple[MappedText, tuple[Diagnostic, ...]]:
    """A text with its formulas in words, the rest as it stands; prices are no formulas.

    >>> print(speak_text("设 $a^2$ 与 \\\\(b\\\\) 相等。")[0])
    设 a的平方 与 b 相等。

    Formulas stand in ``$…$``, ``$$…$$``, ``\\(…\\)``, ``\\[…\\]`` or a fence of the language math.
    """
    mapped = MappedText.of(text)
    parts, found, at = [], list[Diagnostic](), 0
    for start, end, first, last in _places(mapped.text):
        spoken, faults = speak(mapped[first:last], language)
        parts += [mapped[at:start], spoken]
        found += faults
        at = end
    return MappedText.concat([*parts, mapped[at:]]), tuple(found)


def _places(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Where each formula begins and ends, and where what is read of it does."""
    inner = {span.start: (span, body) for span, body in fences(text)}
    at = 0
    for start, end in sorted([*((span.start, span.end) for span, _ in inner.values()), *formulas(text)]):
        if start < at:
            continue
        body = inner[start][1] if start in inner else Span(start, end)
        yield start, end, body.start, body.end
        at = end


def has_formulas(text: str) -> bool:
    """Whether a text has a formula between delimiters or in a fence.

    >>> has_formulas("$x$"), has_formulas("x_1")
    (True, False)
    """
    return next(_places(text), None) is not None


def prose(text: str) -> str:
    """A text without its formulas.

    >>> prose("Let $x$ be.")
    'Let  be.'
    """
    parts, at = [], 0
    for start, end, _, _ in _places(text):
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]])
