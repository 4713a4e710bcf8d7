"""Tables: CSV and TSV.

```csv
text,pinyin,note
重庆,chong2 qing4,
"1,2",一点二
```

A table begins with the names of its columns, or has none and two columns (the text, and what is said of it) or three
(the kind between them). Quotes are those of RFC 4180, in TSV too; lines that begin with ``#`` are comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ttsprep.lexicon.draft import Broken, Draft, Raw, quoted
from ttsprep.lexicon.entries import Entry, Kind
from ttsprep.lexicon.guessing import guessed, unslashed
from ttsprep.lexicon.names import fields, kinds
from ttsprep.lexicon.plain import included
from ttsprep.likeness import suggest
from ttsprep.rules import lexicon_field

__all__ = ["read_csv", "read_tsv", "write_csv", "write_tsv"]

_COLUMNS = ("text", "kind", "value", "before", "after", "note")
_KIND_COLUMNS = {str(kind) for kind in Kind}
_SPECIAL = re.compile(r'["\r\n]')
_OTHER_SEPARATOR = re.compile("[;|,，\t]")
_LINE = re.compile(r"([^\r\n]*+)(?:\r\n?|\n|\Z)")


class Cell(NamedTuple):
    """A cell without its quotes, and where it stands with them."""

    text: str
    at: int
    end: int


def read_csv(draft: Draft) -> Iterator[Raw]:
    """The entries of a table. Raises Broken where it is none."""
    return _read(draft, ",")


def read_tsv(draft: Draft) -> Iterator[Raw]:
    """As `read_csv`, with tabs between the columns."""
    return _read(draft, "\t")


def _read(draft: Draft, separator: str) -> Iterator[Raw]:
    table: _Table | None = None
    for number, row in enumerate(_rows(draft, separator)):
        if number == 0 and (columns := _header(row)):
            _check_columns(draft, row, columns)
            table = _Table(columns)
        elif raw := (table or _without_header(row)).entry(draft, row):
            yield raw


# --- rows


def _rows(draft: Draft, separator: str) -> Iterator[list[Cell]]:
    text, at, size = draft.source.text, 0, len(draft.source.text)
    cells = _quoted_cells(separator)
    while at < size:
        line = _LINE.match(text, at)
        assert line, "it matches nothing, too"
        words, start = line[1], at
        at = line.end()
        if words.startswith(("#", "@include")) and (words[0] == "#" or included(draft, words.rstrip(), start)):
            continue
        if '"' in words:
            row, at = _scanned(text, start, cells, separator)
            yield row
        elif words and not words.isspace():
            yield _split(words, start, separator)


def _split(words: str, at: int, separator: str) -> list[Cell]:
    row = []
    for part in words.split(separator):
        bare = part.strip()
        end = at + len(part)
        if len(bare) == len(part):
            row.append(Cell(bare, at, end))
        else:
            start = at + part.find(bare)
            row.append(Cell(bare, start, start + len(bare)))
        at = end + 1
    return row


def _quoted_cells(separator: str) -> re.Pattern[str]:
    return re.compile(rf'[ ]*+(?:"((?:[^"]|"")*+)"[ ]*+|([^"{separator}\r\n][^{separator}\r\n]*+|))')


def _scanned(text: str, at: int, cells: re.Pattern[str], separator: str) -> tuple[list[Cell], int]:
    """A row with quotes, which may have several lines, and where the next one begins."""
    row = []
    while True:
        found = cells.match(text, at)
        assert found, "it matches nothing, too"
        group = 2 if found[1] is None else 1
        words = found[2].strip() if found[1] is None else found[1].replace('""', '"')
        start = found.start(group) - (2 - group)
        row.append(Cell(words, start, start + len(words) if group == 2 else found.end(1) + 1))
        at = found.end()
        if at >= len(text) or text[at] in "\r\n":
            return row, at + (2 if text.startswith("\r\n", at) else 1)
        if text[at] != separator:
            raise Broken(at, "a quote that never closes" if found[1] is None else "something behind the closing quote")
        at += 1


# --- columns


def _header(row: list[Cell]) -> tuple[str, ...] | None:
    """The names of the columns, if this row has them: the first is that of the text, and another is known or nearly."""
    names = tuple(fields().get(cell.text.casefold(), cell.text.casefold()) for cell in row)
    known = (*_COLUMNS, *_KIND_COLUMNS)
    if "text" not in names or not any(suggest(name, (*known, *fields())) for name in names if name != "text"):
        return None
    return names if names[0] == "text" or set(names) <= {*known, ""} else None


def _check_columns(draft: Draft, row: list[Cell], columns: tuple[str, ...]) -> None:
    known = (*_COLUMNS, *sorted(_KIND_COLUMNS))
    for at, (cell, name) in enumerate(zip(row, columns, strict=True)):
        if name in columns[:at] and name:
            draft.report(lexicon_field.RULE, cell.at, cell.end, f"the column {name} stands twice")
        elif name not in known and name:
            draft.unknown("column", cell.text, cell.at, cell.end, known)
    values = [name for name in columns if name == "value" or name in _KIND_COLUMNS]
    if not values:
        draft.report(lexicon_field.RULE, row[0].at, row[-1].end, "no column says how the text is spoken")


class _Table:
    """Which cell of a row holds what; `said`: the cells that may say how the text is spoken, with their kind."""

    def __init__(self, columns: Sequence[str]) -> None:
        at = {name: number for number, name in reversed(list(enumerate(columns)))}
        self.columns = columns
        self.text, self.kind = at["text"], at.get("kind")
        self.said = [(number, kinds().get(name)) for name, number in at.items() if name in ("value", *_KIND_COLUMNS)]
        self.said.sort(key=lambda pair: pair[0])
        self.context = [at.get(name) for name in ("before", "after", "note")]
        self.has_context = any(number is not None for number in self.context)
        self.least = 1 + max(self.text, min((number for number, _ in self.said), default=0))

    def entry(self, draft: Draft, row: list[Cell]) -> Raw | None:
        if len(row) > len(self.columns) and not self.fits(draft, row):
            return None
        if len(row) < self.least:
            message = f"a row with {len(row)} of {len(self.columns)} cells does not say how its text is spoken"
            message += _hint_of_separator(row)
            draft.report(lexicon_field.RULE, row[0].at, row[-1].end, message)
            return None
        while len(row) < len(self.columns):
            row.append(Cell("", row[-1].end, row[-1].end))
        said = self.spoken(draft, row)
        if said is None:
            return None
        (key, at, end), ((value, value_at, value_end), kind) = row[self.text], said
        kind = kind or guessed(key, value)
        value = unslashed(value) if kind is Kind.PHONES else value
        context = ["" if number is None else row[number].text for number in self.context] if self.has_context else ()
        return Raw(key, kind, value, at, end, value_at, value_end, *context)

    def fits(self, draft: Draft, row: list[Cell]) -> bool:
        """Whether the cells behind the last column are empty."""
        extra = next((cell for cell in row[len(self.columns) :] if cell.text), None)
        if extra:
            message = (
                f"{len(row)} cells in a table of {len(self.columns)} columns: {quoted(extra.text)} belongs to none"
            )
            draft.report(lexicon_field.RULE, extra.at, extra.end, message)
        return extra is None

    def spoken(self, draft: Draft, row: list[Cell]) -> tuple[Cell, Kind | None] | None:
        """The cell that says how the text is spoken, and its kind if that is named."""
        said = self.said if len(self.said) == 1 else [pair for pair in self.said if row[pair[0]].text] or self.said[:1]
        if len(said) > 1:
            first, second = (row[number] for number, _ in said[:2])
            message = (
                f"{quoted(first.text)} and {quoted(second.text)} for {quoted(row[self.text].text)}: one of them speaks"
            )
            draft.report(lexicon_field.RULE, second.at, second.end, message)
            return None
        if not said:
            return None
        number, kind = said[0]
        named = row[self.kind] if self.kind is not None and kind is None else None
        if named is not None and named.text:
            kind = kinds().get(named.text.casefold())
            if kind is None:
                draft.unknown("kind", named.text, named.at, named.end, tuple(Kind))
                return None
        return row[number], kind


def _hint_of_separator(row: list[Cell]) -> str:
    """What is said of a row that other separators seem to part."""
    found = _OTHER_SEPARATOR.search(row[0].text) if len(row) == 1 else None
    return f" (cells are parted by commas in CSV, by tabs in TSV, not by {found[0]!r})" if found else ""


def _without_header(row: list[Cell]) -> _Table:
    named = len(row) == 3 and row[1].text.casefold() in kinds()
    return _bare_table("text", "kind", "value") if named else _bare_table("text", "value")


@cache
def _bare_table(*columns: str) -> _Table:
    return _Table(columns)


# --- writing


def write_csv(entries: Iterable[Entry]) -> str:
    """A table with a header."""
    return _written(list(entries), ",")


def write_tsv(entries: Iterable[Entry]) -> str:
    """A table with a header, tabs between the columns."""
    return _written(list(entries), "\t")


def _written(entries: list[Entry], separator: str) -> str:
    columns = ["key", "kind", "value"]
    columns += [name for name in ("before", "after", "note") if any(getattr(entry, name) for entry in entries)]
    rows = [[_cell(getattr(entry, name), separator) for name in columns] for entry in entries]
    return "".join(f"{separator.join(row)}\n" for row in [["text", *columns[1:]], *rows])


def _cell(text: str, separator: str) -> str:
    plain = (
        text == text.strip() and not text.startswith(("#", "@")) and not _SPECIAL.search(text) and separator not in text
    )
    return text if plain else '"' + text.replace('"', '""') + '"'
