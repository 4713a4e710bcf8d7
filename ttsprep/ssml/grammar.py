"""The grammar of the service's SSML, read from ``cosyvoice-ssml.rng``: the element table of every other part.

>>> sorted(grammar().elements)
['break', 'phoneme', 'say-as', 'soundEvent', 'speak', 'sub']
>>> grammar().elements["break"].attributes["time"].expected
'a whole number from 1s to 10s or a whole number from 50ms to 10000ms'

Which attributes may stand together is a list of *branches*: a tag is legal where one branch has all its attributes,
none that the branch requires is missing, and every value is of the branch's datatype. That is what RELAX NG says
for attributes; the reader knows the few patterns that the grammar uses and refuses any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ttsprep.ssml.datatypes import Choice, Datatype, ListOf, Number, Pattern, Text, Word

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as Node

__all__ = ["Attribute", "Branch", "Element", "Grammar", "Use", "grammar", "rng_path"]

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
_TTS = "{urn:ttsprep:grammar}"


@dataclass(frozen=True)
class Use:
    """An attribute in one branch: whether it has to be there, and what its value may be."""

    required: bool
    datatype: Datatype


Branch = Mapping[str, Use]
"""The attributes that may stand together."""


@dataclass(frozen=True)
class Attribute:
    """An attribute of an element, over all branches."""

    name: str
    required: bool
    """Whether every branch requires it."""
    datatype: Datatype
    documentation: str = ""
    default: str = ""
    """What the service takes where the attribute is absent; "" where there is no such value."""

    @property
    def expected(self) -> str:
        """What the value may be, in words."""
        return self.datatype.expected


@dataclass(frozen=True)
class Element:
    """An element: its attributes, and what may stand inside."""

    name: str
    attributes: Mapping[str, Attribute]
    branches: tuple[Branch, ...]
    children: frozenset[str]
    text: bool
    documentation: str = ""

    def usual(self, attributes: Mapping[str, str]) -> bool:
        """Whether the attributes are legal, each in the form in which it is usually written. The quick question."""
        for required, checks in self._quick:
            for name, value in attributes.items():
                check = checks.get(name)
                if check is None or not check(value):
                    break
            else:
                if required <= attributes.keys():
                    return True
        return False

    @cached_property
    def _quick(self) -> list[tuple[frozenset[str], dict[str, Callable[[str], object]]]]:
        """What each branch requires, and the quick question for each of its attributes."""
        return [
            (
                frozenset(name for name, use in branch.items() if use.required),
                {name: use.datatype.usual for name, use in branch.items()},
            )
            for branch in self.branches
        ]

    @cached_property
    def leaf(self) -> bool:
        """Whether it holds text alone."""
        return self.text and not self.children

    @property
    def empty(self) -> bool:
        """Whether nothing may stand inside."""
        return not self.text and not self.children


@dataclass(frozen=True)
class Grammar:
    """The elements by name, and which of them is the root."""

    root: str
    elements: Mapping[str, Element]

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """Where each element may stand; the root stands nowhere."""
        return MappingProxyType(
            {name: tuple(e.name for e in self.elements.values() if name in e.children) for name in self.elements}
        )


def rng_path() -> Path:
    """Where the grammar lies: in the installed package, or beside it in a checkout."""
    installed = Path(__file__).parent.parent / "grammars"
    folder = installed if installed.is_dir() else installed.parent.parent / "grammars"
    return folder / "cosyvoice-ssml.rng"


@cache
def grammar() -> Grammar:
    """The grammar; read once."""
    from xml.etree import ElementTree

    return _Reader(ElementTree.parse(rng_path()).getroot()).grammar()  # noqa: S314 - our own file


class _Reader:
    """Reads the patterns of a RELAX NG file in its XML form."""

    def __init__(self, root: Node) -> None:
        self._defines = {str(node.get("name")): node for node in root.iterfind(f"{_RNG}define")}
        self._start = root.find(f"{_RNG}start/{_RNG}ref")

    def grammar(self) -> Grammar:
        elements = [self._element(define, node) for define, node in self._elements()]
        root = self._start.get("name") if self._start is not None else None
        by_name = {element.name: element for element in elements}
        if root is None or root not in by_name:
            raise ValueError("the grammar does not start with an element of its own")
        return Grammar(root, MappingProxyType(by_name))

    def _elements(self) -> Iterator[tuple[Node, Node]]:
        for define in self._defines.values():
            for node in define.iterfind(f"{_RNG}element"):
                yield define, node

    def _element(self, define: Node, node: Node) -> Element:
        branches = tuple(MappingProxyType(branch) for branch in self._group(_patterns(node)))
        children, text = self._content(node)
        return Element(
            _name(node),
            MappingProxyType(dict(self._attributes(node, branches))),
            branches,
            frozenset(children),
            text,
            _documentation(define),
        )

    # --- attributes

    def _branches(self, node: Node) -> list[dict[str, Use]]:
        """The sets of attributes that a pattern allows; the content of an element allows the empty set."""
        match _kind(node):
            case "attribute":
                return [{_name(node): Use(True, self._datatype(node))}]
            case "optional":
                return self._optional(self._group(_patterns(node)))
            case "choice":
                return [branch for inner in _patterns(node) for branch in self._branches(inner)]
            case "group":
                return self._group(_patterns(node))
            case "ref":
                return self._group(_patterns(self._defines[str(node.get("name"))]))
            case _:
                return [{}]

    def _group(self, nodes: list[Node]) -> list[dict[str, Use]]:
        sets = [self._branches(node) for node in nodes if _kind(node) not in ("zeroOrMore", "element")]
        return [{name: use for part in parts for name, use in part.items()} for parts in product(*sets)]

    @staticmethod
    def _optional(branches: list[dict[str, Use]]) -> list[dict[str, Use]]:
        """One attribute of one kind becomes optional in its branch; anything else is a branch more."""
        if len(branches) == 1 and len(branches[0]) == 1:
            return [{name: Use(False, use.datatype) for name, use in branches[0].items()}]
        return [{}, *branches]

    def _attributes(self, node: Node, branches: tuple[Branch, ...]) -> Iterator[tuple[str, Attribute]]:
        notes = dict(self._notes(node))
        for name in dict.fromkeys(name for branch in branches for name in branch):
            uses = [branch[name] for branch in branches if name in branch]
            required = len(uses) == len(branches) and all(use.required for use in uses)
            datatypes = list(dict.fromkeys(use.datatype for use in uses))
            datatype = datatypes[0] if len(datatypes) == 1 else Choice(tuple(_flat(datatypes)))
            texts, default = notes.get(name, ([], ""))
            yield name, Attribute(name, required, datatype, " ".join(dict.fromkeys(texts)), default)

    def _notes(self, node: Node) -> Iterator[tuple[str, tuple[list[str], str]]]:
        """The documentation and the default of each attribute below a pattern."""
        found: dict[str, tuple[list[str], str]] = {}
        for define in self._defines_below(node):
            for attribute in define.iterfind(f"{_RNG}attribute"):
                texts, default = found.get(_name(attribute), ([], ""))
                found[_name(attribute)] = [*texts, _documentation(define)], default or define.get(f"{_TTS}default", "")
        yield from found.items()

    def _defines_below(self, node: Node) -> Iterator[Node]:
        for ref in node.iter(f"{_RNG}ref"):
            define = self._defines[str(ref.get("name"))]
            if define.find(f"{_RNG}element") is None:
                yield define
                yield from self._defines_below(define)

    # --- datatypes

    def _datatype(self, node: Node, notes: Node | None = None) -> Datatype:
        """The datatype of an attribute or of a define: of the one pattern inside it."""
        (inner,) = _patterns(node) or [node]
        return self._value(inner, node if notes is None else notes)

    def _value(self, node: Node, notes: Node) -> Datatype:
        match _kind(node):
            case "ref":
                define = self._defines[str(node.get("name"))]
                return self._datatype(define, define)
            case "value":
                return Word(str(node.text), _documentation(notes))
            case "data":
                return _data(node, notes)
            case "text" | "attribute":
                return Text()
            case "choice":
                inner = [self._value(inner, inner) for inner in _patterns(node)]
                return Choice(tuple(_flat(inner)), _documentation(notes) if notes.tag == f"{_RNG}define" else "")
            case "list":
                return self._list(_patterns(node), notes)
            case other:
                raise ValueError(f"the grammar uses <{other}>, which its reader does not know")

    def _list(self, inner: list[Node], notes: Node) -> ListOf:
        if len(inner) == 1 and _kind(inner[0]) == "oneOrMore":
            return ListOf((self._value(_patterns(inner[0])[0], notes),), repeats=True)
        return ListOf(tuple(self._value(node, notes) for node in inner))

    # --- content

    def _content(self, node: Node) -> tuple[set[str], bool]:
        children, text = set(), False
        for inner in _patterns(node):
            if _kind(inner) == "text":
                text = True
            elif _kind(inner) in ("zeroOrMore", "choice", "group"):
                more, mixed = self._content(inner)
                children |= more
                text |= mixed
            elif _kind(inner) == "ref":
                element = self._defines[str(inner.get("name"))].find(f"{_RNG}element")
                children |= {_name(element)} if element is not None else set()
        return children, text


def _flat(datatypes: Iterator[Datatype] | list[Datatype]) -> Iterator[Datatype]:
    for datatype in datatypes:
        if isinstance(datatype, Choice):
            yield from datatype.alternatives
        else:
            yield datatype


def _data(node: Node, notes: Node) -> Datatype:
    facets = {str(param.get("name")): str(param.text) for param in node.iterfind(f"{_RNG}param")}
    unit = notes.get(f"{_TTS}unit", "")
    match node.get("type"):
        case "decimal" | "integer" as kind:
            low, high = (_number(facets.get(name)) for name in ("minInclusive", "maxInclusive"))
            return Number(kind == "integer", low, high, unit)
        case "string" | "token" as kind:
            low, high = (_number(notes.get(f"{_TTS}{name}")) for name in ("min", "max"))
            pattern, length = facets.get("pattern", ""), int(facets.get("minLength", 0))
            return Pattern(pattern, kind == "token", length, unit, low, high, _documentation(notes))
        case other:
            raise ValueError(f"the grammar uses the datatype {other}, which its reader does not know")


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _kind(node: Node) -> str:
    return str(node.tag).removeprefix(_RNG)


def _name(node: Node) -> str:
    """RELAX NG has two ways to write a name: an attribute, and a child."""
    return node.get("name") or node.findtext(f"{_RNG}name") or ""


def _patterns(node: Node) -> list[Node]:
    return [child for child in node if str(child.tag).startswith(_RNG) and _kind(child) not in ("name", "param")]


def _documentation(node: Node) -> str:
    return " ".join((node.findtext(_DOCUMENTATION) or "").split())
