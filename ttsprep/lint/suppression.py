r"""Findings that somebody wants to keep, and says why: comments in Markdown and SSML, in TOML, and beside plain text.

``<!-- ttsprep: ignore[SSM012] why -->`` acts on its own line, or on the next one if nothing else stands on its own;
``ignore-file[…]`` on the whole file, ``ignore-start[…]`` up to ``ignore-end``. In TOML the same follows a ``#``. Files
that have no comments are accompanied by a *sidecar*, ``script.txt.ttsprep``, with one suppression on a line, and the
number of the line it acts on before it: ``12: ignore[TXT004] why``.

>>> comments = read(Source("<!-- ttsprep: ignore[SSM012, MDN] as asked -->\n<speak/>"), Kind.SSML)
>>> comments.suppressions[0].selectors, comments.suppressions[0].lines, comments.suppressions[0].reason
(('SSM012', 'MDN'), range(2, 3), 'as asked')
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ttsprep.diagnostics import Diagnostic, Fix, Span
from ttsprep.likeness import suggest
from ttsprep.lint.model import Kind
from ttsprep.lint.selection import is_selector, match, selectors_known
from ttsprep.rules import (
    malformed_suppression,
    suppression_without_reason,
    unbalanced_suppression,
    unknown_rule_suppressed,
    unused_suppression,
)
from ttsprep.settings.draft import quoted
from ttsprep.source import Source

__all__ = ["SIDECAR", "Comments", "Suppression", "apply", "read", "read_sidecar", "unused"]

SIDECAR: Final = ".ttsprep"
"""What is put behind a file's name to name its sidecar."""
_FILE = range(2**62)


@dataclass(eq=False)
class Suppression:
    """One comment: the rules it means, the lines it acts on, its reason, and where it stands.

    `selectors` is empty in an ``ignore-end``. Lines count from 1.
    """

    selectors: tuple[str, ...]
    places: tuple[Span, ...]
    lines: range
    reason: str
    span: Span
    used: set[str] = field(default_factory=set)

    def suppresses(self, code: str, line: int | None) -> bool:
        """Whether it means a finding; one without a place is meant by the whole file only. Notes that it is used."""
        if self.lines != _FILE and (line is None or line not in self.lines):
            return False
        meant = [each for each in self.selectors if match(code, [each]) >= 0]
        self.used.update(meant)
        return bool(meant)


@dataclass
class Comments:
    """The suppressions of a file, and what is wrong with them. The findings point into `source`."""

    source: Source
    suppressions: list[Suppression] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    targets: dict[int, range] = field(default_factory=dict)
    """Line → the line that a comment standing alone before it acts on."""


_MARKUP = re.compile(r"<!--[ \t\r\n]*ttsprep[ \t]*:")
_HASH = re.compile(r"#[ \t]*ttsprep[ \t]*:([^\r\n]*)")
_SIDE = re.compile(r"^[ \t]*(?![ \t\r\n#])(?:(\d{1,9})(?:-(\d{1,9}))?[ \t]*:)?([^\r\n]*)", re.MULTILINE)
_WORDS = re.compile(r"\s*([A-Za-z-]*)(?:\[([^\]]*)\])?\s*(.*?)\s*\Z", re.DOTALL)
_SELECTOR = re.compile(r"[^,\s]+")
_ACTIONS: Final = ("ignore", "ignore-line", "ignore-next-line", "ignore-file", "ignore-start", "ignore-end")
_COMMENTS: Final = re.compile(r"(?>[ \t]*<!--.*?-->)*+[ \t]*+", re.DOTALL)
_LONGEST: Final = 2_000
"""A line of more characters before or behind a comment is no line of comments."""
_CODE_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})([^\r\n]*)", re.MULTILINE)
_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)", re.DOTALL)


def read(source: Source, kind: Kind) -> Comments:
    """The suppressions that stand in a file itself."""
    comments = Comments(source)
    if kind in (Kind.TEXT, Kind.RECORDING) or "ttsprep" not in source.text:
        return comments
    opened: list[Suppression] = []
    for span, inside in (
        _hashed(source.text) if kind in (Kind.SETTINGS, Kind.LEXICON) else _marked_up(source.text, kind)
    ):
        _take(comments, opened, inside, span)
    for each in opened:
        comments.diagnostics.append(unbalanced_suppression.RULE.at(each.span, "the block has no ignore-end"))
    return comments


def _hashed(text: str) -> Iterator[tuple[Span, Span]]:
    """The comments of TOML, and what of each is said to us."""
    return ((Span(*one.span()), Span(*one.span(1))) for one in _HASH.finditer(text))


def _marked_up(text: str, kind: Kind) -> Iterator[tuple[Span, Span]]:
    """The comments of Markdown and SSML, and what of each is said to us."""
    found, at = [], 0
    while (begin := _MARKUP.search(text, at)) and (end := text.find("-->", begin.end())) >= 0:
        at = end + len("-->")
        found.append((Span(begin.start(), at), Span(begin.end(), end)))
    hidden = list(_code(text)) if found and kind is Kind.MARKDOWN else []
    for span, inside in found:
        place = bisect_right(hidden, span.start, key=lambda code: code.start)
        if not place or span.start not in hidden[place - 1]:
            yield span, inside


def _code(text: str) -> Iterator[range]:
    """Where Markdown shows comments and has none: in fences and between backticks."""
    at = 0
    while fence := _CODE_FENCE.search(text, at):
        yield from (range(*span.span()) for span in _CODE_SPAN.finditer(text, at, fence.start()))
        mark = fence[1]
        if mark[0] == "`" and "`" in fence[2]:  # no fence but code in running text
            at = fence.end()
            continue
        end = re.compile(rf"^ {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*$", re.MULTILINE).search(text, fence.end())
        at = end.end() if end else len(text)
        yield range(fence.start(), at)
    yield from (range(*span.span()) for span in _CODE_SPAN.finditer(text, at))


def _take(comments: Comments, opened: list[Suppression], said: Span, span: Span) -> None:
    """Read one comment; `opened` are the blocks that it stands in, `said` is what of it is said to us."""
    parsed = _WORDS.match(said.of(comments.source.text))
    assert parsed is not None, "the pattern takes everything"
    action, inside, reason = parsed.groups()
    if action == "ignore-end":
        if not opened:
            comments.diagnostics.append(unbalanced_suppression.RULE.at(span, "ignore-end ends no block"))
        else:
            ended = opened.pop()
            ended.lines = range(ended.lines.start, comments.source.position(span.start)[0] + 1)
        return
    if not _understood(comments, action, inside, span):
        return
    lines = _lines(comments, action, span)
    made = _made(inside, said.start + parsed.start(2), lines, reason, span)
    comments.suppressions.append(made)
    if action == "ignore-start":
        opened.append(made)
    comments.diagnostics += _objections(made)


def _understood(comments: Comments, action: str, inside: str | None, span: Span) -> bool:
    if action in _ACTIONS and inside is not None and inside.strip():
        return True
    if action in _ACTIONS:
        what = f"{action} does not say which rules: {action}[CODE] why"
    else:
        near = suggest(action, _ACTIONS)
        what = f"{quoted(action)} is none of {', '.join(_ACTIONS)}" + (f" (did you mean {near}?)" if near else "")
    comments.diagnostics.append(malformed_suppression.RULE.at(span, what))
    return False


def _made(inside: str, at: int, lines: range, reason: str, span: Span) -> Suppression:
    words = list(_SELECTOR.finditer(inside))
    places = tuple(Span(at + word.start(), at + word.end()) for word in words)
    return Suppression(tuple(word[0] for word in words), places, lines, reason, span)


def _objections(made: Suppression) -> Iterator[Diagnostic]:
    for word, place in zip(made.selectors, made.places, strict=True):
        if not is_selector(word):
            near = suggest(word, selectors_known())
            fix = Fix.replace(place, near, safe=False) if near else None
            hint = f" (did you mean {near}?)" if near else ""
            yield unknown_rule_suppressed.RULE.at(place, f"{quoted(word)} stands for no rule{hint}", fix=fix)
    if not made.reason:
        yield suppression_without_reason.RULE.at(made.span, f"nothing says why {', '.join(made.selectors)} may stay")


def _lines(comments: Comments, action: str, span: Span) -> range:
    """The lines that a comment acts on."""
    source = comments.source
    first, last = source.position(span.start)[0], source.position(span.end)[0]
    if action == "ignore-file":
        return _FILE
    if action == "ignore-start":
        return range(first, _FILE.stop - 1)
    if action == "ignore-next-line" or (action == "ignore" and _is_alone(source, span)):
        return _next_line(comments, last)
    return range(first, last + 1)


def _is_alone(source: Source, span: Span) -> bool:
    """Whether nothing stands on the lines of a comment but comments."""
    begin = span.start - source.position(span.start)[1] + 1
    if span.start - begin > _LONGEST:
        return False
    behind = _TO_LINE_END.match(source.text, span.end, span.end + _LONGEST)
    return all(_COMMENTS.fullmatch(each) for each in (source.text[begin : span.start], behind[0] if behind else ""))


_TO_LINE_END = re.compile(r"[^\r\n]*")


def _next_line(comments: Comments, last: int) -> range:
    """The next line that is neither blank nor a comment to us."""
    number, passed = last + 1, list[int]()
    while number not in comments.targets:
        try:
            line = comments.source.line(number).strip()
        except IndexError:
            break
        if line and not (line.startswith(("<!--", "#")) and "ttsprep" in line):
            break
        passed.append(number)
        number += 1
    target = comments.targets.get(number, range(number, number + 1))
    comments.targets.update(dict.fromkeys(passed, target))
    return target


def read_sidecar(source: Source) -> Comments:
    """The suppressions of a sidecar.

    >>> made = read_sidecar(Source("# kept\\n3-5: ignore[TXT004] a poem\\nignore-file[LEN] long\\n")).suppressions
    >>> [(each.selectors, each.lines) for each in made][0]
    (('TXT004',), range(3, 6))
    """
    comments = Comments(source)
    for one in _SIDE.finditer(source.text):
        span = Span(one.start(), one.end())
        parsed = _WORDS.match(one[3])
        assert parsed is not None, "the pattern takes everything"
        action, inside, reason = parsed.groups()
        if not one[3].strip() and one[1] is None:
            continue
        wanted = "ignore" if one[1] else "ignore-file"
        if action != wanted:
            what = f"a line is '12: ignore[CODE] why' or 'ignore-file[CODE] why', not {quoted(one[0].strip())}"
            comments.diagnostics.append(malformed_suppression.RULE.at(span, what))
        elif _understood(comments, action, inside, span):
            lines = range(int(one[1]), int(one[2] or one[1]) + 1) if one[1] else _FILE
            made = _made(inside, one.start(3) + parsed.start(2), lines, reason, span)
            comments.suppressions.append(made)
            comments.diagnostics += _objections(made)
    return comments


def apply(
    found: Iterable[Diagnostic], source: Source, comments: Iterable[Comments]
) -> tuple[list[Diagnostic], list[tuple[Diagnostic, str]]]:
    """The diagnostics that count, and those that do not with the reason."""
    wide, by_line = list[Suppression](), dict[int, list[Suppression]]()
    for each in (each for one in comments for each in one.suppressions):
        if len(each.lines) == 1:
            by_line.setdefault(each.lines.start, []).append(each)
        else:
            wide.append(each)
    counting, suppressed = list[Diagnostic](), list[tuple[Diagnostic, str]]()
    for one in found:
        elsewhere = one.file not in ("", source.name)
        line = None if one.span is None or elsewhere else source.position(min(one.span.start, len(source.text)))[0]
        meant = [each for each in (*by_line.get(line or 0, ()), *wide) if each.suppresses(one.rule.code, line)]
        if meant:
            suppressed.append((one, meant[0].reason))
        else:
            counting.append(one)
    return counting, suppressed


def unused(comments: Comments, selected: Iterable[str]) -> Iterator[Diagnostic]:
    """The selectors that suppressed nothing; of rules that are not selected nobody knows."""
    if not comments.suppressions:
        return
    codes = tuple(selected)
    for each in comments.suppressions:
        idle = [
            place
            for word, place in zip(each.selectors, each.places, strict=True)
            if word not in each.used and is_selector(word) and any(match(code, [word]) >= 0 for code in codes)
        ]
        if len(idle) == len(each.selectors):
            words = f"nothing was found that {', '.join(each.selectors)} would suppress here"
            yield unused_suppression.RULE.at(each.span, words, fix=_removal(comments.source, each.span))
        else:
            for place in idle:
                what = f"nothing was found that {place.of(comments.source.text)} would suppress here"
                yield unused_suppression.RULE.at(place, what, fix=_removal_from_list(comments.source, place))


def _removal(source: Source, span: Span) -> Fix:
    """Remove a comment, with its line where nothing else stands there."""
    if _is_alone(source, span) and source.position(span.start)[1] == 1:
        rest = re.compile(r"[ \t]*(?:\r\n?|\n)").match(source.text, span.end)
        span = Span(span.start, rest.end() if rest else span.end)
    return Fix.replace(span, "", safe=True, title="remove the suppression")


def _removal_from_list(source: Source, place: Span) -> Fix:
    """Remove a selector and the comma beside it."""
    behind = re.compile(r"\s*,\s*").match(source.text, place.end)
    if behind:
        return Fix.replace(Span(place.start, behind.end()), "", safe=True, title="remove it from the list")
    before = len(source.text[: place.start].rstrip(", \t\r\n"))
    return Fix.replace(Span(before, place.end), "", safe=True, title="remove it from the list")
