"""From offsets in a block's content to offsets in the source."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right

from markdown_it.token import Token

__all__ = ["Original", "Place", "place_of"]

_LINE_END = re.compile(r"\r\n?|\n")


class Original:
    """The text as the parser sees it (line ends LF, no NUL) and the way back to the source it was made from."""

    __slots__ = ("_shortened", "base", "nul", "text")

    def __init__(self, source: str, base: int) -> None:
        self.base = base
        self.nul = "\0" in source
        self.text = source.replace("\0", "\ufffd") if self.nul else source
        self._shortened: list[int] = []
        if "\r" in source:
            ends = [found.start() for found in _LINE_END.finditer(source) if len(found[0]) == 2]
            self._shortened = [at - index + 1 for index, at in enumerate(ends)]
            self.text = _LINE_END.sub("\n", self.text)

    def at(self, offset: int) -> int:
        """The source offset of `offset` in `text`."""
        return self.base + offset + (bisect_right(self._shortened, offset) if self._shortened else 0)


class Place:
    """Where the content of one block stands: stretches that are contiguous in the source."""

    __slots__ = ("contents", "sources")

    def __init__(self, contents: list[int], sources: list[int]) -> None:
        self.contents, self.sources = contents, sources

    def at(self, offset: int) -> int:
        """The offset in the parser's text."""
        if len(self.contents) == 1:
            return self.sources[0] + offset
        index = bisect_right(self.contents, offset) - 1
        return self.sources[index] + offset - self.contents[index]

    def end(self, offset: int) -> int:
        """Where what ends at `offset` ends in the parser's text."""
        return self.at(offset - 1) + 1 if offset else self.at(0)

    def inner(self, offset: int) -> Place:
        """The place of a part of the content that begins at `offset`."""
        index = bisect_right(self.contents, offset) - 1
        contents = [0, *(at - offset for at in self.contents[index + 1 :])]
        return Place(contents, [self.at(offset), *self.sources[index + 1 :]])

    def stretches(self, start: int, end: int) -> list[tuple[int, int]]:
        """``start..end`` cut where the source is not contiguous."""
        first, last = bisect_right(self.contents, start), bisect_right(self.contents, end - 1)
        cuts = [start, *self.contents[first:last], end]
        return list(itertools.pairwise(cuts))


def place_of(token: Token, text: str) -> Place:
    """The place of a block token's content, by what the rules noted."""
    if "anchors" in token.meta:
        anchors = token.meta["anchors"] or [(0, 0)]
        return Place([at for at, _ in anchors], [at for _, at in anchors])
    content, ends = token.content, token.meta["ends"]
    if len(ends) == 1:
        start = ends[0] - len(content)
        if start < 0 or not text.startswith(content, start):
            start = _line_start(text, ends[0], content.rstrip("\n"))
        return Place([0], [start])
    contents, sources, at = [], [], 0
    for line, end in zip(content.split("\n"), ends, strict=False):
        contents.append(at)
        sources.append(_line_start(text, end, line))
        at += len(line) + 1
    return Place(contents, sources)


def _line_start(text: str, end: int, line: str) -> int:
    """A line of content is the end of its source line, but for blanks trimmed behind it or made of tabs before it."""
    start = end - len(line)
    if start >= 0 and text.startswith(line, start):
        return start
    bare = line.strip(" \t")
    return max(text.rfind(bare, 0, end) - (len(line) - len(line.lstrip(" \t"))), 0)
