"""The one way in which every part reports what is wrong with its input.

A part that finds a fault calls ``RULE.at(span, message)`` of one of the rules in `ttsprep.rules` and gets
a `Diagnostic`: a plain frozen value that says where, which rule, what, how bad, and how to mend it.

    >>> rule = Rule("DEM001", "shouting", Severity.WARNING, api=("TXT-03",))
    >>> found = rule.at(Span(0, 3), "'HEY' is in capitals", fix=Fix.replace(Span(0, 3), "hey", safe=True))
    >>> str(found)
    "DEM001 warning: 'HEY' is in capitals"
    >>> found.fix.apply("HEY you")
    'hey you'

Spans are offsets in code points into the *original* text; lines and columns are made from them only where a
person reads them (`ttsprep.report`).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

__all__ = ["Diagnostic", "DiagnosticError", "Edit", "Fix", "FixSafety", "Rule", "Severity", "Span", "has_errors"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points in a source text.

    >>> Span(2, 5).of("say hello")
    'y h'
    >>> Span(5, 2)
    Traceback (most recent call last):
    ...
    ValueError: a span needs 0 <= start <= end, not 5..2
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """A span is a value even where it is empty (an insertion point)."""
        return True

    def of(self, text: str) -> str:
        """The part of `text` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace `span` of the source by `text`; an empty span inserts."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair: a title in the imperative, its edits in order of position, and whether it is safe.

    A *safe* fix never changes what a listener hears or what the author meant; it may be applied unseen.
    Edits do not overlap. Without edits it is advice: what is to be mended does not stand in this source.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool

    def __post_init__(self) -> None:
        for before, after in zip(self.edits, self.edits[1:], strict=False):
            if after.span.start < before.span.end:
                raise ValueError(f"edits of a fix overlap or are out of order: {before} and {after}")

    @classmethod
    def replace(cls, span: Span, text: str, *, safe: bool, title: str = "") -> Fix:
        """A fix of one edit; the title defaults to naming the new text."""
        return cls(title or (f"replace by {text!r}" if text else "remove"), (Edit(span, text),), safe)

    @classmethod
    def advice(cls, title: str) -> Fix:
        """What to do about a fault that no edit of the source can mend, such as a setting that is missing."""
        return cls(title, (), safe=False)

    def apply(self, text: str) -> str:
        """The repaired text."""
        parts, at = [], 0
        for edit in self.edits:
            parts += [text[at : edit.span.start], edit.text]
            at = edit.span.end
        return "".join([*parts, text[at:]])


class Severity(enum.IntEnum):
    """How bad: an *error* is refused by the service or would be spoken wrongly for certain; a *warning* may
    be; a *note* is worth knowing. Larger is worse, so severities compare.
    """

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


FixSafety: TypeAlias = Literal["none", "safe", "unsafe"]
"""Whether the fixes of a rule may be applied unseen; ``"none"``: it has no fix that edits the source."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a diagnostic is an instance of; each has a file of its own in `ttsprep.rules`.

    `code` is ours (``PAR006``, three capitals and three digits, never reused), `name` is for people, `api`
    lists the numbered rules of the service's API page that this rule serves (``PAR-06``). `fix` says how safe a fix
    it can offer at best, `error` is the id of the failure in the catalog with which the service answers, `since`
    the version that has the rule first.
    """

    code: str
    name: str
    severity: Severity
    api: tuple[str, ...] = ()
    fix: FixSafety = "none"
    error: str = ""
    since: str = "0.1.0"

    def at(
        self,
        span: Span | None,
        message: str,
        *,
        fix: Fix | None = None,
        severity: Severity | None = None,
        field: str = "",
    ) -> Diagnostic:
        """The diagnostic for a fault at `span` of the source (``None``: it has no place in a text).

        `message` is one lower-case sentence without a full stop that quotes the offending value and states
        the limit and the measured value. `field` names the setting or message field at fault
        (``"rate"``, ``"header.task_id"``). `severity` overrides the rule's own, for the few rules whose
        gravity depends on the case.
        """
        return Diagnostic(span, self, message, self.severity if severity is None else severity, fix, field)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. Made only by `Rule.at`."""

    span: Span | None
    rule: Rule
    message: str
    severity: Severity
    fix: Fix | None = None
    field: str = ""
    file: str = ""
    """The name of the source that `span` points into, where it is not the script at hand: a settings file."""

    def __str__(self) -> str:
        return f"{self.rule.code} {self.severity}: {self.message}"

    def as_dict(self) -> dict[str, Any]:
        """The diagnostic as plain values for JSON; offsets are code points."""
        found: dict[str, Any] = {
            "code": self.rule.code,
            "name": self.rule.name,
            "severity": str(self.severity),
            "message": self.message,
            "api": list(self.rule.api),
        }
        if self.field:
            found["field"] = self.field
        if self.span is not None:
            found["span"] = [self.span.start, self.span.end]
        if self.fix is not None:
            edits = [{"span": [e.span.start, e.span.end], "text": e.text} for e in self.fix.edits]
            found["fix"] = {"title": self.fix.title, "safe": self.fix.safe, "edits": edits}
        return found


class DiagnosticError(ValueError):
    """A call could not go on because its input has errors; `diagnostics` holds every finding.

    Raised only where there is no value to return beside the diagnostics: a constructor, or sending a plan
    that has errors.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(map(str, self.diagnostics))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of the diagnostics is an error.

    >>> has_errors([])
    False
    """
    return any(found.severity is Severity.ERROR for found in diagnostics)
