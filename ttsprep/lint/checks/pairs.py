"""TXT: brackets and quotation marks that have no partner in their paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ttsprep.diagnostics import Diagnostic, Fix
from ttsprep.lint.checks.prose import in_code, stretches
from ttsprep.lint.model import SCRIPTS, LintFile, Registered
from ttsprep.rules import bracket_width, unpaired_bracket, unpaired_quote

__all__ = ["CHECKS"]

_CLOSERS: Final = {
    "(": ")",
    "（": "）",
    "[": "]",
    "［": "］",
    "【": "】",
    "〖": "〗",
    "《": "》",
    "「": "」",
    "『": "』",
    "“": "”",
}
_OPENERS: Final = {closer: opener for opener, closer in _CLOSERS.items()}
_OTHER_WIDTH: Final = {"(": "）", "（": ")", "[": "］", "［": "]"}
_QUOTES: Final = frozenset("“”「」『』")
_MARK: Final = re.compile(f"[{re.escape(''.join(_CLOSERS) + ''.join(_OPENERS))}]")
_TOO_LONG: Final = 20_000
_LINE: Final = re.compile(r"[^\n]+")
_BLANK_LINE: Final = re.compile(r"\n[ \t>]*\r?\n")
# Faces, intervals such as [0, 1), the end of CDATA, formulas.
_NO_BRACKET: Final = re.compile(
    r"(?<!\S)[:;=][-o^']?[()\[\]](?!\w)|\]\]>|\$[^$\n]*\$"
    r"|[\[(]\s*[-−+]?[\w.∞]+\s*[,，]\s*[-−+]?[\w.∞]+\s*[\])]"
)
_POINT: Final = re.compile(r"(?:^|[\s。；;，,、：:])(?:[0-9]{1,3}|[A-Za-z]|[ivxIVX]{2,4}|[一二三四五六七八九十]{1,3})$")
"""What stands before the bracket of a point of a list: 1) or a)."""


class _Open(NamedTuple):
    mark: str
    at: int


def _pairs(file: LintFile) -> Iterator[Diagnostic]:
    for text, base in stretches(file):
        if _MARK.search(text):
            paragraphs = list(_paragraphs(file, text, base))
            for number, (start, end) in enumerate(paragraphs):
                follows = text[slice(*paragraphs[number + 1])].lstrip()[:1] if number + 1 < len(paragraphs) else ""
                if end - start <= _TOO_LONG:
                    yield from _paragraph(file, text[start:end], base + start, follows)


def _paragraphs(file: LintFile, text: str, base: int) -> Iterator[tuple[int, int]]:
    """Lines that are spoken, joined where no blank line stands between them in the source."""
    cuts = [0, *(edge for found in _LINE.finditer(text) for edge in found.span()), len(text)]
    between = file.spoken.source_spans([base + cut for cut in cuts])[2:-1:2]
    start = cuts[1]
    for at, gap in enumerate(between):
        if _BLANK_LINE.search(gap.of(file.source.text)):
            yield start, cuts[2 * at + 2]
            start = cuts[2 * at + 3]
    if len(cuts) > 2:
        yield start, cuts[-2]


def _paragraph(file: LintFile, text: str, base: int, follows: str) -> Iterator[Diagnostic]:
    """One paragraph; `follows` is what the next one begins with: a speech that goes on opens its mark anew."""
    skipped = {at for found in _NO_BRACKET.finditer(text) for at in range(*found.span())}
    stack: list[_Open] = []
    for found in _MARK.finditer(text):
        mark, at = found[0], found.start()
        if at in skipped:
            continue
        if mark in _CLOSERS:
            stack.append(_Open(mark, at))
        elif stack and _CLOSERS[stack[-1].mark] == mark:
            stack.pop()
        elif stack and _OTHER_WIDTH.get(stack[-1].mark) == mark:
            yield from _widths(file, base, stack.pop(), at, mark)
        elif any(_CLOSERS[each.mark] == mark for each in stack):
            while _CLOSERS[stack[-1].mark] != mark:
                yield from _alone(file, base, stack.pop())
            stack.pop()
        elif not _POINT.search(text[max(0, at - 6) : at]):
            yield from _alone(file, base, _Open(mark, at))
    for left in stack:
        if left.mark not in _QUOTES or follows != left.mark:
            yield from _alone(file, base, left)


def _alone(file: LintFile, base: int, mark: _Open) -> Iterator[Diagnostic]:
    span = file.spoken.source_span(base + mark.at, base + mark.at + 1)
    if in_code(file, span) or span.of(file.source.text) != mark.mark:
        return
    partner = _CLOSERS.get(mark.mark)
    rule = unpaired_quote.RULE if mark.mark in _QUOTES else unpaired_bracket.RULE
    what = (
        f"{mark.mark} is not closed by {partner}" if partner else f"{mark.mark} is not opened by {_OPENERS[mark.mark]}"
    )
    yield rule.at(span, f"{what} in its paragraph")


def _widths(file: LintFile, base: int, opener: _Open, at: int, closer: str) -> Iterator[Diagnostic]:
    span = file.spoken.source_span(base + at, base + at + 1)
    if in_code(file, span) or span.of(file.source.text) != closer:
        return
    right = _CLOSERS[opener.mark]
    what = f"{opener.mark} is closed by {closer}, which has another width"
    yield bracket_width.RULE.at(span, what, fix=Fix.replace(span, right, safe=False))


CHECKS: Final = (Registered("TXT", SCRIPTS, _pairs),)
