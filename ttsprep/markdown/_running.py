"""What is heard of running text: the content of a paragraph, a heading or a cell."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import ClassVar

from markdown_it.token import Token

from ttsprep.markdown._html import BREAKING, HIDDEN, alternative, tag_name
from ttsprep.markdown._lines import Lines
from ttsprep.markdown._open import UNHEARD_AROUND_BREAK, after_break
from ttsprep.markdown._options import Addresses, MarkdownOptions
from ttsprep.markdown._places import Place, place_of

__all__ = ["RunningText"]

_SCHEME_AND_HOST = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://)?(?:[^/?#@]*@)?(?:www\.)?([^/?#]*)")
_TASK = re.compile(r"\[[ xX]\](?:\s|\Z)")
_JOINS = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—]")
# The paragraphs of a novel and the points of a Chinese list: a line that begins so stands by itself.
_POINT = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_OWN_LINE = re.compile(rf"\s*(?:\u3000|[*_]*(?:{_POINT}、|（{_POINT}）|[①-⑳㈠-㈩]|[0-9]\ufe0f?\u20e3))")


class RunningText(Lines):
    """Speaks inline tokens."""

    def __init__(self, options: MarkdownOptions) -> None:
        super().__init__(options)
        self._in_table = False
        self._fresh_item = False

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
        before = content[max(at - 8, 0) : at].rstrip(UNHEARD_AROUND_BREAK)[-1:]
        after = after_break(content, at)
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

    _INLINES: ClassVar[dict[str, Callable[[RunningText, Token, int, str, Place], None]]] = {
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
