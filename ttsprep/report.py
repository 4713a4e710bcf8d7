"""Diagnostics as a person or a program reads them: the only place where offsets become lines and columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.source import Source

__all__ = ["as_dict", "excerpt", "excerpts", "fitting", "lines", "place", "visible", "width"]

_UNSURE = " (if that is what was meant)"


def lines(diagnostics: Iterable[Diagnostic], *sources: Source) -> Iterator[str]:
    r"""One line for each diagnostic, and one more for its fix; lines and columns count from 1.

    The first source is the script at hand; diagnostics that name another file are placed in the source of that name.

    >>> from ttsprep.diagnostics import Fix, Rule, Severity, Span
    >>> found = Rule("DEM001", "old", Severity.NOTE).at(
    ...     Span(4, 6), "'is' is old", fix=Fix.replace(Span(4, 6), "was", safe=True)
    ... )
    >>> print(*lines([found], Source("it\n is", name="a.md")), sep="\n")
    a.md:2:2: DEM001 note: 'is' is old
        fix: replace by 'was'
    """
    by_name = _by_name(sources)
    for found in diagnostics:
        yield f"{place(found, by_name.get(found.file))}: {found}"
        if found.fix is not None:
            yield f"    fix: {_advised(found)}"


def _by_name(sources: Iterable[Source]) -> dict[str, Source]:
    """Each source by its name, and the script at hand by none."""
    by_name: dict[str, Source] = {}
    for source in sources:
        by_name.setdefault("", source)
        by_name[source.name] = source
    return by_name


def _advised(found: Diagnostic) -> str:
    assert found.fix is not None, "checked"
    return found.fix.title + ("" if found.fix.safe or not found.fix.edits else _UNSURE)


def place(diagnostic: Diagnostic, source: Source | None) -> str:
    """Where: ``name:line:column``, or the name and the field where it has no place in the text of `source`."""
    if source is None or diagnostic.span is None:
        name = diagnostic.file or (source.name if source else "")
        return ": ".join(filter(None, (name, diagnostic.field))) or "input"
    line, column = source.position(min(diagnostic.span.start, len(source.text)))
    return f"{source.name}:{line}:{column}"


def as_dict(diagnostic: Diagnostic, *sources: Source) -> dict[str, Any]:
    """The diagnostic as plain values for JSON, with its file, lines and columns.

    Lines and columns count from 1, in code points, and an end is behind the last character; ``span`` has the offsets.
    The sources are as for `lines`.
    """
    source = _by_name(sources).get(diagnostic.file)
    found: dict[str, Any] = {"file": diagnostic.file or (source.name if source else None)}
    if source is not None and diagnostic.span is not None:
        for names, offset in (
            (("line", "column"), diagnostic.span.start),
            (("end_line", "end_column"), diagnostic.span.end),
        ):
            found.update(zip(names, source.position(min(offset, len(source.text))), strict=True))
    return {**found, **diagnostic.as_dict()}


# --- excerpts


def excerpts(diagnostics: Iterable[Diagnostic], *sources: Source, columns: int = 100) -> Iterator[str]:
    r"""A few lines for each diagnostic: what `lines` says, and the line of the source with a mark under the span.

    Of a line that takes more than `columns` cells of a terminal the part at the mark is shown, of a span of several
    lines the first and the last one. Characters that cannot be seen stand as ``␛`` or ``�``. Where a rule's page is
    said with the first of its diagnostics. The sources are as for `lines`.

    >>> from ttsprep.diagnostics import Fix, Rule, Severity
    >>> found = Rule("DEM001", "old", Severity.NOTE).at(
    ...     Span(4, 6), "'is' is old", fix=Fix.replace(Span(4, 6), "was", safe=True)
    ... )
    >>> print(*excerpts([found], Source("你好\n\tis", name="a.md")), sep="\n")
    a.md:2:2: DEM001 note: 'is' is old
      2 |     is
        |     ^^
        = fix: replace by 'was'
        = more: ttsprep explain DEM001
    """
    by_name, explained = _by_name(sources), set[str]()
    for found in diagnostics:
        source = by_name.get(found.file)
        marked = list(excerpt(source, found.span, columns)) if source is not None and found.span is not None else []
        notes = [f"fix: {_advised(found)}"] if found.fix is not None else []
        notes += [f"more: ttsprep explain {found.rule.code}"] if found.rule.code not in explained else []
        explained.add(found.rule.code)
        margin = marked[0].index("|") if marked else _INDENT
        yield "\n".join([f"{place(found, source)}: {found}", *marked, *(f"{'':{margin}}= {note}" for note in notes)])


_INDENT = 4
_LINE_END = re.compile(r"[\r\n]")


def excerpt(source: Source, span: Span, columns: int = 100) -> Iterator[str]:
    """The first and the last line of a span, with their numbers and with marks under it; as in `excerpts`."""
    size = len(source.text)
    start, end = min(span.start, size), min(span.end, size)
    (first, column), (last, end_column) = source.position(start), source.position(end)
    if last > first and end_column == 1:  # a line ending at its end belongs to the line before
        last, end_column = last - 1, len(source.line(last - 1)) + 1
        end = start - column + end_column if last == first else end
    margin = max(len(str(last)) + 3, _INDENT)
    stop = end if last == first else _line_end(source.text, start, size)
    yield from _row(first, margin, *_window(source.text, start - column + 1, start, stop, columns))
    if last > first:
        if last > first + 1:
            yield f"{'...':>{margin - 1}}"
        line = source.line(last)
        begin = len(line) - len(line.lstrip())
        yield from _row(last, margin, *_window(line, 0, min(begin, end_column - 1), end_column - 1, columns))


def _row(number: int, margin: int, before: str, marked: str, after: str) -> Iterator[str]:
    yield f"{number:>{margin - 1}} | {before}{marked}{after}".rstrip()
    yield f"{'':{margin}}| {'':{width(before)}}{'^' * max(1, width(marked))}"


_CUT = "…"


def _window(text: str, begin: int, start: int, stop: int, columns: int) -> tuple[str, str, str]:
    """What is shown of a line that begins at `begin`: before, in and behind the range from `start` to `stop`."""
    before = visible(text[max(begin, start - columns) : start])
    marked = visible(text[start : min(stop, start + columns)])
    after = visible(text[stop : _line_end(text, stop, stop + columns)])
    lead = max(columns // 3, columns - width(marked) - width(after))
    if start - begin > columns or width(before) > lead:
        before = _CUT + fitting(before[::-1], lead - 1)[::-1]
    if stop - start > columns or width(marked) > columns - width(before):
        return before, fitting(marked, columns - width(before) - 1), _CUT
    room = columns - width(before) - width(marked)
    if width(after) > room or _line_end(text, stop, stop + columns + 1) > stop + columns:
        after = fitting(after, max(room - 1, 0)) + _CUT
    return before, marked, after


def _line_end(text: str, start: int, stop: int) -> int:
    """Where the line ends, or `stop` if it does not end before."""
    found = _LINE_END.search(text, start, stop)
    return found.start() if found else min(stop, len(text))


def fitting(text: str, columns: int) -> str:
    """As much of the beginning of a text as fits."""
    taken = 0
    for at, character in enumerate(text):
        taken += _cells(character)
        if taken > columns:
            return text[:at]
    return text


_TAB = " " * 4
_JOINERS = "\u200c\u200d"
_UNSEEN: Mapping[str, str] = {
    "\t": _TAB,
    "\N{DELETE}": "\N{SYMBOL FOR DELETE}",
    **{chr(code): chr(0x2400 + code) for code in range(0x20) if chr(code) != "\t"},
}


def visible(text: str) -> str:
    """The text with something to see for every control and format character, none of which may reach a terminal."""
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character in _UNSEEN:
        return _UNSEEN[character]
    unseen = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in _JOINERS
    return "\N{REPLACEMENT CHARACTER}" if unseen else character


def width(text: str) -> int:
    """How many cells of a terminal a text takes.

    >>> width("longan"), width("龙安"), width("e\\N{COMBINING ACUTE ACCENT}")
    (6, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
