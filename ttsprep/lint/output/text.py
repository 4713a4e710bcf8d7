"""For people: ``full`` with excerpts and diffs, ``concise`` with a line for each finding.

Files that could not be read are no part of them: the command says so on stderr.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from ttsprep.diagnostics import Diagnostic, Edit, Fix, Severity, Span
from ttsprep.lint.model import Finding, Result
from ttsprep.lint.output.facts import answer
from ttsprep.lint.output.form import OutputOptions
from ttsprep.report import excerpt, fitting, visible, width
from ttsprep.source import Source

__all__ = ["concise", "full"]

_COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_MARKS: Final = re.compile(r"( *\| *)(\^+)")
_NUMBER: Final = re.compile(r"( *\d* \|)( ?)(.*)")


class _Paint:
    """Colours, or none."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self._colour and text else text


def concise(results: Sequence[Result], options: OutputOptions) -> Iterator[str]:
    """A line for each finding; ``[*]`` where --fix mends it."""
    paint = _Paint(options.colour)
    for result in results:
        for found in result.findings:
            yield f"{_head(found, paint)}{_mark(found.diagnostic.fix)}\n"


def full(results: Sequence[Result], options: OutputOptions) -> Iterator[str]:
    """Each finding with the line it stands in, the fix as a diff, and what the service would answer."""
    paint, explained = _Paint(options.colour), set[str]()
    for result in results:
        for found in result.findings:
            first = found.diagnostic.rule.code not in explained
            explained.add(found.diagnostic.rule.code)
            lines = [_head(found, paint), *_body(result.source, found.diagnostic, paint, options.columns, first=first)]
            yield "\n".join(lines) + "\n\n"


def _head(found: Finding, paint: _Paint) -> str:
    one = found.diagnostic
    at = f":{found.start.line}:{found.start.column}" if found.start else ""
    field = f": {one.field}" if one.field and not found.start else ""
    said = paint(f"{one.rule.code} {one.severity}", "1", _COLOURS[one.severity])
    return f"{paint(visible(found.file), '1')}{at}{field}: {said}: {visible(one.message)}"


def _mark(fix: Fix | None) -> str:
    return " [*]" if fix is not None and fix.edits and fix.safe else ""


def _body(source: Source | None, found: Diagnostic, paint: _Paint, columns: int, *, first: bool) -> Iterator[str]:
    margin = 4
    if source is not None and found.span is not None:
        rows = list(excerpt(source, found.span, columns))
        margin = rows[0].index("|")
        yield from (_painted(row, paint, found.severity) for row in rows)
    lead = " " * margin
    if found.fix is not None:
        unsure = "" if found.fix.safe or not found.fix.edits else " (--unsafe-fixes)"
        yield f"{lead}= {paint('help', '1')}: {visible(found.fix.title)}{unsure}"
        if source is not None and found.fix.edits:
            yield from _diff(source, found.fix, paint, margin, columns)
    if said := answer(found):
        yield f"{lead}= {paint('note', '1')}: {said}"
    if first:
        yield f"{lead}= {paint('rule', '1')}: {found.rule.name}, see ttsprep rule {found.rule.code}"


def _painted(row: str, paint: _Paint, severity: Severity) -> str:
    if marks := _MARKS.fullmatch(row):
        return paint(marks[1], "34") + paint(marks[2], "1", _COLOURS[severity])
    if numbered := _NUMBER.fullmatch(row):
        return paint(numbered[1], "34") + numbered[2] + numbered[3]
    return row


_MOST_LINES: Final = 8


def _diff(source: Source, fix: Fix, paint: _Paint, margin: int, columns: int) -> Iterator[str]:
    """The lines that a fix changes, as they are and as they would be."""
    text = source.text
    start = fix.edits[0].span.start - source.position(fix.edits[0].span.start)[1] + 1
    last = fix.edits[-1].span.end
    end = next((at for at in (text.find("\n", last), len(text)) if at >= 0), len(text))
    moved = tuple(_moved(edit, start) for edit in fix.edits)
    before = text[start:end]
    after = Fix(fix.title, moved, fix.safe).apply(before)
    shown = list(_changed(before.splitlines(), after.splitlines(), source.position(start)[0]))
    for number, sign, old_or_new, other in shown[:_MOST_LINES]:
        line = _cropped(old_or_new, other, columns)
        yield f"{paint(f'{number:>{margin - 1}} {sign}', '31' if sign == '-' else '32')} {line}".rstrip()
    if len(shown) > _MOST_LINES:
        yield f"{'':{margin}}… and {len(shown) - _MOST_LINES} more lines"


def _moved(edit: Edit, start: int) -> Edit:
    return Edit(Span(edit.span.start - start, edit.span.end - start), edit.text)


def _changed(before: list[str], after: list[str], first: int) -> Iterator[tuple[int, str, str, str]]:
    """Number, sign, line, and the line it is compared with."""
    for kind, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        old, new = before[start:end], after[begin:stop]
        for at, line in enumerate(old):
            yield first + start + at, "-", line, new[at] if at < len(new) else ""
        for at, line in enumerate(new):
            yield first + start + at, "+", line, old[at] if at < len(old) else ""


def _cropped(line: str, other: str, columns: int) -> str:
    """A long line from shortly before where it differs from the other."""
    same = 0
    if len(line) > columns:
        same = next((at for at, (a, b) in enumerate(zip(line, other, strict=False)) if a != b), 0)
    begin = max(0, same - columns // 3)
    shown = visible(line[begin : begin + columns])
    cut = "…" if begin else ""
    if width(shown) + len(cut) > columns or begin + columns < len(line):
        return f"{cut}{fitting(shown, columns - 1 - len(cut))}…"
    return cut + shown
