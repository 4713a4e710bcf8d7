"""From the parser's tokens to what is spoken, piece by piece, each with its source."""

from __future__ import annotations

import copy
import html
import re
from collections.abc import Callable, Sequence
from typing import ClassVar

from markdown_it.token import Token

from ttsprep.mapped import Builder, MappedText
from ttsprep.markdown._html import BREAKING, HIDDEN, alternative, tag_name, visible
from ttsprep.markdown._options import Addresses, Code, MarkdownOptions, Tables
from ttsprep.markdown._places import Original, Place, place_of

__all__ = ["Speaker"]

_RECENT = 200  # how many characters tell in which script a code block is announced
_CJK_TEXT = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_]\S*")
_ENDED = frozenset("。！？!?.…；;：:，,、｡．‥⋯—～~॥।؟۔")
_SCHEME_AND_HOST = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://)?(?:[^/?#@]*@)?(?:www\.)?([^/?#]*)")
_TASK = re.compile(r"\[[ xX]\](?:\s|\Z)")
_JOINS = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—]")
_NUL_OR_NOT = re.compile("\ufffd|[^\ufffd]+")
_LINE_BREAK = re.compile(r"\s*[\n\r]\s*")
_UNHEARD_AROUND_BREAK = " \t\r\n*_~`["
# The paragraphs of a novel and the points of a Chinese list: a line that begins so stands by itself.
_POINT = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_OWN_LINE = re.compile(rf"\s*(?:\u3000|[*_]*(?:{_POINT}、|（{_POINT}）|[①-⑳㈠-㈩]|[0-9]\ufe0f?\u20e3))")


class Speaker:
    """Speaks one batch of blocks after the other; what it carries from one to the next is only the script."""

    def __init__(self, options: MarkdownOptions) -> None:
        self.options = options
        self._build = Builder()
        self._original = Original("", 0)
        self._line: list[str] = []  # what was heard of the open line
        self._recent = ""  # the end of what was heard of the lines before
        self._last = ""  # the last letter, digit or end mark of the open line
        self._due: tuple[str, int, int] | None = (
            None  # blanks or a separator with its source: heard if something follows
        )
        self._newline_at: int | None = None  # in the source: the line ending that comes before the next line
        self._items: list[int | None] = []  # the next number of each open list; None for bullets
        self._in_table = False
        self._fresh_item = False
        self._starts_of: Original | None = None
        self._starts: list[int] = []
        self._muted = 0
        self._cursor = 0  # up to where the parser's text is spoken
        self._spoken_to = 0  # up to where the source was spoken by the batches before

    def speak(self, tokens: Sequence[Token], original: Original) -> MappedText:
        """What is heard of these blocks."""
        self._build, self._original, self._cursor = Builder(), original, 0
        index = 0
        while index < len(tokens):
            index = self._block(tokens, index)
        self._spoken_to = self._source_cursor
        return self._build.build()

    def copy(self) -> Speaker:
        """Another one that goes on from here."""
        other = copy.copy(self)
        other._line, other._items = self._line.copy(), self._items.copy()
        return other

    @property
    def is_between_lines(self) -> bool:
        """Whether a line has ended and none has begun."""
        return self._newline_at is not None

    @property
    def _source_cursor(self) -> int:
        return self._original.at(self._cursor) if self._cursor else self._spoken_to

    # --- pieces ---------------------------------------------------------------------------------------------------

    def _verbatim(self, text: str, start: int) -> None:
        """Text as it stands at `start` of the parser's text. Blanks at its edges are heard between other text only:
        no line begins or ends with one, and none comes twice where something between is not heard.
        """
        if self._muted or not text:
            return
        if text[0].isspace() or text[-1].isspace():
            bare = text.strip()
            lead = len(text) - len(text.lstrip())
            self._wait(text[:lead], start)
            self._verbatim(bare, start + lead)
            self._wait(text[lead + len(bare) :], start + lead + len(bare))
        elif self._original.nul and "\ufffd" in text and len(text) > 1:
            for found in _NUL_OR_NOT.finditer(text):
                self._verbatim(found[0], start + found.start())
        elif self._original.nul and text == "\ufffd":
            self._replaced(text, start, start + 1)
        else:
            self._pay()
            self._build.verbatim(text, self._original.at(start))
            self._heard(text, start + len(text))

    def _replaced(self, text: str, start: int, end: int) -> None:
        """Text that stands for what the parser's text has from `start` to `end`."""
        bare = text.strip()
        if self._muted or not bare:
            self._blank(start, end)
            return
        if text[0].isspace():
            self._blank(start, start)
        self._pay()
        self._build.replaced(_LINE_BREAK.sub(" ", bare), self._original.at(start), self._original.at(end))
        self._heard(bare, end)
        if text[-1].isspace():
            self._blank(end, end)

    def _blank(self, start: int, end: int) -> None:
        """One blank for what the parser's text has from `start` to `end`, if something follows on the line."""
        self._wait(" ", start, end)

    def _wait(self, text: str, start: int, end: int = -1) -> None:
        """Blanks or a separator: heard if something follows on the line. Without an end they are verbatim."""
        if text and self._line and self._due is None and not self._muted:
            self._due = text, self._original.at(start), self._original.at(end) if end >= 0 else -1

    def _pay(self) -> None:
        """What is due before text: the line ending behind the line before, blanks, a separator."""
        if self._newline_at is not None:
            self._build.inserted("\n", self._newline_at)
            self._newline_at = None
        if self._due is None:
            return
        (text, start, end), self._due = self._due, None
        self._line.append(text)
        self._last = self._last if text.isspace() else ""  # behind a comma of cells the end of a line is open again
        if end < 0:
            self._build.verbatim(text, start)
        elif start == end:
            self._build.inserted(text, start)
        else:
            self._build.replaced(text, start, end)

    def _heard(self, text: str, end: int) -> None:
        self._cursor = max(self._cursor, end)
        self._line.append(text)
        for character in reversed(text):
            if character.isalnum() or character in _ENDED:
                self._last = character
                break

    def _end_line(self, pause: bool) -> None:
        """The end of a block: a full stop if it wants one, and a line ending before the next."""
        if self._muted or not self._line:
            self._due = None  # the label of a cell of which nothing is heard
            return
        line, at = "".join(self._line), self._source_cursor
        if pause and self.options.pauses and self._last not in _ENDED:
            self._build.inserted("。" if self._is_chinese(line) else ".", at)
        self._newline_at, self._recent = at, (self._recent + line)[-_RECENT:]
        self._line, self._last, self._due = [], "", None

    def _is_chinese(self, text: str) -> bool | None:
        """Whether it wants Chinese marks; a text without a letter takes those of what was heard before it."""
        found = _is_chinese(text)
        return _is_chinese(self._recent) if found is None else found

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
        if self._is_chinese("") or (not self._recent and _CJK_TEXT.search(token.content)):
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

    # --- running text ---------------------------------------------------------------------------------------------

    def _content(self, token: Token) -> None:
        place = place_of(token, self._original.text) if token.content else Place([0], [0])
        task = _TASK.match(token.content) if self._fresh_item and not self._in_table else None
        skipped, self._fresh_item = task.end() if task else 0, False
        if token.children is None:  # nothing but text
            self._fragment(token.content[skipped:], skipped, place)
        else:
            self._inline(token.children, token.content, place, skipped)
            self._muted = 0

    def _inline(self, tokens: Sequence[Token], content: str, place: Place, skipped: int = 0) -> None:
        link = False
        for token in tokens:
            at = token.map[0] if token.map else 0
            kind = token.type
            if kind == "text":
                text = token.content
                if at < skipped:
                    text, at = text[skipped - at :], skipped
                if text and link:
                    self._address(text, at + 1, place)
                elif text:
                    self._fragment(text, at, place)
            elif kind == "link_open":
                link = token.markup == "autolink"
            elif kind == "link_close":
                link = False
            elif kind in self._INLINES:
                self._INLINES[kind](self, token, at, content, place)

    def _fragment(self, text: str, at: int, place: Place) -> None:
        """Text as it stands in the content."""
        if len(place.contents) == 1:
            self._verbatim(text, place.sources[0] + at)
        else:
            for start, end in place.stretches(at, at + len(text)):
                self._verbatim(text[start - at : end - at], place.at(start))

    def _whole(self, text: str, at: int, place: Place) -> None:
        """Text as it stands over several lines, with a blank for each line ending."""
        first, *others = text.split("\n")
        self._fragment(first, at, place)
        at += len(first) + 1
        for line in others:
            lead = len(line) - len(line.lstrip(" \t"))  # may be blanks that a tab was made into
            self._blank(place.end(at - 1), place.at(at))
            self._fragment(line[lead:], at + lead, place)
            at += len(line) + 1

    def _special(self, token: Token, at: int, _content: str, place: Place) -> None:
        """An escape or an entity."""
        if token.info == "escape":
            self._fragment(token.content, at + len(token.markup) - len(token.content), place)
        else:
            self._replaced(token.content, place.at(at), place.end(at + len(token.markup)))

    def _soft_break(self, _token: Token, at: int, content: str, place: Place) -> None:
        """A line ending inside a paragraph; Chinese and Japanese join without a blank."""
        if _OWN_LINE.match(content, at + 1):
            self._end_line(pause=False)
            return
        before = content[max(at - 8, 0) : at].rstrip(_UNHEARD_AROUND_BREAK)[-1:]
        after = content[at : at + 24].lstrip(_UNHEARD_AROUND_BREAK)[:1]
        if not (_JOINS.match(before) and _JOINS.match(after)):
            self._blank(place.at(at), place.at(at) + 1)

    def _hard_break(self, _token: Token, at: int, _content: str, place: Place) -> None:
        if self._in_table:
            self._blank(place.at(at), place.at(at))
        else:
            self._end_line(pause=False)

    def _code_span(self, token: Token, at: int, content: str, place: Place) -> None:
        at += len(token.markup)
        if content[at : at + len(token.content)].replace("\n", " ") != token.content:
            at += 1  # one blank on either side is taken off
        self._whole(content[at : at + len(token.content)], at, place)

    def _image(self, token: Token, at: int, _content: str, place: Place) -> None:
        if self.options.images and token.children:
            self._inline(token.children, token.content, place.inner(at + len("![")))

    def _tag(self, token: Token, at: int, content: str, place: Place) -> None:
        name, closes = tag_name(token.content), token.content.startswith("</")
        if name in HIDDEN:
            self._muted = max(self._muted + (-1 if closes else 1), 0)
        elif name == "img":
            start, end = alternative(token.content)
            text = html.unescape(token.content[start:end])
            if self.options.images and text == token.content[start:end]:
                self._whole(text, at + start, place)
            elif self.options.images:
                self._replaced(text, place.at(at + start), place.end(at + end))
        elif name in BREAKING:
            self._hard_break(token, at, content, place)

    def _alert(self, token: Token, at: int, _content: str, place: Place) -> None:
        self._replaced(token.content.capitalize(), place.at(at), place.end(at + len(token.markup)))
        self._end_line(pause=True)

    def _struck(self, token: Token, _at: int, _content: str, _place: Place) -> None:
        if not self.options.struck:
            self._muted += token.nesting

    def _formula(self, token: Token, at: int, _content: str, place: Place) -> None:
        self._whole(token.content, at, place)

    def _bare_address(self, token: Token, at: int, _content: str, place: Place) -> None:
        self._address(token.content, at, place)

    def _address(self, text: str, at: int, place: Place) -> None:
        kind = self.options.addresses
        if kind is Addresses.SKIP:
            return
        start, end = 0, len(text)
        found = _SCHEME_AND_HOST.match(text)
        if found and "@" in text and "//" not in text:
            start = len("mailto:") if text.startswith("mailto:") else 0
        elif found and found[1] and kind is Addresses.HOST:
            start, end = found.span(1)
        self._fragment(text[start:end], at + start, place)

    _INLINES: ClassVar[dict[str, Callable[[Speaker, Token, int, str, Place], None]]] = {
        "text_special": _special,
        "softbreak": _soft_break,
        "hardbreak": _hard_break,
        "code_inline": _code_span,
        "image": _image,
        "html_inline": _tag,
        "math_inline": _formula,
        "alert": _alert,
        "address": _bare_address,
        "s_open": _struck,
        "s_close": _struck,
    }


def _has_rows(tokens: Sequence[Token], index: int) -> bool:
    """Whether the table that begins at `index` has more than a header."""
    while tokens[index].type not in ("tbody_open", "table_close"):
        index += 1
    return tokens[index].type == "tbody_open"


def _is_chinese(text: str) -> bool | None:
    """Whether a text is Chinese or Japanese, foreign words in it included; None where it has no letter."""
    characters = len(_CJK_TEXT.findall(text))
    words = len(_WORD.findall(_CJK_TEXT.sub(" ", text) if characters else text))
    return characters >= words if characters or words else None
