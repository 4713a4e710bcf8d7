"""Reads SSML of any dialect into a tree of lxml whose every element knows where it stands in the source.

>>> roots, *_ = read('<speak><p>你好<mstts:x/></p></speak>')
>>> [(node.name, node.start, node.end) for node in roots[0].descendants()]
[('speak', 0, 34), ('p', 7, 26), ('mstts:x', 12, 22)]
>>> print(read("<speak>Q&A</speak>").faults[0])
SSM015 error: '&' has to be written '&amp;'

lxml knows no columns, so the elements of its tree, which come in document order, are paired with the start tags that
the scanner found: in a well-formed document without a DOCTYPE these are the same. Sibling roots, processing
instructions and prefixes without a declaration are what documents of this kind have: the roots are parsed inside one
element that declares every prefix, the instructions are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.rules import (
    ssml_cdata_end,
    ssml_forbidden_character,
    ssml_not_convertible,
)
from ttsprep.ssml.characters import FORBIDDEN
from ttsprep.ssml.checker import validate
from ttsprep.ssml.conversion.tables import data
from ttsprep.ssml.references import reference_faults
from ttsprep.ssml.scanner import BLANK, Kind, Tag, moved, scan

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Node", "Reading", "read"]


@dataclass(eq=False)
class Node:
    """An element of the tree with its place in the source."""

    tag: Tag
    start: int
    """Where its start tag begins."""
    inside: int
    """Where its content begins."""
    close: int
    """Where its end tag begins; the end of the start tag for an empty one."""
    end: int
    name: str = ""
    """In the capitals of the tables, with the prefix that is usual for its namespace."""
    text: str = ""
    """The text before the first child."""
    tail: str = ""
    """The text behind the element."""
    children: list[Node] = field(default_factory=list)

    @property
    def whole(self) -> Span:
        return Span(self.start, self.end)

    @property
    def head(self) -> Span:
        """The start tag."""
        return Span(self.start, self.inside)

    @property
    def foot(self) -> Span:
        """The end tag; of an empty element the whole."""
        return Span(self.close, self.end) if self.close < self.end else self.head

    def get(self, name: str) -> str | None:
        """The value of an attribute, by the name that it is written with."""
        return self.tag.attributes.get(name)

    def value(self, name: str) -> Span:
        """Where the value of an attribute stands."""
        return _shifted(self.tag.places[name].value, self.start)

    def attribute(self, name: str) -> Span:
        """Where the name of an attribute stands."""
        return _shifted(self.tag.places[name].name, self.start)

    def descendants(self) -> Iterator[Node]:
        """The element and all inside, in document order."""
        yield self
        for child in self.children:
            yield from child.descendants()

    def all_text(self) -> str:
        """All text inside."""
        return self.text + "".join(child.all_text() + child.tail for child in self.children)


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


class Reading(NamedTuple):
    """What was read: no roots, and why, where a document cannot be read."""

    roots: list[Node]
    faults: tuple[Diagnostic, ...] = ()
    instructions: tuple[Span, ...] = ()
    """Processing instructions that are no XML declarations."""


def read(text: str) -> Reading:
    """The document. Never raises."""
    scanned = _Scanned(text)
    if scanned.reason is not None:
        return Reading([], _explained(text, scanned.reason))
    forest, complaint = _parsed(text, scanned.instructions, scanned.prefixes)
    if forest is None:
        return Reading([], _explained(text, ssml_not_convertible.RULE.at(Span(0, len(text)), complaint)))
    beside = [forest.text, *(root.tail for root in forest)]
    if not len(forest) or any(piece and piece.strip(BLANK) for piece in beside):
        what = "all text of a document has to stand in <speak>: it is not converted"
        return Reading([], _explained(text, ssml_not_convertible.RULE.at(Span(0, len(text)), what)))
    instructions = (span for span in scanned.instructions if not _is_declaration(span.of(text)))
    return Reading(_paired(forest, scanned.nodes), (), tuple(instructions))


_UNREADABLE = frozenset(f"SSM0{n}" for n in (*range(10, 12), *range(13, 21), *range(22, 27), 40))
"""What of the checker's findings says that a text is no document."""


def _explained(text: str, reason: Diagnostic) -> tuple[Diagnostic, ...]:
    """The checker's words on why a document cannot be read; where it has none, ours."""
    if reason.rule is ssml_not_convertible.RULE and reason.message.endswith(_TOO_MUCH):
        return (reason,)
    return tuple(fault for fault in validate(text) if fault.rule.code in _UNREADABLE) or (reason,)


_TOO_MUCH = "is more than is converted"


class _Scanned:
    """The elements of a document as tags, and the first reason not to parse it."""

    def __init__(self, text: str) -> None:
        self.nodes: list[Node] = []
        self.instructions: list[Span] = []
        self.prefixes: dict[str, None] = {}
        self._stack: list[Node] = []
        self._limits = data()["limits"]
        self.reason = self._first(text) or self._unclosed()

    def _first(self, text: str) -> Diagnostic | None:
        if len(text) > self._limits["characters"]:
            return _too_much(Span(0, 0), f"a document of {len(text):,} characters")
        forbidden = FORBIDDEN.search(text)
        if forbidden:
            what = f"U+{ord(forbidden[0]):04X} may not stand in SSML"
            return ssml_forbidden_character.RULE.at(Span(*forbidden.span()), what)
        for tag, start, begin, end in scan(text):
            found = self._tag(tag, start, begin) or _text_fault(text, begin, end)
            if found:
                return found
        return None

    def _tag(self, tag: Tag, start: int, end: int) -> Diagnostic | None:
        span = Span(start, end)
        if tag.kind is Kind.INSTRUCTION:
            self.instructions.append(span)
        elif tag.flaws:
            return moved(tag.flaws[0], start)
        elif tag.kind in (Kind.OPEN, Kind.EMPTY):
            return self._element(tag, span)
        elif tag.kind is Kind.CLOSE:
            if not self._stack or self._stack[-1].tag.name != tag.name:
                inner = f"<{self._stack[-1].tag.name}> is open" if self._stack else "nothing is open"
                return ssml_not_convertible.RULE.at(span, f"</{tag.name}> closes nothing: {inner}")
            node = self._stack.pop()
            node.close, node.end = start, end
        return None

    def _element(self, tag: Tag, span: Span) -> Diagnostic | None:
        node = Node(tag, span.start, span.end, span.end, span.end)
        self.nodes.append(node)
        if tag.kind is Kind.OPEN:
            self._stack.append(node)
        for name in (tag.name, *tag.attributes):
            prefix, colon, _ = name.partition(":")
            if colon and prefix not in ("xml", "xmlns"):
                self.prefixes[prefix] = None
        return self._too_large(tag, span)

    def _too_large(self, tag: Tag, span: Span) -> Diagnostic | None:
        if len(self._stack) > self._limits["depth"]:
            return _too_much(span, f"an element in {self._limits['depth']} others")
        if len(tag.attributes) > self._limits["attributes"]:
            return _too_much(span, f"a tag with {len(tag.attributes):,} attributes")
        if len(self.nodes) > self._limits["elements"]:
            return _too_much(span, f"the {len(self.nodes):,}th element")
        return None

    def _unclosed(self) -> Diagnostic | None:
        for node in self._stack:
            return ssml_not_convertible.RULE.at(node.head, f"<{node.tag.name}> is never closed")
        return None


def _too_much(span: Span, what: str) -> Diagnostic:
    return ssml_not_convertible.RULE.at(span, f"{what} {_TOO_MUCH}")


def _text_fault(text: str, begin: int, end: int) -> Diagnostic | None:
    inner = text[begin:end]
    if "]]>" in inner:
        at = begin + inner.index("]]>")
        return ssml_cdata_end.RULE.at(Span(at, at + len("]]>")), "']]>' must not stand in text")
    return next(reference_faults(inner, begin), None) if "&" in inner else None


def _parsed(text: str, left_out: list[Span], prefixes: Iterable[str]) -> tuple[etree._Element | None, str]:
    """The document in an element that declares its prefixes; or what the parser has against it."""
    from lxml import etree

    pieces, at = [], 0
    for span in left_out:
        pieces.append(text[at : span.start])
        at = span.end
    declared = "".join(f' xmlns:{prefix}="urn:undeclared:{prefix}"' for prefix in prefixes)
    document = f"<forest{declared}>{''.join([*pieces, text[at:]])}</forest>"
    settings = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(document.encode(), settings), ""
    except etree.XMLSyntaxError as error:
        return None, f"the document cannot be read: {error.msg}"


def _paired(forest: etree._Element, tags: list[Node]) -> list[Node]:
    """The scanner's tags with what the parser read: both are in document order."""
    from lxml import etree

    waiting = iter(tags)

    def node_of(element: etree._Element) -> Node:
        node, name = next(waiting), etree.QName(element)
        assert node.tag.name.rpartition(":")[2] == name.localname
        prefix = data()["namespaces"].get(name.namespace, node.tag.name.rpartition(":")[0])
        node.name = _usual(f"{prefix}:{name.localname}" if prefix else name.localname)
        node.text, node.tail = element.text or "", element.tail or ""
        node.children = [node_of(child) for child in element]
        return node

    return [node_of(element) for element in forest]


@cache
def _folded() -> dict[str, str]:
    return {name.casefold(): name for name in data()["elements"]}


def _usual(name: str) -> str:
    """The name as the tables have it, for one that is written in other capitals."""
    return name if name in data()["elements"] else _folded().get(name.casefold(), name)


def _is_declaration(text: str) -> bool:
    return text.startswith("<?xml") and text[len("<?xml") : len("<?xml") + 1] in tuple(BLANK)
