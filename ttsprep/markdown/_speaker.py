"""From the parser's tokens to what is spoken: blocks, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, Self

from markdown_it.token import Token

from ttsprep.mapped import MappedText
from ttsprep.markdown._html import visible
from ttsprep.markdown._options import Code, MarkdownOptions, Tables
from ttsprep.markdown._places import Original, Place, place_of
from ttsprep.markdown._running import RunningText

__all__ = ["Speaker"]


class Speaker(RunningText):
    """Speaks one batch of blocks after the other; what it carries from one to the next is only the script."""

    def __init__(self, options: MarkdownOptions) -> None:
        super().__init__(options)
        self._items: list[int | None] = []  # the next number of each open list; None for bullets
        self._starts_of: Original | None = None
        self._starts: list[int] = []

    def speak(self, tokens: Sequence[Token], original: Original) -> MappedText:
        """What is heard of these blocks."""
        self._begin(original)
        index = 0
        while index < len(tokens):
            index = self._block(tokens, index)
        return self._end()

    def copy(self) -> Self:
        """Another one that goes on from here."""
        other = super().copy()
        other._items = self._items.copy()
        return other

    # --- blocks ---------------------------------------------------------------------------------------------------

    def _block(self, tokens: Sequence[Token], index: int) -> int:
        token = tokens[index]
        if token.type == "table_open":
            return self._table(tokens, index)
        handle = self._BLOCKS.get(token.type)
        if handle:
            handle(self, token)
        elif token.type == "inline":
            self._content(token)
        elif token.type in ("heading_close", "paragraph_close"):
            self._end_line(token.type == "heading_close" or bool(self._items))
        return index + 1

    def _list_open(self, token: Token) -> None:
        ordered = token.type == "ordered_list_open"
        self._items.append(int(token.attrs.get("start", 1)) if ordered else None)

    def _list_close(self, _token: Token) -> None:
        self._items.pop()

    def _item_open(self, token: Token) -> None:
        number, self._fresh_item = self._items[-1], True
        if number is None:
            return
        self._items[-1] = number + 1
        marker = token.info + token.markup
        line = self._line_starts[token.map[0]] if token.map else 0
        at = self._original.text.find(marker, max(self._cursor, line))
        end = at + len(marker)
        if token.info == str(number):
            self._verbatim(marker, at)
        else:
            self._replaced(f"{number}{token.markup}", at, end)
        self._blank(end, end)

    def _item_close(self, _token: Token) -> None:
        self._end_line(pause=False)  # an item that is only a number

    def _code(self, token: Token) -> None:
        if self.options.code is Code.SKIP or not token.content.strip():
            return
        start, end = self._extent(token)
        if self.options.code is Code.ANNOUNCE:
            self._replaced(self._announcement(token), start, end)
        else:
            self._code_lines(token, start)
        self._end_line(pause=True)

    def _extent(self, token: Token) -> tuple[int, int]:
        """From the first to the last visible character of a block, in the parser's text."""
        first, last = token.map or [0, 0]
        starts = self._line_starts
        text = self._original.text
        start, end = starts[first], starts[last] if last < len(starts) else len(text)
        block = text[start:end]
        return max(self._cursor, start + len(block) - len(block.lstrip())), start + len(block.rstrip())

    @property
    def _line_starts(self) -> list[int]:
        original = self._original
        if self._starts_of is not original:
            self._starts_of = original
            self._starts = [0, *(found.end() for found in re.finditer("\n", original.text))]
        return self._starts

    def _announcement(self, token: Token) -> str:
        """In the script of what was spoken before; at the start of a document, in that of the code."""
        lines = token.content.count("\n") + (not token.content.endswith("\n") and bool(token.content))
        name = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
        if self._is_chinese("") or (not self._recent and self._has_chinese(token.content)):
            return "，".join(filter(None, ("代码块", name, f"{lines}行"))) + "。"
        return ", ".join(filter(None, ("Code block", name, f"{lines} line{'s'[lines == 1 :]}"))) + "."

    def _code_lines(self, token: Token, start: int) -> None:
        at = self._original.text.find("\n", start) if token.type == "fence" else start
        for line in token.content.splitlines():
            if code := line.strip():
                found = self._original.text.find(code, at)
                self._verbatim(code, found)
                at = found + len(code)
                self._end_line(pause=False)

    def _html(self, token: Token) -> None:
        place = place_of(token, self._original.text)
        for start, end, text in visible(token.content):
            if text == "\n" and token.content[start] == "<":
                self._end_line(pause=False)
            elif text == token.content[start:end]:
                self._source_lines(text, start, place)
            else:
                self._replaced(text, place.at(start), place.end(end))
        self._end_line(pause=False)

    def _source_lines(self, text: str, start: int, place: Place) -> None:
        """Text of several source lines, its line ends and the white space around them as one blank."""
        at = start
        for line in text.splitlines(keepends=True):
            stripped = line.strip()
            lead = len(line) - len(line.lstrip())
            if lead and stripped:
                self._blank(place.at(at + lead), place.at(at + lead))
            self._fragment(stripped, at + lead, place)
            if line[-1].isspace():
                end = place.end(at + lead + len(stripped))
                self._blank(end, end)
            at += len(line)

    def _math_block(self, token: Token) -> None:
        self._whole(token.content, 0, place_of(token, self._original.text))
        self._end_line(pause=False)

    _BLOCKS: ClassVar[dict[str, Callable[[Speaker, Token], None]]] = {
        "bullet_list_open": _list_open,
        "ordered_list_open": _list_open,
        "bullet_list_close": _list_close,
        "ordered_list_close": _list_close,
        "list_item_open": _item_open,
        "list_item_close": _item_close,
        "fence": _code,
        "code_block": _code,
        "html_block": _html,
        "math_block": _math_block,
    }

    # --- tables ---------------------------------------------------------------------------------------------------

    def _table(self, tokens: Sequence[Token], index: int) -> int:
        """Row by row; cells that are empty are not heard. Returns the index behind the table."""
        self._in_table = True
        labels: list[str] = []
        column, comma, labelled = 0, "", self.options.tables is Tables.LABELLED and _has_rows(tokens, index)
        while tokens[index].type != "table_close":
            token = tokens[index]
            if token.type == "tr_open":
                column, comma = 0, self._comma(tokens, index)
            elif token.type == "inline" and self.options.tables is not Tables.SKIP:
                head = tokens[index - 1].type == "th_open"
                if head and labelled:
                    labels.append(self._unheard(token))
                elif token.content:
                    self._cell(token, labels[column] if not head and column < len(labels) else "", comma)
                column += 1
            elif token.type == "tr_close":
                self._end_line(pause=True)
            index += 1
        self._in_table = False
        return index + 1

    def _comma(self, tokens: Sequence[Token], index: int) -> str:
        """Between the cells of the row that begins at `index`, by its script."""
        cells = []
        while tokens[index].type != "tr_close":
            cells.append(tokens[index].content)
            index += 1
        return "，" if self._is_chinese(" ".join(cells)) else ", "

    def _cell(self, token: Token, label: str, comma: str) -> None:
        """The comma and the label wait until something of the cell is heard."""
        self._due = None
        if label:
            at = self._original.at(place_of(token, self._original.text).at(0))
            self._due = (comma if self._line else "") + label + comma, at, at
        else:
            self._wait(comma, self._cursor, self._cursor)
        self._content(token)

    def _unheard(self, token: Token) -> str:
        """What would be heard of a header, to be said before each of its cells."""
        other = Speaker(self.options)
        other._original, other._in_table = self._original, True
        other._content(token)
        return other._build.build().text


def _has_rows(tokens: Sequence[Token], index: int) -> bool:
    """Whether the table that begins at `index` has more than a header."""
    while tokens[index].type not in ("tbody_open", "table_close"):
        index += 1
    return tokens[index].type == "tbody_open"
