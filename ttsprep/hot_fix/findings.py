"""Diagnostics about the places of a text, one for each cause: the first place, and how many more there are."""

from __future__ import annotations

from dataclasses import replace

from ttsprep.diagnostics import Diagnostic, Rule, Severity
from ttsprep.lexicon import Entry
from ttsprep.mapped import MappedText

__all__ = ["Findings", "named"]


class Findings:
    """What was found in one text, in the order of places."""

    def __init__(self, text: MappedText) -> None:
        self._text = text
        self._found: dict[tuple[Rule, str], tuple[int, Diagnostic]] = {}
        self._more: dict[tuple[Rule, str], int] = {}

    def add(
        self, rule: Rule, start: int, end: int, message: str, *, severity: Severity | None = None, cause: str = ""
    ) -> None:
        """Note a fault at a place of the text; those of one rule and cause (the message, if none is said) are one."""
        about = rule, cause or message
        if about in self._found:
            self._more[about] = self._more.get(about, 0) + 1
        else:
            span = self._text.source_span(start, end)
            self._found[about] = start, rule.at(span, message, severity=severity)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All of them."""
        found = sorted(((start, about, each) for about, (start, each) in self._found.items()), key=lambda row: row[0])
        return tuple(self._counted(each, self._more.get(about, 0)) for _, about, each in found)

    def _counted(self, found: Diagnostic, more: int) -> Diagnostic:
        places = "1 more place" if more == 1 else f"{more:,} more places"
        return replace(found, message=f"{found.message} (and {places})") if more else found


def named(entry: Entry) -> str:
    """An entry in a message."""
    return f"{entry.key!r} ({entry.place})" if entry.place else f"{entry.key!r}"
