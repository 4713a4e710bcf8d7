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

from collections import Counter
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.scanner import Kind, Tag, scan

__all__ = ["Happening", "What", "attribute", "walk"]


class What(Enum):
    """What happens."""

    SPEAK = "a speak begins"
    SPEAK_END = "a speak ends"
    LEAF = "a sub, phoneme or say-as begins"
    LEAF_END = "a sub, phoneme or say-as ends"
    PAUSE = "a break"
    SOUND = "a soundEvent"
    TEXT = "text, with references in it"
    LITERAL = "text without references: of a CDATA section, or a '<' that begins nothing"


_LEAVES = ("sub", "phoneme", "say-as")
_EVENTS = {"break": What.PAUSE, "soundEvent": What.SOUND}


class Happening(NamedTuple):
    """What happens, and where in the source; `tag` for all but text and for ends that no tag marks.

    The ends of elements that nothing closes are empty and stand where they are closed in effect.
    """

    what: What
    start: int
    end: int
    tag: Tag | None = None


class _Open(NamedTuple):
    name: str
    ends: What | None


def walk(text: str) -> Iterator[Happening]:
    """What happens in a document, in order. Neighbouring texts come one by one."""
    return _Walk(text).run()


class _Walk:
    def __init__(self, text: str) -> None:
        self._text = text
        self._stack: list[_Open] = []
        self._open: Counter[str] = Counter()
        self._speaks = 0

    def run(self) -> Iterator[Happening]:
        for tag, start, begin, end in scan(self._text):
            kind = tag.kind
            if kind is Kind.OPEN or kind is Kind.EMPTY:
                yield from self._begin(tag, start, begin)
            elif kind is Kind.CLOSE:
                yield from self._close(tag, start, begin)
            elif kind is Kind.CDATA:
                yield Happening(What.LITERAL, start + len("<![CDATA["), begin - len("]]>"))
            elif kind is Kind.PAUSE:
                yield Happening(What.PAUSE, start, begin, tag)
            elif kind is Kind.TEXT and tag.source:
                yield Happening(What.LITERAL, start, begin)
            if begin < end:
                yield Happening(What.TEXT, begin, end)
        while self._stack:
            yield from self._pop(len(self._text), len(self._text))

    def _begin(self, tag: Tag, start: int, end: int) -> Iterator[Happening]:
        name = _known(tag.name)
        ends = None
        if name == grammar().root and (tag.attributes or not self._speaks):
            yield Happening(What.SPEAK, start, end, tag)
            ends = What.SPEAK_END
        elif name in _LEAVES:
            yield Happening(What.LEAF, start, end, tag)
            ends = What.LEAF_END
        elif name in _EVENTS:
            yield Happening(_EVENTS[name], start, end, tag)
        self._speaks += ends is What.SPEAK_END
        self._stack.append(_Open(tag.name, ends))
        self._open[tag.name] += 1
        if tag.kind is Kind.EMPTY:
            yield from self._pop(end, end)

    def _close(self, tag: Tag, start: int, end: int) -> Iterator[Happening]:
        stack, name = self._stack, tag.name
        if self._open[name]:
            while stack[-1].name != name:
                yield from self._pop(start, start)
        elif not stack or stack[-1].name.casefold() != name.casefold():
            return
        yield from self._pop(start, end, tag)

    def _pop(self, start: int, end: int, tag: Tag | None = None) -> Iterator[Happening]:
        closed = self._stack.pop()
        self._open[closed.name] -= 1
        self._speaks -= closed.ends is What.SPEAK_END
        if closed.ends is not None:
            yield Happening(closed.ends, start, end, tag)


@cache
def _folded() -> dict[str, str]:
    return {name.casefold(): name for name in grammar().elements}


def _known(name: str) -> str:
    """The name of the element that is meant; "" for one that the grammar does not have."""
    return _folded().get(name.casefold(), "")


def attribute(tag: Tag, name: str) -> str | None:
    """The value of an attribute, also where its name is written in other capitals; None where it is absent."""
    if name in tag.attributes:
        return tag.attributes[name]
    return next((value for key, value in tag.attributes.items() if key.casefold() == name.casefold()), None)
