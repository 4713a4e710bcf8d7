"""What a file says before it is judged, and how its faults are reported."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import NamedTuple

from ttsprep.diagnostics import Diagnostic, Fix, Rule, Severity, Span
from ttsprep.lexicon.entries import Kind
from ttsprep.lexicon.names import fields
from ttsprep.likeness import suggest
from ttsprep.rules import lexicon_field, lexicon_syntax
from ttsprep.source import Source

__all__ = ["Broken", "Draft", "Raw", "quoted"]

_SHOWN = 40


class Raw(NamedTuple):
    """An entry as it is written. Without a kind its value tells which it is.

    `at` and `end` are where its key stands, `value_at` and `value_end` its value.
    """

    key: str
    kind: Kind | None
    value: str
    at: int
    end: int
    value_at: int
    value_end: int
    before: str = ""
    after: str = ""
    note: str = ""


class Broken(Exception):
    """A file that cannot be read any further: what is wrong, and at which offset."""

    def __init__(self, at: int, words: str) -> None:
        super().__init__(words)
        self.at = at


@dataclass(slots=True)
class Draft:
    """What there is of one file beside its entries: the files that it includes, and what was found while reading it."""

    source: Source
    includes: list[tuple[str, Span]] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def report(
        self,
        rule: Rule,
        at: int,
        end: int,
        message: str,
        *,
        was: str = "",
        instead: str | None = None,
        safe: bool = False,
        severity: Severity | None = None,
    ) -> None:
        """A diagnostic from `at` to `end`; with a fix by `instead` where exactly `was` stands there."""
        size = len(self.source.text)
        span = Span(min(at, size), min(max(at, end), size))
        verbatim = instead is not None and was and span.of(self.source.text) == was
        fix = Fix.replace(span, instead, safe=safe) if verbatim and instead is not None else None
        one = rule.at(span, message, fix=fix, severity=severity)
        self.found.append(dataclasses.replace(one, file=self.source.name))

    def broken(self, error: Broken) -> None:
        """The fault that ended the reading."""
        self.report(lexicon_syntax.RULE, error.at, error.at + 1, str(error))

    def unknown(self, what: str, name: str, at: int, end: int, known: tuple[str, ...]) -> None:
        """A field, column or section that lexicons do not have."""
        meant = suggest(name, (*known, *fields()) if what in ("column", "field") else known)
        hint = f"did you mean {meant}?" if meant else f"known are {', '.join(known)}"
        self.report(lexicon_field.RULE, at, end, f"no {what} is named {quoted(name)} ({hint})", was=name, instead=meant)


def quoted(text: str) -> str:
    """A value for a message: in quotes, not longer than a line."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
