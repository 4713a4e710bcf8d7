"""What is heard of a table."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from ttsprep.mapped import Builder
from ttsprep.markdown._lines import ENDED
from ttsprep.markdown._options import Tables
from ttsprep.markdown._places import place_of
from ttsprep.markdown._running import RunningText, words

__all__ = ["Tabling"]

_MANY_COLUMNS = 3


class Tabling(RunningText):
    """Speaks tables row by row; cells that are empty are not heard."""

    def _table(self, tokens: Sequence[Token], index: int) -> int:
        """The table that begins at `index`, as far as it has come. Returns the index behind it."""
        end = index
        while tokens[end].type != "table_close":
            end += 1
        kind, goes_on = self.options.tables, "goes_on" in tokens[end].meta
        self._in_table = True
        if kind is Tables.ANNOUNCE and not goes_on:
            self._announce_table(tokens, index, end)
        elif kind in (Tables.AUTO, Tables.ROWS, Tables.LABELLED):
            unread = self._rows(_rows(tokens, index, end), goes_on=goes_on)
            if unread and not goes_on:
                at = self._cursor
                self._replaced(self._announced("more rows", self._line_before, count=unread), at, at)
                self._end_line(pause=False)
        self._in_table = False
        return end + 1

    def _rows(self, rows: list[list[Token]], *, goes_on: bool) -> int:
        """Speak the rows, the first of which is the header. Returns how many are not."""
        header, columns = rows[0], len(rows[0])
        many = (
            columns >= _MANY_COLUMNS if self.options.tables is Tables.AUTO else self.options.tables is Tables.LABELLED
        )
        labelled = many and (goes_on or len(rows) > 1)
        labels = [self._label(cell) for cell in header] if labelled else []
        read = max(self.options.table_cells // max(columns, 1), 1)
        if not labelled:
            self._row(header, [])
        for row in rows[1 : read + 1]:
            self._row(row, labels)
        return max(len(rows) - 1 - read, 0)

    def _row(self, row: Sequence[Token], labels: Sequence[str]) -> None:
        chinese = bool(self._is_chinese(words(" ".join((*labels, *(token.content for token in row))))))
        for column, token in enumerate(row):
            if token.content:
                self._cell(
                    token, labels[column] if column < len(labels) else "", chinese=chinese, labelled=bool(labels)
                )
        self._end_line(pause=True)

    def _cell(self, token: Token, label: str, *, chinese: bool, labelled: bool) -> None:
        """What stands before the cell waits until something of it is heard."""
        self._due = None
        apart = self._between(chinese=chinese, labelled=labelled) if self._line else ""
        colon = ("：" if chinese else ": ") if label else ""
        at = self._original.at(place_of(token, self._original.text).at(0))
        if apart or label:
            self._due = apart + label + colon, at, at
        self._content(token)

    def _between(self, *, chinese: bool, labelled: bool) -> str:
        """What stands between two cells; no second mark behind one, and none at all in a neutral reading."""
        if not self.options.pauses:
            return " "
        if self._last in ENDED:
            return " " if self._last.isascii() else ""
        return ("；" if chinese else "; ") if labelled else ("，" if chinese else ", ")

    def _announce_table(self, tokens: Sequence[Token], index: int, end: int) -> None:
        rows = _rows(tokens, index, end)
        labels = [label for label in map(self._label, rows[0]) if label]
        first, last = self._extent(tokens[index])
        chinese = self._is_chinese(" ".join(labels))
        words = self._announced(
            "table", " ".join(labels), count=len(rows) - 1, name=("，" if chinese else ", ").join(labels)
        )
        self._replaced(words, first, last)
        self._end_line(pause=False)

    def _label(self, token: Token) -> str:
        """What would be heard of a header, to be said before each of its cells."""
        if not token.content:
            return ""
        other = self.copy()
        other._build, other._line, other._due, other._newline_at, other._in_table = Builder(), [], None, None, True
        other._content(token)
        self.found += other.found
        return other._build.build().text.rstrip("：: ")


def _rows(tokens: Sequence[Token], index: int, end: int) -> list[list[Token]]:
    """The content of the cells, row by row."""
    rows: list[list[Token]] = []
    for token in tokens[index:end]:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token)
    return rows
