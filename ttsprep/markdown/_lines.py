"""What is heard, line by line, each piece with its source: blanks, pauses and newlines where they are due."""

from __future__ import annotations

import copy
import re
from typing import Self

from ttsprep.mapped import Builder, MappedText
from ttsprep.markdown._options import MarkdownOptions
from ttsprep.markdown._places import Original

__all__ = ["Lines"]

_RECENT = 200  # how many characters tell in which script a code block is announced
_CJK_TEXT = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_]\S*")
_ENDED = frozenset("。！？!?.…；;：:，,、｡．‥⋯—～~॥।؟۔")
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
        self._muted = 0
        self._cursor = 0  # up to where the parser's text is spoken
        self._spoken_to = 0  # up to where the source was spoken by the batches before

    def copy(self) -> Self:
        """Another one that goes on from here."""
        other = copy.copy(self)
        other._line = self._line.copy()
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

    @staticmethod
    def _has_chinese(text: str) -> bool:
        return _CJK_TEXT.search(text) is not None


def _is_chinese(text: str) -> bool | None:
    """Whether a text is Chinese or Japanese, foreign words in it included; None where it has no letter."""
    characters = len(_CJK_TEXT.findall(text))
    words = len(_WORD.findall(_CJK_TEXT.sub(" ", text) if characters else text))
    return characters >= words if characters or words else None
