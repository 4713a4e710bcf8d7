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
from collections.abc import Iterable, Iterator
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
    columns: tuple[str, ...] | None = None
    for number, row in enumerate(_rows(draft, separator)):
        if number == 0 and (named := _header(row)):
            columns = named
            _check_columns(draft, row, columns)
        elif raw := _entry(draft, row, columns or _without_header(row)):
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
        start = at + (part.find(bare) if bare else 0)
        row.append(Cell(bare, start, start + len(bare)))
        at += len(part) + 1
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


def _without_header(row: list[Cell]) -> tuple[str, ...]:
    if len(row) == 3 and row[1].text.casefold() in kinds():
        return ("text", "kind", "value")
    return ("text", "value")


def _entry(draft: Draft, row: list[Cell], columns: tuple[str, ...]) -> Raw | None:
    if len(row) > len(columns) and any(cell.text for cell in row[len(columns) :]):
        extra = row[len(columns)]
        message = f"{len(row)} cells in a table of {len(columns)} columns: {quoted(extra.text)} belongs to none"
        draft.report(lexicon_field.RULE, extra.at, extra.end, message)
        return None
    if len(row) == 2 == len(columns) and columns[1] == "value":
        key, value = row
        kind = guessed(key.text, value.text)
        said = unslashed(value.text) if kind is Kind.PHONES else value.text
        return Raw(key.text, kind, said, key.at, key.end, value.at, value.end)
    cells = dict(zip(columns, row, strict=False))
    return _named_entry(draft, cells, row)


def _named_entry(draft: Draft, cells: dict[str, Cell], row: list[Cell]) -> Raw | None:
    nothing = Cell("", row[-1].end, row[-1].end)
    key = cells.get("text", nothing)
    said = [(name, cell) for name, cell in cells.items() if cell.text and (name == "value" or name in _KIND_COLUMNS)]
    if len(said) > 1:
        message = f"{said[0][0]} and {said[1][0]} for {quoted(key.text)}: one of them speaks"
        draft.report(lexicon_field.RULE, said[1][1].at, said[1][1].end, message)
        return None
    empty = [(name, cell) for name, cell in cells.items() if name == "value" or name in _KIND_COLUMNS]
    column, value = (said or (empty if len(empty) == 1 else [("value", nothing)]))[0]
    named = cells.get("kind", nothing)
    if named.text and named.text.casefold() not in kinds():
        draft.unknown("kind", named.text, named.at, named.end, tuple(Kind))
        return None
    kind = Kind(column) if column in _KIND_COLUMNS else kinds().get(named.text.casefold())
    kind = kind or guessed(key.text, value.text)
    context = [cells.get(name, nothing).text for name in ("before", "after", "note")]
    words = unslashed(value.text) if kind is Kind.PHONES else value.text
    return Raw(key.text, kind, words, key.at, key.end, value.at, value.end, *context)


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
