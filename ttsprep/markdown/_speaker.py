"""From the parser's tokens to what is spoken: blocks and lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from typing import TYPE_CHECKING, ClassVar, Self

from markdown_it.token import Token

from ttsprep.mapped import MappedText
from ttsprep.markdown._html import visible
from ttsprep.markdown._options import Breaks, Code, Footnotes, MarkdownOptions
from ttsprep.markdown._places import Original, Place, place_of
from ttsprep.markdown._tables import Tabling

if TYPE_CHECKING:
    from ttsprep.latex import ReadsFormulas

__all__ = ["Speaker"]

# The word before a title, line numbers or attributes: js:app.js, python{1,3}, rust,no_run, {.python}, {r, echo=FALSE}
_CODE_LANGUAGE = re.compile(r"\s*(?:\{\s*\.?)?([^\s{}:,=#.][^\s{}:,=]*+)(?!=)")


class Speaker(Tabling):
    """Speaks one batch of blocks after the other; what it carries from one to the next is only the script."""

    def __init__(self, options: MarkdownOptions, settings: ReadsFormulas | None = None) -> None:
        super().__init__(options, settings)
        self._items: list[int | None] = []  # the next number of each open list; None for bullets
        self._notes = 0  # how many footnotes and definitions are open

    def speak(self, tokens: Sequence[Token], original: Original) -> MappedText:
        """What is heard of these blocks."""
        self._begin(original)
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "table_open":
                index = self._table(tokens, index)
                continue
            if handle := self._BLOCKS.get(token.type):
                handle(self, token)
            index += 1
        return self._end()

    def copy(self) -> Self:
        """Another one that goes on from here."""
        other = super().copy()
        other._items = self._items.copy()
        return other

    # --- blocks ---------------------------------------------------------------------------------------------------

    def _heading_close(self, _token: Token) -> None:
        self._end_line(pause=True)

    def _paragraph_close(self, _token: Token) -> None:
        self._end_line(pause=bool(self._items or self._notes))

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
        if not self.options.numbers:
            return
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

    def _footnote_open(self, token: Token) -> None:
        self._notes += 1
        if self.options.footnotes is Footnotes.SKIP:
            self._silent += 1
            self._muted += 1
        elif self.options.footnotes is Footnotes.ANNOUNCE:
            kind = "numbered note" if token.info.isdecimal() else "note"
            words, at = self._announced(kind, token.meta["first"], name=token.info), token.meta["at"]
            self._replaced(words, at, at + len(token.markup))

    def _footnote_close(self, _token: Token) -> None:
        self._notes -= 1
        self._end_line(pause=False)  # a note without text
        if self.options.footnotes is Footnotes.SKIP:
            self._silent -= 1
            self._muted -= 1

    def _definition_open(self, _token: Token) -> None:
        self._notes += 1
        self._go_on("：", ": ")

    def _definition_close(self, _token: Token) -> None:
        self._notes -= 1

    def _break(self, token: Token) -> None:
        if self.options.breaks is Breaks.ANNOUNCE:
            self._replaced(self._announced("break", ""), *self._extent(token))
            self._end_line(pause=False)

    def _code(self, token: Token) -> None:
        if token.type == "fence" and token.info.strip() == "math":
            self._math_fence(token)
            return
        if self.options.code is Code.SKIP or not token.content.strip():
            return
        start, end = self._extent(token)
        if self.options.code is Code.ANNOUNCE:
            self._replaced(self._announcement(token), start, end)
        else:
            self._code_lines(token, start)
        self._end_line(pause=True)

    def _announcement(self, token: Token) -> str:
        """In the language of what was heard before; at the start of a document, in that of the code."""
        lines = token.content.count("\n") + (not token.content.endswith("\n") and bool(token.content))
        named = _CODE_LANGUAGE.match(token.info)
        name = named[1] if named else ""
        beside = "" if self._recent or not self._has_chinese(token.content) else "中"
        return self._announced("named code" if name else "code", beside, count=lines, name=name)

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
        self._display(token.content, place_of(token, self._original.text))

    def _math_fence(self, token: Token) -> None:
        """The service reads formulas between dollars, not in fences."""
        formula, first = token.content.strip(), (token.map or [0, 0])[0] + 1
        if not formula:
            return
        lines = token.content.removesuffix("\n").count("\n") + 1
        ends = [start - 1 for start in self._line_starts[first + 1 : first + 1 + lines]]
        code = copy(token)
        code.meta = {"ends": [*ends, len(self._original.text)][:lines]}
        at = token.content.index(formula)
        language = self._language_of(f"${formula}$", 0, len(formula) + 2)
        if language is None:
            self._replaced(f"$${formula}$$", *self._extent(token))
        else:
            self._speak_formula(formula, at, place_of(code, self._original.text), language)
        self._end_line(pause=language is not None)

    def _display(self, formula: str, place: Place) -> None:
        language = self._language_of(formula, 0, len(formula))
        self._speak_formula(formula, 0, place, language)
        self._end_line(pause=language is not None)

    _BLOCKS: ClassVar[dict[str, Callable[[Speaker, Token], None]]] = {
        "inline": Tabling._content,
        "heading_close": _heading_close,
        "paragraph_close": _paragraph_close,
        "bullet_list_open": _list_open,
        "ordered_list_open": _list_open,
        "bullet_list_close": _list_close,
        "ordered_list_close": _list_close,
        "list_item_open": _item_open,
        "list_item_close": _item_close,
        "footnote_open": _footnote_open,
        "footnote_close": _footnote_close,
        "definition_open": _definition_open,
        "definition_close": _definition_close,
        "hr": _break,
        "fence": _code,
        "code_block": _code,
        "html_block": _html,
        "math_block": _math_block,
    }
