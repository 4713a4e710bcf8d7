"""Cuts SSML into its tags and texts: tolerant, exact, and linear in the size of the text.

>>> for tag, start, text_start, text_end in scan('<speak>1 &lt; 2<break time="1s"/></speak>'):
...     print(start, tag.kind.name, tag.name, dict(tag.attributes), (text_start, text_end))
0 TEXT  {} (0, 0)
0 OPEN speak {} (7, 15)
15 EMPTY break {'time': '1s'} (33, 33)
33 CLOSE speak {} (41, 41)

A token is a tag and the text behind it; the first token is the text before the first tag. Whatever stands in the
source, the tokens in a row are the source. What breaks a rule of XML inside a tag is a flaw of the tag; what holds
for the document as a whole (nesting, references in texts) is for the checker.

A document has far fewer different tags than tags: each is read once and remembered, with flaws that know only
where in the tag they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from ttsprep.diagnostics import Diagnostic, Edit, Fix, Span
from ttsprep.late import late_pattern
from ttsprep.rules import (
    ssml_comment_dashes,
    ssml_doctype,
    ssml_less_than,
    ssml_pause_mark,
    ssml_processing_instruction,
    ssml_unfinished,
)
from ttsprep.ssml.datatypes import BLANK
from ttsprep.ssml.references import clip, decode, reference_faults

__all__ = [
    "BLANK",
    "MOST_FLAWS",
    "NAME",
    "WELL_FORMED",
    "Kind",
    "Place",
    "Tag",
    "Token",
    "doubtful",
    "list_items",
    "moved",
    "scan",
    "well_formed",
]

# Names, as XML 1.0 (fifth edition) has them, with at most one colon inside.
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = f"[{_START}][-.0-9\u00b7\u0300-\u036f\u203f\u2040{_START}]*+"
NAME = f"{_PART}(?::{_PART})?"

_ATTRIBUTE = rf"[ \t\r\n]++({NAME})[ \t\r\n]*+=[ \t\r\n]*+(\"[^\"<]*+\"|'[^'<]*+')"
_SIMPLE_ATTRIBUTE = r'(?: ([A-Za-z-]++)="([^"<&\t\r\n]*+)")?'
_SIMPLE = re.compile(rf"(/?)([A-Za-z-]++){_SIMPLE_ATTRIBUTE}{_SIMPLE_ATTRIBUTE}(/?)")
WELL_FORMED = rf"(/?)({NAME})((?:{_ATTRIBUTE})*+)[ \t\r\n]*+(/?)"
"""What stands between "<" and ">", in groups: slash, name, attributes, the last of them, slash."""
_WELL_FORMED = late_pattern(WELL_FORMED)
_ATTRIBUTES = late_pattern(_ATTRIBUTE)
_ODD_WHITE = re.compile(r"[\t\r\n]")
_WHITE = str.maketrans("\t\n\r", "   ")


class Kind(Enum):
    """What a token begins with."""

    TEXT = "text"
    """Nothing: the text before the first tag, or a "<" that begins no tag."""
    OPEN = "start tag"
    CLOSE = "end tag"
    EMPTY = "empty tag"
    COMMENT = "comment"
    CDATA = "CDATA section"
    INSTRUCTION = "processing instruction"
    DOCTYPE = "DOCTYPE"
    PAUSE = "pause mark"
    """What MiniMax writes for a pause: ``<#0.6#>``."""


class Place(NamedTuple):
    """Where an attribute stands, counted from the "<" of its tag: its name, and its value without quotes."""

    name: Span
    value: Span


class Written(NamedTuple):
    """An attribute as it is written."""

    name: str
    value: str
    place: Place


_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Tag:
    """What stands between "<" and ">"; the same object for equal tags of one document.

    `source` is the tag as it stands, from "<" on. `attributes` holds values as a parser hands them over: references
    decoded, and white space characters that stand as such turned into spaces. `flaws` are diagnostics whose spans
    count from the "<".
    """

    __slots__ = ("_places", "attributes", "flaws", "kind", "name", "source", "verdict")

    verdict: object
    """What the checker keeps of a tag that is right in any document; None before."""

    @property
    def is_broken(self) -> bool:
        """Whether it is so ill written that nobody can be sure where it ends and what it says."""
        return self.source[-1:] not in (">", "＞") or not all(
            flaw.fix is not None and flaw.fix.safe for flaw in self.flaws
        )

    def __init__(
        self,
        kind: Kind,
        source: str,
        name: str = "",
        attributes: Mapping[str, str] = _NO_ATTRIBUTES,
        flaws: tuple[Diagnostic, ...] = (),
        places: Mapping[str, Place] | None = None,
    ) -> None:
        self.kind = kind
        self.source = source
        self.name = name
        self.attributes = attributes
        self.flaws = flaws
        self._places = places
        self.verdict = None

    @property
    def places(self) -> Mapping[str, Place]:
        """Where the attributes stand; the first one of a name. Made when first asked for."""
        if self._places is None:
            places: dict[str, Place] = {}
            for attribute, _, place in _written(self.source):
                places.setdefault(attribute, place)
            self._places = places
        return self._places


Token = tuple[Tag, int, int, int]
"""A tag, where it starts, and where the text behind it starts and ends."""


def moved(found: Diagnostic, by: int) -> Diagnostic:
    """The diagnostic with its span and its fix that many characters further on."""
    fix = found.fix
    if fix is not None:
        fix = Fix(fix.title, tuple(Edit(_shift(edit.span, by), edit.text) for edit in fix.edits), fix.safe)
    span = _shift(found.span, by) if found.span is not None else None
    return found.rule.at(span, found.message, fix=fix, severity=found.severity, field=found.field)


_ITEM = re.compile(r"[^ \t\r\n]+")


def list_items(value: Span, source: str) -> list[Span]:
    """Where the items of a list stand in a value."""
    return [Span(*found.span()) for found in _ITEM.finditer(source, value.start, value.end)]


def doubtful(found: Diagnostic) -> Diagnostic:
    """The diagnostic with a fix that is not safe: what stands around it is broken too."""
    if found.fix is None or not found.fix.safe:
        return found
    return replace(found, fix=replace(found.fix, safe=False))


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


MOST_FLAWS = 201
"""More flaws of one kind are not reported for a tag."""
_REMEMBERED = 4096
"""So many different tags of a document are remembered: all of any document for people."""
_LONGEST = 2048
"""A tag longer than that is not remembered."""


def scan(text: str) -> Iterator[Token]:
    """The tokens of a text, in order."""
    pieces = text.split("<")
    yield Tag(Kind.TEXT, ""), 0, 0, len(pieces[0])
    reader, memory, bare = _Reader(text), dict[str, Tag](), dict[str, Tag]()
    at, resume, long = len(pieces[0]), 0, None
    for piece in islice(pieces, 1, None):
        start = at
        at += len(piece) + 1
        if long is not None:  # a comment or the like goes on beyond its first "<"
            if resume <= at:
                yield long[0], long[1], resume, at
                long = None
            continue
        inner, closed, _ = piece.partition(">")
        known = memory.get(inner) if closed else bare.get(piece)
        if known is None:
            known, alone = reader.read(start, at, inner if closed else None)
            if alone and len(inner) < _LONGEST and len(memory) + len(bare) < _REMEMBERED:
                (memory if closed else bare)[inner] = known
        resume = start + len(known.source)
        if resume <= at:
            yield known, start, resume, at
        else:
            long = known, start


class _Reader:
    """Reads one tag at its place in the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._closers: dict[str, int] = {}

    def read(self, start: int, end: int, inner: str | None) -> tuple[Tag, bool]:
        """The tag at `start`, and whether nothing behind `end`, the next "<", has a part in it.

        `inner` is what stands between its "<" and the first ">"; None if there is none before `end`.
        """
        if inner is not None:
            tag = _SHARED.get(inner) or _simple(inner)
            if tag is not None:
                return tag, True
            found = _WELL_FORMED.fullmatch(inner)
            if found and not (found[1] and (found[3] or found[6])):
                return _well_formed(found, inner), True
        if self._text.startswith(("<!", "<?", "<#"), start):
            return self._other(start), False
        from ttsprep.ssml import patient

        tag = patient.read(self._text, start, end)
        return tag, len(tag.source) <= end - start and not patient.looks_further(self._text, start, end)

    def _other(self, start: int) -> Tag:
        """A comment, CDATA section, processing instruction, DOCTYPE or pause mark."""
        for opener, closer, kind in _SECTIONS:
            if self._text.startswith(opener, start):
                end = self._find(closer, start + len(opener))
                if end < 0:
                    return _unfinished(kind, opener, closer)
                source = self._text[start : end + len(closer)]
                return Tag(kind, source, flaws=tuple(_section_flaws(kind, source)))
        if _DOCTYPE.match(self._text, start):
            return self._doctype(start)
        pause = _PAUSE.match(self._text, start)
        return _pause(pause) if pause else less_than()

    def _find(self, closer: str, start: int) -> int:
        """Where the closer stands next; a search in vain is made once."""
        if closer not in self._closers:
            self._closers[closer] = self._text.rfind(closer)
        return self._text.find(closer, start) if self._closers[closer] >= start else -1

    def _doctype(self, start: int) -> Tag:
        end, subset = self._find(">", start), self._find("[", start)
        if 0 <= subset < end:
            inner = self._find("]", subset)
            end = self._find(">", inner) if inner >= 0 else end
        if end < 0:
            return _unfinished(Kind.DOCTYPE, self._text[start : start + len("<!DOCTYPE")], ">")
        source = self._text[start : end + 1]
        what = "a DOCTYPE is not allowed in SSML"
        fix = Fix.replace(Span(0, len(source)), "", safe="[" not in source)
        return Tag(Kind.DOCTYPE, source, flaws=(ssml_doctype.RULE.at(Span(0, len(source)), what, fix=fix),))


_SECTIONS = (
    ("<!--", "-->", Kind.COMMENT),
    ("<![CDATA[", "]]>", Kind.CDATA),
    ("<?", "?>", Kind.INSTRUCTION),
)
_DOCTYPE = re.compile("<!doctype", re.IGNORECASE)
_PAUSE = re.compile(r"<#[ \t]*([0-9]{1,3}(?:\.[0-9]{1,4})?)[ \t]*#>")


_SHARED: dict[str, Tag] = {}
"""Simple tags of earlier documents: an editor checks one document again and again, and authors have their habits."""
_LONGEST_SHARED = 100


def _simple(inner: str) -> Tag | None:
    """What nearly every tag is: at most two attributes, written plainly. None for any other."""
    found = _SIMPLE.fullmatch(inner)
    tag = _of_simple(found, inner) if found else None
    if tag is not None and len(inner) <= _LONGEST_SHARED:
        if len(_SHARED) >= _REMEMBERED:
            _SHARED.clear()
        _SHARED[inner] = tag
    return tag


def _of_simple(found: re.Match[str], inner: str) -> Tag | None:
    slash, name, first, value, second, other, end = found.groups()
    if name[0] == "-" or (slash and end):
        return None
    if first is None:
        return Tag(Kind.CLOSE if slash else Kind.EMPTY if end else Kind.OPEN, f"<{inner}>", name)
    if slash or first == second or "-" in (first[0], second and second[0]):
        return None
    attributes = {first: value, second: other} if second else {first: value}
    return Tag(Kind.EMPTY if end else Kind.OPEN, f"<{inner}>", name, attributes)


def _well_formed(found: re.Match[str], inner: str) -> Tag:
    slash, name, attributes, *_, end = found.groups()
    kind = Kind.CLOSE if slash else Kind.EMPTY if end else Kind.OPEN
    source = f"<{inner}>"
    if not attributes:
        return Tag(kind, source, name)
    if "&" not in attributes and not _ODD_WHITE.search(attributes):
        pairs = _ATTRIBUTES.findall(attributes)
        values = {attribute: value[1:-1] for attribute, value in pairs}
        if len(values) == len(pairs):
            return Tag(kind, source, name, values)
    return with_attributes(kind, source, name, _written(source))


def well_formed(source: str, plain: str, flaws: list[Diagnostic]) -> Tag | None:
    """The tag that `plain` is, for a source that is written otherwise at the same places; None if it is none."""
    found = _WELL_FORMED.fullmatch(plain[1:-1])
    if found is None or (found[1] and (found[3] or found[6])):
        return None
    kind = Kind.CLOSE if found[1] else Kind.EMPTY if found[6] else Kind.OPEN
    return with_attributes(kind, source, found[2], _written(plain), flaws)


def _written(source: str) -> Iterator[Written]:
    for found in _ATTRIBUTES.finditer(source):
        begin, end = found.span(2)
        yield Written(found[1], source[begin + 1 : end - 1], Place(Span(*found.span(1)), Span(begin + 1, end - 1)))


def with_attributes(
    kind: Kind,
    source: str,
    name: str,
    written: Iterator[Written] | list[Written],
    flaws: list[Diagnostic] | None = None,
) -> Tag:
    """The tag with these attributes, and with what is wrong with their references."""
    values: dict[str, str] = {}
    places: dict[str, Place] = {}
    flaws = flaws or []
    for attribute, value, place in written:
        if "&" in value:
            flaws += islice(reference_faults(value, place.value.start), MOST_FLAWS)
        if attribute in values:
            if len(flaws) < MOST_FLAWS:
                flaws.append(_twice(attribute, value, place, source, places[attribute]))
            continue
        places[attribute] = place
        values[attribute] = decode(value.translate(_WHITE))
    if not all(flaw.fix is not None and flaw.fix.safe for flaw in flaws):
        flaws = list(map(doubtful, flaws))
    return Tag(kind, source, name, values, tuple(flaws), places)


def _twice(name: str, value: str, place: Place, source: str, first: Place) -> Diagnostic:
    from ttsprep.rules import ssml_attribute_twice

    begin = place.name.start - (source[place.name.start - 1 : place.name.start] in tuple(BLANK))
    whole = Span(begin, place.value.end + 1)
    fix = Fix.replace(whole, "", safe=first.value.of(source) == value, title=f"remove the second {name}")
    return ssml_attribute_twice.RULE.at(place.name, f"attribute {clip(name)!r} stands twice in the tag", fix=fix)


def _section_flaws(kind: Kind, source: str) -> Iterator[Diagnostic]:
    whole = Span(0, len(source))
    if kind is Kind.COMMENT and ("--" in source[4:-3] or source[4:-3].endswith("-") or len(source) < len("<!---->")):
        what = "'--' must not stand in a comment, nor '-' at its end"
        yield ssml_comment_dashes.RULE.at(
            whole, what, fix=Fix.replace(whole, "", safe=True, title="remove the comment")
        )
    if kind is Kind.INSTRUCTION:
        what = "an XML declaration" if re.match(r"<\?xml[ \t\r\n]", source) else "a processing instruction"
        fix = Fix.replace(whole, "", safe=True)
        yield ssml_processing_instruction.RULE.at(whole, f"{what} does not belong into SSML for this service", fix=fix)


def _unfinished(kind: Kind, opener: str, closer: str) -> Tag:
    what = f"this {kind.value} never ends: there is no {closer!r} behind it"
    return Tag(Kind.TEXT, opener, flaws=(ssml_unfinished.RULE.at(Span(0, len(opener)), what),))


def less_than(*, safe: bool = True) -> Tag:
    """A "<" that begins nothing: it is text. Not `safe`: it may have been meant as a tag."""
    what = "'<' in text has to be written '&lt;'"
    flaw = ssml_less_than.RULE.at(Span(0, 1), what, fix=Fix.replace(Span(0, 1), "&lt;", safe=safe))
    return Tag(Kind.TEXT, "<", flaws=(flaw,))


def _pause(found: re.Match[str]) -> Tag:
    from decimal import Decimal

    whole = Span(0, len(found[0]))
    milliseconds = int(Decimal(found[1]) * 1000)
    what = f'{found[0]!r} is how MiniMax writes a pause; here it is <break time="{milliseconds}ms"/>'
    fix = Fix.replace(whole, f'<break time="{milliseconds}ms"/>', safe=False)
    return Tag(Kind.PAUSE, found[0], flaws=(ssml_pause_mark.RULE.at(whole, what, fix=fix),))
