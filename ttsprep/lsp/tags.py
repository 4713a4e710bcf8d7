"""What stands at a place of an SSML document: a tag, an attribute, a value, or text.

>>> inside('<speak><break time="1', 21)
Inside(kind='value', name='break', parents=('speak',), attributes=('time',), attribute='time', start=20)
>>> inside("<speak>你好<br", 12).kind
'name'
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from ttsprep.diagnostics import Span
from ttsprep.ssml.scanner import Kind, Tag, scan

__all__ = ["Inside", "inside", "tag_at"]


class Inside(NamedTuple):
    """What is being written: the `name` of a tag, of the tag that is to be closed, of an attribute, or its value."""

    kind: Literal["text", "name", "close", "attribute", "value"]
    name: str = ""
    """The element whose tag it is, as far as it is written."""
    parents: tuple[str, ...] = ()
    """The elements that are open here, the outermost first."""
    attributes: tuple[str, ...] = ()
    """The attributes that the tag has already."""
    attribute: str = ""
    start: int = 0
    """Where the word begins that is being written."""


_OPENING: Final = re.compile(r"<(/?)([^\s<>/=\"'!?]*)")
_ATTRIBUTE: Final = re.compile(r"\s+([^\s=<>\"'/]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_VALUE: Final = re.compile(r"\s+([^\s=<>\"'/]+)\s*=\s*[\"']([^\"']*)\Z")
_NAME: Final = re.compile(r"\s+([^\s=<>\"'/]*)\Z")
_LONGEST: Final = 5_000
"""A tag is not longer: what lies further back is not looked at."""


def inside(text: str, offset: int) -> Inside:
    """What is being written at an offset."""
    begin = text.rfind("<", max(0, offset - _LONGEST), offset)
    opening = _OPENING.match(text, begin, offset) if begin >= 0 else None
    if opening is None:
        return Inside("text", start=offset)
    parents, name, at = _open(text[:begin]), opening[2], opening.end()
    if at == offset:
        return Inside("close" if opening[1] else "name", name, parents, start=opening.start(2))
    written = []
    while found := _ATTRIBUTE.match(text, at, offset):
        written.append(found[1])
        at = found.end()
    rest = text[at:offset]
    if value := _VALUE.match(rest):
        return Inside("value", name, parents, (*written, value[1]), value[1], at + value.start(2))
    if not opening[1] and (word := _NAME.match(rest)):
        return Inside("attribute", name, parents, tuple(written), start=at + word.start(1))
    return Inside("text", start=offset)


def _open(text: str) -> tuple[str, ...]:
    """The elements that are open at the end of a text."""
    opened: list[str] = []
    for tag, *_ in scan(text):
        if tag.kind is Kind.OPEN:
            opened.append(tag.name)
        elif tag.kind is Kind.CLOSE and tag.name in opened:
            while opened.pop() != tag.name:
                pass
    return tuple(opened)


def tag_at(text: str, offset: int) -> tuple[Tag, Span, str] | None:
    """The tag at an offset with its place, and the attribute that is pointed at ("" for none)."""
    for tag, start, behind, end in scan(text):
        if start <= offset < behind and tag.kind in (Kind.OPEN, Kind.EMPTY, Kind.CLOSE):
            for name, place in tag.places.items():
                if place.name.start <= offset - start <= place.value.end:
                    return tag, Span(start + place.name.start, start + place.value.end), name
            return tag, Span(start, behind), ""
        if offset < end:
            return None
    return None
