"""One walk over a document, told as what happens for the listener: the base of all that reads and does not judge.

>>> for happening in walk('<speak rate="2">1 &lt; 2<break/><!-- no --></speak>'):
...     print(happening.what.name, happening.start, happening.end)
SPEAK 0 16
TEXT 16 24
PAUSE 24 32
SPEAK_END 43 51

The walk never fails. A faulty document is read as its author meant it, in the same way as the checker reads it: names
in other capitals are known, unknown elements are looked through, an end tag closes what it can, text is heard wherever
it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from ttsprep.ssml.characters import NEVER
from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.scanner import Kind, Tag, scan

__all__ = ["Happening", "What", "as_heard", "attribute", "attribute_name", "audible", "walk"]


class What(Enum):
    """What happens."""

    SPEAK = "a speak begins"
    SPEAK_END = "a speak ends"
    LEAF = "a sub, phoneme or say-as begins"
    LEAF_END = "a sub, phoneme or say-as ends"
    PAUSE = "a break"
    SOUND = "a soundEvent"
    EVENT_END = "the end tag of a break or a soundEvent"
    TEXT = "text, with references in it"
    LITERAL = "text without references: of a CDATA section, or a '<' that begins nothing"


class Happening(NamedTuple):
    """What happens, and where in the source; `tag` for all but plain text and ends that no tag marks.

    The ends of elements that nothing closes are empty and stand where they are closed in effect.
    """

    what: What
    start: int
    end: int
    tag: Tag | None = None


def walk(text: str) -> Iterator[Happening]:
    """What happens in a document, in order. Neighbouring texts come one by one."""
    return _Walk(text).run()


class _Walk:
    def __init__(self, text: str) -> None:
        self._text = text
        self._stack: list[tuple[str, What | None]] = []
        self._open: Counter[str] = Counter()
        self._speaks = 0
        self._meanings: dict[Tag, tuple[What, What] | None] = {}

    def run(self) -> Iterator[Happening]:
        stack, happening = self._stack, Happening
        for tag, start, begin, end in scan(self._text):
            kind = tag.kind
            if kind is Kind.EMPTY:
                meaning = self._meaning(tag)
                if meaning is not None:
                    yield happening(meaning[0], start, begin, tag)
                    if meaning[1] is not What.EVENT_END:
                        yield happening(meaning[1], begin, begin)
            elif kind is Kind.OPEN:
                meaning = self._meaning(tag)
                if meaning is not None:
                    yield happening(meaning[0], start, begin, tag)
                self._push(tag.name, meaning[1] if meaning is not None else None)
            elif kind is Kind.CLOSE:
                if stack and stack[-1][0] == tag.name:  # as nearly always
                    ends = self._pop()
                    if ends is not None:
                        yield happening(ends, start, begin, tag)
                else:
                    yield from self._close(tag, start, begin)
            elif tag.source:
                yield from _other(tag, start, begin)
            if begin < end:
                yield happening(What.TEXT, begin, end)
        yield from self._pop_to("", len(self._text))

    def _meaning(self, tag: Tag) -> tuple[What, What] | None:
        """What the tag begins and ends. A speak in a speak means something only with attributes."""
        if tag not in self._meanings:
            self._meanings[tag] = _meanings().get(tag.name.casefold())
        meaning = self._meanings[tag]
        if meaning is _SPEAK and self._speaks and not tag.attributes:
            return None
        return meaning

    def _push(self, name: str, ends: What | None) -> None:
        self._speaks += ends is What.SPEAK_END
        self._stack.append((name, ends))
        self._open[name] += 1

    def _close(self, tag: Tag, start: int, end: int) -> Iterator[Happening]:
        """An end tag that is not the one of the innermost element."""
        stack, name = self._stack, tag.name
        if self._open[name]:
            yield from self._pop_to(name, start)
        elif not stack or stack[-1][0].casefold() != name.casefold():
            return
        ends = self._pop()
        if ends is not None:
            yield Happening(ends, start, end, tag)

    def _pop_to(self, name: str, at: int) -> Iterator[Happening]:
        """The ends of all elements inside the innermost one of that name; of all elements where there is none."""
        while self._stack and self._stack[-1][0] != name:
            ends = self._pop()
            if ends is not None:
                yield Happening(ends, at, at)

    def _pop(self) -> What | None:
        name, ends = self._stack.pop()
        self._open[name] -= 1
        self._speaks -= ends is What.SPEAK_END
        return ends


def _other(tag: Tag, start: int, end: int) -> Iterator[Happening]:
    """A CDATA section, a pause mark, or a "<" that is text."""
    if tag.kind is Kind.CDATA:
        yield Happening(What.LITERAL, start + len("<![CDATA["), end - len("]]>"), tag)
    elif tag.kind is Kind.PAUSE:
        yield Happening(What.PAUSE, start, end, tag)
    elif tag.kind is Kind.TEXT:
        yield Happening(What.LITERAL, start, end)


_SPEAK = What.SPEAK, What.SPEAK_END
_LEAF = What.LEAF, What.LEAF_END
_EVENTS = {"break": What.PAUSE, "soundEvent": What.SOUND}
"""The empty elements → what they are for a listener."""


@cache
def _meanings() -> dict[str, tuple[What, What]]:
    """Name of an element, casefolded → what its start and its end are."""
    events = {name: (what, What.EVENT_END) for name, what in _EVENTS.items()}
    leaves = dict.fromkeys((element.name for element in grammar().elements.values() if element.leaf), _LEAF)
    return {name.casefold(): meaning for name, meaning in {grammar().root: _SPEAK, **leaves, **events}.items()}


_INAUDIBLE = re.compile(f"[{NEVER}]+")


def audible(text: str) -> str:
    """The text without the characters that XML does not allow."""
    return text if text.isprintable() else _INAUDIBLE.sub("", text)


_BLANKS = re.compile("[ \t\r\n]{2,}|[\t\r\n]")  # but for one space, which stays


def as_heard(text: str) -> str:
    """The audible text with each run of white space as one space.

    >>> as_heard(" a\\n b\\x08")
    ' a b'
    """
    return _BLANKS.sub(" ", audible(text))


def attribute(tag: Tag, name: str) -> str | None:
    """The value of an attribute, also where its name is written in other capitals; None where it is absent."""
    written = attribute_name(tag, name)
    return None if written is None else tag.attributes[written]


def attribute_name(tag: Tag, name: str) -> str | None:
    """How the name of an attribute is written in the tag; None where it is absent."""
    if name in tag.attributes:
        return name
    return next((written for written in tag.attributes if written.casefold() == name.casefold()), None)
