"""The tag at a place of an SSML document that is being written: whole, or as far as it has come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from ttsprep.diagnostics import Span

__all__ = ["Named", "Tag", "Writing", "tag_at", "writing_at"]


class Named(NamedTuple):
    """An attribute: its name, and where it stands from name to value."""

    name: str
    span: Span


class Tag(NamedTuple):
    """A tag that is there."""

    name: str
    span: Span
    attributes: tuple[Named, ...]


def tag_at(text: str, offset: int) -> Tag | None:
    """The tag that covers a code point.

    >>> tag_at('<speak rate="2">', 9).attributes
    (Named(name='rate', span=Span(start=7, end=15)),)
    """
    from ttsprep.ssml.scanner import Kind, scan

    for tag, start, _, _ in scan(text):
        if start > offset:
            return None
        if offset < start + len(tag.source) and tag.kind in (Kind.OPEN, Kind.CLOSE, Kind.EMPTY):
            places = tag.places.items()
            named = (Named(name, Span(start + at.name.start, start + at.value.end + 1)) for name, at in places)
            return Tag(tag.name, Span(start, start + len(tag.source)), tuple(named))
    return None


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody writes at a place: the beginning of a tag, of an attribute or of a value.

    `written` is what stands of it already; `attribute` is named where a value is written, `element` where an attribute
    or a value is. `open` are the elements around, the innermost last.
    """

    written: str
    element: str = ""
    attribute: str = ""
    closing: bool = False
    present: frozenset[str] = frozenset()
    open: tuple[str, ...] = ()


_LONGEST: Final = 4_000
_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[\w:-]*)\Z")
_INSIDE = re.compile(
    r"""<(?P<name>[A-Za-z][\w:-]*)
        (?P<before> (?: \s+ [\w:-]+ \s*=\s* (?: "[^"<]*" | '[^'<]*' ) )* )
        \s+ (?: (?P<attribute>[\w:-]+) \s*=\s* (?P<quote>["']) (?P<value>[^"'<]*) | (?P<partial>[\w:-]*) )\Z""",
    re.VERBOSE,
)
_NAMES = re.compile(r"([\w:-]+)\s*=")


def writing_at(text: str, offset: int) -> Writing | None:
    """What is being written at an offset; None where text is.

    >>> writing_at('<speak voice="lo', 16)
    Writing(written='lo', element='speak', attribute='voice', closing=False, present=frozenset(), open=())
    >>> writing_at("<speak>a</", 10).open
    ('speak',)
    """
    begin = text.rfind("<", max(0, offset - _LONGEST), offset)
    if begin < 0:
        return None
    piece = text[begin:offset]
    if found := _TAG.match(piece):
        return Writing(found["name"], closing=bool(found["slash"]), open=_open(text[:begin]))
    inside = _INSIDE.match(piece)
    if inside is None:
        return None
    present = frozenset(_NAMES.findall(inside["before"]))
    written = inside["value"] if inside["attribute"] else inside["partial"]
    return Writing(written, inside["name"], inside["attribute"] or "", present=present)


def _open(text: str) -> tuple[str, ...]:
    from ttsprep.ssml.scanner import Kind, scan

    names: list[str] = []
    for tag, *_ in scan(text):
        if tag.kind is Kind.OPEN:
            names.append(tag.name)
        elif tag.kind is Kind.CLOSE and tag.name in names:
            del names[len(names) - 1 - names[::-1].index(tag.name) :]
    return tuple(names)
