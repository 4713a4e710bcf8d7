"""TXT: brackets and quotation marks that have no partner in their paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from ttsprep.diagnostics import Diagnostic, Fix, Span
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
_CURLY: Final = frozenset("“”")
_QUOTES: Final = frozenset("“”「」『』")
_MARK: Final = re.compile(f"[{re.escape(''.join(_CLOSERS) + ''.join(_OPENERS))}]")
_TOO_LONG: Final = 20_000
_LINE: Final = re.compile(r"[^\n]+")
_BLANK_LINE: Final = re.compile(r"\n[ \t>]*\r?\n")
# Faces, intervals such as [0, 1), the end of CDATA, formulas.
_NO_BRACKET: Final = re.compile(
    r"(?<!\S)[:;=][-o^']?[()\[\]](?!\w)|\]\]>|\$[^$\n]*\$"
    r"|[\[(]\s*[-−+]?[\w.∞/]+\s*[,，]\s*[-−+]?[\w.∞/]+\s*[\])]"
)
_POINT: Final = re.compile(r"(?:^|[\s。；;，,、：:])(?:[0-9]{1,3}|[A-Za-z]|[ivxIVX]{2,4}|[一二三四五六七八九十]{1,3})$")
"""What stands before the bracket of a point of a list: 1) or a)."""


class _Mark(NamedTuple):
    sign: str
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
    """One paragraph; `follows` is what the next one begins with: a speech that goes on opens its mark anew.

    Only where something is wrong it is asked what of it is code.
    """
    marks = [_Mark(found[0], found.start()) for found in _MARK.finditer(text)]
    if not marks:
        return
    skipped = {at for found in _NO_BRACKET.finditer(text) for at in range(*found.span())}
    foreign = _CURLY if _is_foreign(text) else frozenset[str]()
    marks = [mark for mark in marks if mark.at not in skipped and mark.sign not in foreign]
    if not any(_faults(marks, text, follows)):
        return
    places = ((mark, file.spoken.source_span(base + mark.at, base + mark.at + 1)) for mark in marks)
    spans = {mark.at: span for mark, span in places if not in_code(file, span)}
    for mark, opener in _faults([mark for mark in marks if mark.at in spans], text, follows):
        if spans[mark.at].of(file.source.text) == mark.sign:
            yield _alone(mark, spans[mark.at]) if opener is None else _widths(opener, mark, spans[mark.at])


def _is_foreign(text: str) -> bool:
    """Whether the curly marks are those of other languages: „so“ in German, ”so” in Swedish."""
    return "„" in text or ("”" in text and "“" not in text and text.count("”") % 2 == 0)


def _faults(marks: list[_Mark], text: str, follows: str) -> Iterator[tuple[_Mark, _Mark | None]]:
    """Each mark without a partner; each that closes one of another width, with that one."""
    stack: list[_Mark] = []
    awaited = Counter[str]()  # the closers of the stack, which would be long to look through
    for mark in marks:
        if mark.sign in _CLOSERS:
            stack.append(mark)
            awaited[_CLOSERS[mark.sign]] += 1
        elif stack and _OTHER_WIDTH.get(stack[-1].sign) == mark.sign:
            awaited[_CLOSERS[stack[-1].sign]] -= 1
            yield mark, stack.pop()
        elif awaited[mark.sign]:
            while (closer := _CLOSERS[stack[-1].sign]) != mark.sign:
                awaited[closer] -= 1
                yield stack.pop(), None
            awaited[mark.sign] -= 1
            stack.pop()
        elif not _POINT.search(text[max(0, mark.at - 6) : mark.at]):
            yield mark, None
    yield from ((left, None) for left in stack if left.sign not in _QUOTES or follows != left.sign)


def _alone(mark: _Mark, span: Span) -> Diagnostic:
    sign, partner = mark.sign, _CLOSERS.get(mark.sign)
    rule = unpaired_quote.RULE if sign in _QUOTES else unpaired_bracket.RULE
    what = f"{sign} is not closed by {partner}" if partner else f"{sign} is not opened by {_OPENERS[sign]}"
    return rule.at(span, f"{what} in its paragraph")


def _widths(opener: _Mark, closer: _Mark, span: Span) -> Diagnostic:
    what = f"{opener.sign} is closed by {closer.sign}, which has another width"
    return bracket_width.RULE.at(span, what, fix=Fix.replace(span, _CLOSERS[opener.sign], safe=False))


CHECKS: Final = (Registered("TXT", SCRIPTS, _pairs),)
