"""What is heard, line by line, each piece with its source: blanks, pauses and newlines where they are due."""

from __future__ import annotations

import re
from typing import Self

from markdown_it.token import Token

from ttsprep.diagnostics import Diagnostic
from ttsprep.mapped import Builder, MappedText
from ttsprep.markdown._options import Announcements, Emoji, MarkdownOptions
from ttsprep.markdown._places import Original
from ttsprep.markdown._words import announced

__all__ = ["ENDED", "Lines"]

_RECENT = 200  # how many characters tell in which script a code block is announced
_CJK_TEXT = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_]\S*")
_LETTER = re.compile(r"[^\W\d_]")
ENDED = frozenset("。！？!?.…；;：:，,、｡．‥⋯—～~॥।؟۔")
"""Marks behind which a line needs no other one."""
_NUL_OR_NOT = re.compile("\ufffd|[^\ufffd]+")
_LINE_BREAK = re.compile(r"\s*[\n\r]\s*")


class Lines:
    """Builds the lines of one batch of blocks after the other."""

    def __init__(self, options: MarkdownOptions) -> None:
        self.options = options
        self._build = Builder()
        self._original = Original("", 0)
        self._line: list[str] = []  # what was heard of the open line
        self._recent = ""  # the end of what was heard of the lines before
        self._last = ""  # the last letter, digit or end mark of the open line
        self._due: tuple[str, int, int] | None = None  # blanks or a separator, heard if something follows
        self._newline_at: int | None = None  # in the source: the line ending that comes before the next line
        self._silent = 0  # inside of how many blocks of which nothing is heard
        self._muted = 0  # the same for running text
        self._before: tuple[list[str], str] = [], ""  # the line that ended last, and its last letter or mark
        self.found: list[Diagnostic] = []
        self._starts_of: Original | None = None
        self._starts: list[int] = []
        self._cursor = 0  # up to where the parser's text is spoken
        self._spoken_to = 0  # up to where the source was spoken by the batches before

    def copy(self) -> Self:
        """Another one that goes on from here."""
        other = self.__class__.__new__(self.__class__)
        other.__dict__.update(self.__dict__)
        other._line = self._line.copy()
        other.found = []
        return other

    @property
    def is_between_lines(self) -> bool:
        """Whether a line has ended and none has begun."""
        return self._newline_at is not None

    def _begin(self, original: Original) -> None:
        self._build, self._original, self._cursor = Builder(), original, 0

    def _end(self) -> MappedText:
        self._spoken_to = self._source_cursor
        return self._build.build()

    @property
    def _source_cursor(self) -> int:
        return self._original.at(self._cursor) if self._cursor else self._spoken_to

    def _verbatim(self, text: str, start: int) -> None:
        """Text as it stands at `start` of the parser's text. Blanks at its edges are heard between other text only:
        no line begins or ends with one, and none comes twice where something between is not heard.
        """
        if self.options.emoji is Emoji.KEEP or text.isascii():
            self._plain(text, start)
        else:
            self._between_emoji(text, start)

    def _plain(self, text: str, start: int) -> None:
        if self._muted or not text:
            return
        bare = text.rstrip()
        if self._original.nul and "\ufffd" in text:
            self._between_nul(text, start)
        elif not bare:
            self._wait(text, start)
        else:
            end = start + len(bare)
            blanks = text[len(bare) :]
            if bare[0].isspace() and (self._due or not self._line):  # blanks that are due already, or not wanted
                bare = bare.lstrip()
            if self._due or self._newline_at is not None:
                self._pay()
            self._build.verbatim(bare, self._original.at(end - len(bare)))
            self._heard(bare, end)
            if blanks:
                self._wait(blanks, end)

    def _between_nul(self, text: str, start: int) -> None:
        """Speak a text in which characters stand for NUL, which is not verbatim, or are themselves."""
        for found in _NUL_OR_NOT.finditer(text):
            if found[0] == "\ufffd":
                self._replaced(found[0], start + found.start(), start + found.end())
            else:
                self._plain(found[0], start + found.start())

    def _between_emoji(self, text: str, start: int) -> None:
        """Speak a text, its emoji by their names or not at all."""
        from ttsprep.markdown._emoji import EMOJI, name

        at = 0
        for found in EMOJI.finditer(text):
            first, end = start + found.start(), start + found.end()
            self._plain(text[at : found.start()], start + at)
            if not self._ends_chinese:
                self._blank(first, end)
            if self.options.emoji is Emoji.NAME:
                self._replaced(name(found[0], chinese=bool(self._is_chinese(self._nearby()))), first, end)
                if not self._ends_chinese:
                    self._blank(end, end)
            at = found.end()
            if self._due and (text[at : at + 1] in ENDED or _CJK_TEXT.match(text, at)):
                self._due = None
        self._plain(text[at:], start + at)

    @property
    def _ends_chinese(self) -> bool:
        """Whether the last character that was heard of the open line is Chinese or Japanese."""
        return bool(self._line) and _CJK_TEXT.match(self._line[-1][-1:]) is not None

    def _nearby(self) -> str:
        """The end of what was heard of the open line."""
        parts, size = [], 0
        for part in reversed(self._line):
            parts.append(part)
            size += len(part)
            if size >= _RECENT:
                break
        return "".join(reversed(parts))[-_RECENT:]

    def _replaced(self, text: str, start: int, end: int) -> None:
        """Text that stands for what the parser's text has from `start` to `end`."""
        bare = text.strip()
        if self._muted or not bare:
            self._blank(start, end)
            return
        if text[0].isspace():
            self._blank(start, start)
        self._pay()
        bare = _LINE_BREAK.sub(" ", bare)
        if start == end:
            self._build.inserted(bare, self._original.at(start))
        else:
            self._build.replaced(bare, self._original.at(start), self._original.at(end))
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
        if end > self._cursor:
            self._cursor = end
        self._line.append(text)
        for character in reversed(text):
            if character.isalnum() or character in ENDED:
                self._last = character
                break

    def _end_line(self, pause: bool) -> None:
        """The end of a block: a full stop if it wants one, and a line ending before the next."""
        if self._muted or not self._line:
            self._due = None  # the label of a cell of which nothing is heard
            return
        line, at = "".join(self._line), self._source_cursor
        paused = pause and self.options.pauses and self._last not in ENDED
        if paused:
            self._build.inserted("。" if self._is_chinese(line) else ".", at)
        self._newline_at = at
        if _LETTER.search(line):  # rows of numbers tell no language, and must not push out what does
            self._recent = (line if len(line) >= _RECENT else self._recent + line)[-_RECENT:]
        self._before = self._line, "." if paused else self._last
        self._line, self._last, self._due = [], "", None

    def _go_on(self, chinese_mark: str, mark: str) -> None:
        """The next line follows the one before behind a mark, if that has none at its end."""
        line, last = self._before
        if self._newline_at is None or not line or last in ENDED or self._muted:
            return
        self._due = chinese_mark if self._is_chinese("".join(line)) else mark, self._newline_at, self._newline_at
        self._newline_at, self._line = None, [*line]

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

    def _is_chinese(self, *texts: str) -> bool | None:
        """Whether the first of the texts that has a letter wants Chinese marks; without any what was heard before."""
        return next((found for found in map(_is_chinese, (*texts, self._recent)) if found is not None), None)

    def _announced(self, what: str, beside: str, *, count: int = 1, name: str = "") -> str:
        """The words for something, in the language of the text that stands `beside` it or was heard before."""
        language = self.options.announcements
        chinese = self._is_chinese(beside) if language is Announcements.AUTO else language is Announcements.ZH
        return announced(what, chinese=bool(chinese), count=count, name=name)

    @property
    def _line_before(self) -> str:
        return "".join(self._before[0])

    @staticmethod
    def _has_chinese(text: str) -> bool:
        return _CJK_TEXT.search(text) is not None


def _is_chinese(text: str) -> bool | None:
    """Whether a text is Chinese or Japanese, foreign words in it included; None where it has no letter."""
    characters = len(_CJK_TEXT.findall(text))
    words = len(_WORD.findall(_CJK_TEXT.sub(" ", text) if characters else text))
    return characters >= words if characters or words else None
