"""What is heard of running text: the content of a paragraph, a heading or a cell."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from markdown_it.token import Token

from ttsprep.diagnostics import Span
from ttsprep.late import late_pattern
from ttsprep.mapped import Kind
from ttsprep.markdown._html import BREAKING, HIDDEN, alternative, tag_name
from ttsprep.markdown._lines import Lines
from ttsprep.markdown._open import after_break, lead_end
from ttsprep.markdown._options import Addresses, Formulas, Images, MarkdownOptions, Tasks
from ttsprep.markdown._places import Place, place_of
from ttsprep.markdown._words import ALERTS

if TYPE_CHECKING:  # formulas are read by a part that is imported when there is one
    from ttsprep.latex import Language, ReadsFormulas

__all__ = ["RunningText", "words"]

_SCHEME_AND_HOST = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://)?(?:[^/?#@]*@)?(?:www\.)?([^/?#]*)")
_TASK = re.compile(r"\[([ xX])\](?:\s|\Z)")
_JOINS = late_pattern("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—]")
_ENDS_LINE = frozenset("。！？")  # behind these, and what closes behind them, a line ending is one for the ear too
_CLOSERS = "”’」』）》】)\"'"
# The paragraphs of a novel and the points of a Chinese list: a line that begins so stands by itself.
_POINT = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_OWN_LINE = re.compile(rf"\s*(?:\u3000|[*_]*(?:{_POINT}、|（{_POINT}）|[①-⑳㈠-㈩]|[0-9]\ufe0f?\u20e3))")


_NOT_WORDS = re.compile(r"\$[^$]*\$?|\\[(\[].*?(?:\\[)\]]|\Z)|\]\([^)]*\)?|`[^`]*`?|\\[A-Za-z]+")
_LABEL = re.compile(r"(?<!\S)[A-Za-z][.)](?=\s)")  # of a point or an answer to choose; it tells no language either
_SPEAKING: dict[Formulas, Language] = {Formulas.SPEAK_ZH: "zh", Formulas.SPEAK_EN: "en"}


def _lead(content: str, at: int) -> str:
    """The words from `at` to the end of the sentence or line."""
    return words(content[at : lead_end(content, at)])


def words(content: str) -> str:
    """Markdown without formulas, code and addresses, which tell nothing of its language."""
    return _NOT_WORDS.sub(" ", content)


class RunningText(Lines):
    """Speaks inline tokens. `settings` are those of the request: they say whether the service reads formulas."""

    def __init__(self, options: MarkdownOptions, settings: ReadsFormulas | None = None) -> None:
        super().__init__(options)
        self._settings = settings
        self._in_table = False
        self._fresh_item = False

    @cached_property
    def _service_reads(self) -> bool:
        """Whether formulas can be left to the service; asked when there is one, for the voice must be looked up."""
        return self._settings is not None and not self._settings.formula_findings(Span(0, 0))

    def _content(self, token: Token) -> None:
        place = place_of(token, self._original.text) if token.content else Place([0], [0])
        task = _TASK.match(token.content) if self._fresh_item and not self._in_table else None
        skipped, self._fresh_item = task.end() if task else 0, False
        if task and self.options.tasks is Tasks.ANNOUNCE and token.content[skipped:]:
            what = self._announced("to do" if task[1] == " " else "done", _lead(token.content, skipped))
            self._replaced(what, place.at(0), place.end(len("[x]")))
        if token.children is None:  # nothing but text
            self._fragment(token.content[skipped:], skipped, place)
        else:
            self._inline(token.children, token.content, place, skipped)
            self._muted = self._silent

    def _inline(self, tokens: Sequence[Token], content: str, place: Place, skipped: int = 0) -> None:
        link = False
        start = place.sources[0] if len(place.sources) == 1 else -1
        for token in tokens:
            at = token.map[0] if token.map else 0
            kind = token.type
            if kind == "text":
                text = token.content
                if at < skipped:
                    text, at = text[skipped - at :], skipped
                if text and link:
                    self._address(text, at + 1, place)
                elif text and start >= 0:
                    self._verbatim(text, start + at)
                elif text:
                    self._fragment(text, at, place)
            elif kind == "link_open":
                link = token.markup == "autolink"
            elif kind == "link_close":
                link = False
            elif handle := self._INLINES.get(kind):
                handle(self, token, at, content, place)

    def _fragment(self, text: str, at: int, place: Place) -> None:
        """Text as it stands in the content."""
        if len(place.contents) == 1:
            self._verbatim(text, place.sources[0] + at)
        else:
            for start, end in place.stretches(at, at + len(text)):
                self._verbatim(text[start - at : end - at], place.at(start))

    def _whole(self, text: str, at: int, place: Place) -> None:
        """Text as it stands over several lines, with a blank for each line ending."""
        if "\n" not in text:
            self._fragment(text, at, place)
            return
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
        said = "".join(self._line[-4:])[-8:]
        if said.rstrip(_CLOSERS)[-1:] in _ENDS_LINE:
            self._end_line(pause=False)
            return
        after = after_break(content, at)
        if not (_JOINS.match(said[-1:]) and _JOINS.match(after)):
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
        if self.options.images is not Images.SKIP and token.children:
            inner = place.inner(at + len("!["))
            self._announce_image(token.content, inner.at(0))
            self._inline(token.children, token.content, inner)

    def _announce_image(self, text: str, at: int) -> None:
        if self.options.images is Images.ANNOUNCE and text.strip():
            self._replaced(self._announced("image", text), at, at)

    def _tag(self, token: Token, at: int, content: str, place: Place) -> None:
        name, closes = tag_name(token.content), token.content.startswith("</")
        if name in HIDDEN:
            self._muted = max(self._muted + (-1 if closes else 1), 0)
        elif name == "img":
            start, end = alternative(token.content)
            text = html.unescape(token.content[start:end])
            if self.options.images is Images.SKIP:
                return
            self._announce_image(text, place.at(at + start))
            if text == token.content[start:end]:
                self._whole(text, at + start, place)
            else:
                self._replaced(text, place.at(at + start), place.end(at + end))
        elif name in BREAKING:
            self._hard_break(token, at, content, place)

    def _alert(self, token: Token, at: int, content: str, place: Place) -> None:
        end = at + len(token.markup)
        title = self._announced(ALERTS[token.content.lower()], after_break(content, end))
        self._replaced(title, place.at(at), place.end(end))
        self._end_line(pause=True)

    def _struck(self, token: Token, _at: int, _content: str, _place: Place) -> None:
        if not self.options.struck:
            self._muted += token.nesting

    def _formula(self, token: Token, at: int, content: str, place: Place) -> None:
        self._speak_formula(token.content, at, place, self._language_of(content, at, at + len(token.content)))

    def _language_of(self, content: str, start: int, end: int) -> Language | None:
        """In which language the formula at ``content[start:end]`` is spoken; None if it is left to the service."""
        policy = self.options.formulas
        if policy is not Formulas.AUTO:
            return _SPEAKING.get(policy)
        around = _LABEL.sub(" ", f"{self._nearby()} {_lead(content, end)}")
        if self._is_chinese(around, self._line_before) is False:
            return "en"
        from ttsprep.latex import service_reads

        return None if self._service_reads and service_reads(content[: lead_end(content, end)], start, end) else "zh"

    def _speak_formula(self, formula: str, at: int, place: Place, language: Language | None) -> None:
        """A formula that stands at `at` of the content; without a language as it is."""
        if language is None or self._muted:
            self._whole(formula, at, place)
            return
        from ttsprep.latex import speak

        text, found = speak(formula, language)
        for piece in text.pieces():
            start, end = at + piece.source.start, at + piece.source.end
            if piece.kind is Kind.VERBATIM:
                self._fragment(piece.text, start, place)
            else:
                self._replaced(piece.text, place.at(start), max(place.end(end), place.at(start)))
        for fault in found:
            first, last = (fault.span.start, fault.span.end) if fault.span else (0, len(formula))
            span = Span(self._original.at(place.at(at + first)), self._original.at(place.end(at + last)))
            self.found.append(fault.rule.at(span, fault.message))

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
