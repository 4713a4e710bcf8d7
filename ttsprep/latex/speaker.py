"""Collects what is said of a formula, with the place each bit comes from."""

from __future__ import annotations

import re

from ttsprep.mapped import Builder, MappedText

__all__ = ["Speaker"]

_MARKS = ("，", "；", "。", "：", "、", "？", ",", ";", ".", ":", "?")
_STICKS = re.compile(r"[0-9A-Za-z\u0370-\u03ff]")


class Speaker:
    """Bits of speech in the order in which they are heard; `edits` makes a text of them.

    A bit is said at a stretch of the source, or where the last one ended. Where what is heard runs backwards in the
    source (the denominator before the numerator) the bits become one piece for the whole stretch.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._bits: list[tuple[str, int, int]] = []
        self._at = 0

    def say(self, text: str, start: int | None = None, end: int | None = None, *, glued: bool = False) -> None:
        """Add a bit; `glued` wants no blank before it."""
        if not text:
            return
        first = self._at if start is None else start
        last = first if end is None else end
        text = self._trimmed(text)
        if not text:
            return
        if self._bits and not glued and self._apart(self._bits[-1][0], text):
            self._bits.append((" ", self._at, self._at))
        self._bits.append((text, first, last))
        self._at = last

    def _trimmed(self, text: str) -> str:
        """No two marks in a row, none at the beginning; a mark that comes later wins over a comma."""
        while text and text[0] in _MARKS and (not self._bits or self._bits[-1][0][-1] in _MARKS):
            if self._bits and text[0] not in "，,、" and self._bits[-1][0][-1] in "，,、":
                before, start, end = self._bits[-1]
                self._bits[-1] = (before[:-1] + text[0], start, end)
            text = text[1:].lstrip()
        return text

    def _apart(self, before: str, text: str) -> bool:
        if self.language == "en":
            return text[0] not in _MARKS
        return bool(_STICKS.match(before[-1]) and _STICKS.match(text[0]))

    def edits(self, source: str) -> list[tuple[int, int, str]]:
        """What was said as edits of the formula."""
        edits: list[tuple[int, int, str]] = []
        at = 0
        for text, start, end in self._merged():
            if start > at:
                edits.append((at, start, ""))
            if start == end or source[start:end] != text:
                edits.append((start, end, text))
            at = end
        if at < len(source):
            edits.append((at, len(source), ""))
        return edits

    def spoken(self, source: str, offset: int) -> MappedText:
        """What was said of a formula that begins at `offset` of its source: as its edits make it, but faster."""
        build = Builder()
        for text, start, end in self._merged():
            if start == end:
                build.inserted(text, offset + start)
            elif source[start:end] == text:
                build.verbatim(text, offset + start)
            else:
                build.replaced(text, offset + start, offset + end)
        return build.build()

    def _finish(self) -> None:
        """Drop pause marks at the end."""
        while self._bits and not self._bits[-1][0].rstrip("，,、；; "):
            self._bits.pop()
        if self._bits:
            last, start, end = self._bits[-1]
            self._bits[-1] = (last.rstrip("，,、；; "), start, end)

    def _merged(self) -> list[tuple[str, int, int]]:
        """The bits as pieces whose stretches of the source ascend and do not overlap."""
        self._finish()
        stack: list[tuple[int, int, int]] = []
        for index, (_, start, end) in enumerate(self._bits):
            first = index
            while stack and stack[-1][2] > start:
                first, before, after = stack.pop()
                start, end = min(start, before), max(end, after)
            stack.append((first, start, end))
        firsts = [first for first, _, _ in stack] + [len(self._bits)]
        return [
            ("".join(text for text, _, _ in self._bits[first:following]), start, end)
            for (first, start, end), following in zip(stack, firsts[1:], strict=True)
        ]
