"""The spoken text of an SSML document, each character with its place in the source.

>>> spoken = text('<speak>1 &lt; 2<break/>\\n  <sub alias="World Wide Web">WWW</sub></speak>')
>>> str(spoken), spoken.source_span(2, 3), spoken.source_span(6, 11)
('1 < 2 World Wide Web', Span(start=9, end=13), Span(start=38, end=52))

A run of white space is one space; a pause or a sound is a space, the end of a speak a line ending. There is no white
space at the beginning and at the end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from ttsprep.mapped import Builder, MappedText
from ttsprep.source import Source
from ttsprep.ssml.characters import NEVER
from ttsprep.ssml.datatypes import collapse
from ttsprep.ssml.references import decode
from ttsprep.ssml.scanner import BLANK, Tag
from ttsprep.ssml.walking import Happening, What, as_heard, attribute, attribute_name, audible, walk

__all__ = ["SubAs", "text", "text_in_wholes"]

SubAs: TypeAlias = Literal["alias", "text"]

_BLANKS = re.compile(r"[ \t\r\n]+")
_TOKEN = re.compile(rf"[ \t\r\n]{{2,}}|[\t\r\n]| (?=[&{NEVER}]|\Z)|&#?[A-Za-z0-9]+;|[{NEVER}]+")
"""What is not spoken as it stands; a space between two words is."""
_GAP = re.compile(rf"[ \t\r\n{NEVER}]+")
_SUBS = ("alias", "text")


def text(source: Source | str, *, sub: SubAs = "alias") -> MappedText:
    """What is spoken. Of a ``sub`` that is its alias, whose source is the value of the attribute; with
    ``sub="text"`` it is the text that stands there for readers.

    On a faulty document it is what its author meant; never raises for one. Raises ValueError for another `sub`.
    """
    if sub not in _SUBS:
        raise ValueError(f"sub={sub!r} is not one of {', '.join(_SUBS)}")
    return _Spoken(Source.of(source).text, sub == "alias").run()


def text_in_wholes(source: str) -> tuple[MappedText, list[tuple[int, int]]]:
    """As `text`, but what stands in a sub, phoneme or say-as is one piece, whose source is the whole element.

    Also where in the text the pieces stand that may not be cut: those that are not spoken as they are written.
    """
    build = _Whole(source, aliases=True)
    return build.run(), build.wholes


class _Spoken:
    """Builds the text from left to right; white space waits until something follows it."""

    def __init__(self, source: str, aliases: bool) -> None:
        self._source = source
        self._aliases = aliases
        self._build = Builder()
        self._gap: tuple[str, int, int] | None = None
        self._silent = 0  # how many elements are open in and with a sub that is read by its alias

    def run(self) -> MappedText:
        for happening in walk(self._source):
            what = happening.what
            if what is What.TEXT:
                self._text(happening)
            elif what is What.LEAF:
                self._leaf(happening)
            elif what is What.LEAF_END:
                self._leaf_end(happening)
            elif what is What.PAUSE or what is What.SOUND:
                self._wait(" ", happening.start, happening.start)
            elif what is What.LITERAL:
                self._literal(happening)
            elif what is not What.EVENT_END:
                self._wait("\n", happening.start, happening.start)
        return self._build.build()

    # --- text

    def _text(self, happening: Happening) -> None:
        source, at, end = self._source, happening.start, happening.end
        while at < end and not self._silent:
            if source[at] in BLANK and (blank := _BLANKS.match(source, at, end)):
                self._wait(" ", at, blank.end())
                at = blank.end()
            found = _TOKEN.search(source, at, end)
            self._verbatim(at, found.start() if found else end)
            at = found.end() if found else end
            if found:
                self._token(found[0], found.start(), at)

    def _token(self, token: str, start: int, end: int) -> None:
        meant = _meant(token)
        if meant.strip(BLANK):
            self._say(meant, start, end)
        elif meant:
            self._wait(" ", start, end)

    def _literal(self, happening: Happening) -> None:
        if self._silent:
            return
        at = happening.start
        for found in _GAP.finditer(self._source, happening.start, happening.end):
            self._verbatim(at, found.start())
            at = found.end()
            if audible(found[0]):
                self._wait(" ", found.start(), at)
        self._verbatim(at, happening.end)

    def _verbatim(self, start: int, end: int) -> None:
        if start < end:
            if self._gap is not None:
                self._open_gap()
            self._build.verbatim(self._source[start:end], start)

    def _say(self, text: str, start: int, end: int) -> None:
        if text:
            self._open_gap()
            self._build.replaced(text, start, end)

    def _wait(self, blank: str, start: int, end: int) -> None:
        """White space, if something was spoken before it and something follows."""
        if len(self._build) and (self._gap is None or (blank == "\n" and self._gap[0] == " ")):
            self._gap = blank, start, end

    def _open_gap(self) -> None:
        if self._gap is None:
            return
        blank, start, end = self._gap
        self._gap = None
        if start == end:
            self._build.inserted(blank, start)
        elif self._source[start:end] == blank:
            self._build.verbatim(blank, start)
        else:
            self._build.replaced(blank, start, end)

    # --- elements

    def _leaf(self, happening: Happening) -> None:
        if self._silent:
            self._silent += 1
        elif self._aliases and (alias := _alias(happening)) is not None:
            self._silent = 1
            tag, value = alias
            place = tag.places[attribute_name(tag, "alias") or ""].value
            self._alias(value, happening.start + place.start, happening.start + place.end)

    def _alias(self, value: str, start: int, end: int) -> None:
        if value.startswith(" "):
            self._wait(" ", start, start)
        self._say(collapse(audible(value)), start, end)
        if value.endswith(" "):
            self._wait(" ", end, end)

    def _leaf_end(self, _happening: Happening) -> None:
        self._silent = max(0, self._silent - 1)


class _Whole(_Spoken):
    """Gathers what stands in an element and says it when the element ends."""

    def __init__(self, source: str, *, aliases: bool) -> None:
        super().__init__(source, aliases)
        self.wholes: list[tuple[int, int]] = []
        self._depth = self._begin = 0
        self._gathered: list[str] = []

    def _leaf(self, happening: Happening) -> None:
        if not self._depth:
            alias = _alias(happening)
            self._begin, self._gathered = happening.start, [alias[1]] if alias else []
            self._silent = alias is not None
        self._depth += 1

    def _leaf_end(self, happening: Happening) -> None:
        self._depth -= 1
        if not self._depth:
            self._silent = 0
            gathered = as_heard("".join(self._gathered))
            if gathered.startswith(" "):
                self._wait(" ", self._begin, self._begin)
            self._say(gathered.strip(" "), self._begin, happening.end)
            if gathered.endswith(" "):
                self._wait(" ", happening.end, happening.end)

    def _text(self, happening: Happening) -> None:
        if not self._depth:
            super()._text(happening)
        elif not self._silent:
            self._gathered.append(decode(self._source[happening.start : happening.end]))

    def _literal(self, happening: Happening) -> None:
        if not self._depth:
            super()._literal(happening)
        elif not self._silent:
            self._gathered.append(self._source[happening.start : happening.end])

    def _say(self, text: str, start: int, end: int) -> None:
        super()._say(text, start, end)
        if len(text) > 1:
            self.wholes.append((len(self._build) - len(text), len(self._build)))

    def _wait(self, blank: str, start: int, end: int) -> None:
        if not self._depth:
            super()._wait(blank, start, end)


@lru_cache
def _meant(token: str) -> str:
    """What a token is spoken as."""
    return audible(decode(token))


def _alias(happening: Happening) -> tuple[Tag, str] | None:
    tag = happening.tag
    if tag is None or tag.name.casefold() != "sub":
        return None
    alias = attribute(tag, "alias")
    return None if alias is None else (tag, alias)
