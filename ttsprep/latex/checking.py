"""Formulas that are left to the service: whether they keep to what it documents (TXT-07)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Protocol

from ttsprep.diagnostics import Diagnostic, Fix, Span
from ttsprep.latex.lexicon import table
from ttsprep.latex.parsing import inside
from ttsprep.latex.tokens import Token, quoted, tokens
from ttsprep.mapped import MappedText
from ttsprep.markup import formulas
from ttsprep.rules import (
    formula_beside_english,
    formula_command_not_of_service,
    formula_has_words,
    formula_in_fence,
    formula_without_delimiters,
)

__all__ = ["ReadsFormulas", "check", "fences"]

_FENCE = re.compile(r"^ {0,3}(```+|~~~+)[ \t]*math[ \t]*\n", re.MULTILINE)
_WORDS_AROUND = 40
_BEFORE = re.compile(r"[A-Za-z]{2,}[\s,:;'\"，：；]*$|(?<![A-Za-z])[aAI]\s+$")
_AFTER = re.compile(r"[\s,:;'\"，：；]*[A-Za-z]{2,}|\s+[aAI](?![A-Za-z])")
_LOOSE = re.compile(r"\\([A-Za-z]+)")
_TEXTS = frozenset(table("kinds")["texts"].split())


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
            found += _formula(mapped.text, start, end)
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
        if found[0] in _commands():
            span = Span(*found.span())
            yield formula_without_delimiters.RULE.at(span, f"{quoted(found[0])} stands outside of a formula")


def _formula(text: str, start: int, end: int) -> Iterator[Diagnostic]:
    before, after = text[max(0, start - _WORDS_AROUND) : start], text[end : end + _WORDS_AROUND]
    if _BEFORE.search(before) or _AFTER.match(after):
        message = "English text stands beside the formula: the service skips it"
        yield formula_beside_english.RULE.at(Span(start, end), message)
    first, last = inside(text[start:end])
    parts = list(tokens(text, start + first, start + last))
    for index, token in enumerate(parts):
        yield from _token(parts, index, token)


def _token(parts: list[Token], index: int, token: Token) -> Iterator[Diagnostic]:
    span = Span(token.start, token.end)
    if token.kind == "text":
        yield formula_has_words.RULE.at(
            span, f"{quoted(token.text)} stands in a formula, where the service may misread it"
        )
    elif token.kind == "command" and token.text in _TEXTS:
        yield formula_has_words.RULE.at(
            span, f"{quoted(token.text)} puts words into a formula, which the service may misread"
        )
    elif token.kind == "command" and token.text not in _commands():
        message = f"{quoted(token.text)} is not among the commands that the service documents"
        yield formula_command_not_of_service.RULE.at(span, message)
    elif token.text in table("service")["signs_not_read"].split():
        message = f"{quoted(token.text)} is not among the signs that the service documents"
        yield formula_command_not_of_service.RULE.at(span, message)
    elif token.kind == "command" and token.text in _unit_commands():
        yield from _unit(parts, index)


def _unit(parts: list[Token], index: int) -> Iterator[Diagnostic]:
    """The unit in the braces behind a command of units."""
    inner: list[Token] = []
    for token in parts[index + 2 : index + 2 + _LONGEST_UNIT]:
        if token.text == "}":
            break
        inner.append(token)
    written = "".join(token.text for token in inner)
    if inner and parts[index + 1].text == "{" and written not in _units():
        span = Span(inner[0].start, inner[-1].end)
        message = f"{quoted(written)} is not among the units that the service documents"
        yield formula_command_not_of_service.RULE.at(span, message)


_LONGEST_UNIT = 12


@cache
def _commands() -> frozenset[str]:
    return frozenset(table("service")["commands"].split())


@cache
def _unit_commands() -> frozenset[str]:
    return frozenset(table("service")["unit_commands"].split())


@cache
def _units() -> frozenset[str]:
    return frozenset(table("service")["unit_words"].split()) | {table("service")["also"]}
