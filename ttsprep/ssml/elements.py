"""What the builder builds: immutable elements, fragments and documents, each checked against the grammar when made.

An element knows its attributes as they stand in the document and its children, texts and elements in a row:

    >>> pause = Element("break", {"time": "1s"})
    >>> str(pause), str(Element("speak", {"rate": 1.50}, ("Q&A", pause)))
    ('<break time="1s"/>', '<speak rate="1.5">Q&amp;A<break time="1s"/></speak>')

Attributes stand in the order of the grammar and neighbouring texts are one, so what is written alike is equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import NoReturn, Self

from ttsprep.likeness import suggest
from ttsprep.ssml.datatypes import words
from ttsprep.ssml.grammar import Branch, grammar
from ttsprep.ssml.grammar import Element as Declared
from ttsprep.ssml.references import escape
from ttsprep.ssml.rendering import exact, text_of, written, wrong

__all__ = ["Element", "Fragment", "Immutable", "Node", "flat", "python_name"]


class Immutable:
    """Compared, hashed and shown by what it is made of; nothing of it can be changed."""

    __slots__ = ("_parts",)

    _parts: tuple[object, ...]

    def _hold(self, *parts: object) -> None:
        object.__setattr__(self, "_parts", parts)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} cannot be changed: call it to get another one")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} cannot be changed: call it to get another one")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Immutable) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self


class Element(Immutable):
    """An element with its attributes and children.

    Raises TypeError for an attribute or a child that the element does not have, ValueError for an element that the
    grammar does not have and for a value that an attribute does not take. An attribute that is None is left out.
    """

    __slots__ = ()

    def __init__(
        self, name: str, attributes: Mapping[str, object] | None = None, children: Iterable[object] = ()
    ) -> None:
        declared = _declared(name)
        found = _attributes(declared, attributes or {})
        self._hold(name, tuple(found.items()), tuple(_joined(_allowed(declared, flat(children)))))

    def _like(self, attributes: Mapping[str, object], children: Iterable[object]) -> Self:
        """Another element of the same class and name."""
        other = object.__new__(type(self))
        Element.__init__(other, self.name, attributes, children)
        return other

    def __reduce__(self) -> tuple[object, ...]:
        return _remade, (type(self), self.name, dict(self.attributes), self.children)

    @property
    def name(self) -> str:
        """As it stands in the tag."""
        return str(self._parts[0])

    @property
    def attributes(self) -> Mapping[str, str]:
        """Name → value, both as a parser reads them from the document."""
        return MappingProxyType(dict(self._parts[1]))  # type: ignore[call-overload]  # pairs, by __init__

    @property
    def children(self) -> tuple[Node, ...]:
        """Texts and elements; no two texts in a row, none empty."""
        return self._parts[2]  # type: ignore[return-value]  # by __init__

    @property
    def text(self) -> str:
        """The text inside, without tags."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def start_tag(self) -> str:
        """What stands before the children; all of an element that is empty by the grammar."""
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        return f"<{self.name}{attributes}{'/' if grammar().elements[self.name].empty else ''}>"

    @property
    def end_tag(self) -> str:
        """What stands behind the children; nothing for an element that is empty by the grammar."""
        return "" if grammar().elements[self.name].empty else f"</{self.name}>"

    def __iter__(self) -> Iterator[object]:
        """The children. (Of no narrower type, for else a type checker would take an element for a list of them.)"""
        return iter(self.children)

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return "".join([self.start_tag, *map(_markup, self.children), self.end_tag])

    def __repr__(self) -> str:
        keywords = ", ".join(f"{name!r}: {value!r}" for name, value in self.attributes.items())
        return f"Element({self.name!r}, {{{keywords}}}, {self.children!r})"


Node = str | Element
"""What stands in an element: a text or another element."""


class Fragment(Immutable):
    """Texts and elements in a row, with nothing around them: to be put into elements.

    >>> str(Fragment(["1 < 2", None, [Element("break")]]))
    '1 &lt; 2<break/>'
    """

    __slots__ = ()

    def __init__(self, children: Iterable[object] = ()) -> None:
        self._hold(tuple(_joined(_allowed(grammar().elements[grammar().root], flat(children)))))

    def __reduce__(self) -> tuple[object, ...]:
        return Fragment, (self.children,)

    @property
    def children(self) -> tuple[Node, ...]:
        """Texts and elements; no two texts in a row, none empty."""
        return self._parts[0]  # type: ignore[return-value]  # by __init__

    def __getitem__(self, children: object) -> Fragment:
        return Fragment((*self.children, children))

    def __iter__(self) -> Iterator[Node]:
        return iter(self.children)

    def __bool__(self) -> bool:
        return bool(self.children)

    def __str__(self) -> str:
        return "".join(map(_markup, self.children))

    def __repr__(self) -> str:
        return f"fragment[{', '.join(map(repr, self.children))}]" if self.children else "fragment"


def _remade(kind: type[Element], name: str, attributes: Mapping[str, str], children: tuple[Node, ...]) -> Element:
    element = object.__new__(kind)
    Element.__init__(element, name, attributes, children)
    return element


def _markup(node: Node) -> str:
    return escape(node) if isinstance(node, str) else str(node)


def _declared(name: str) -> Declared:
    elements = grammar().elements
    if name not in elements:
        meant = suggest(name, elements)
        hint = f"did you mean {meant!r}?" if meant else f"there are {', '.join(elements)}"
        raise ValueError(f"{name!r} is no element; {hint}")
    return elements[name]


# --- children

_DEEPEST = 100_000


def flat(children: Iterable[object]) -> Iterator[object]:
    """The children without the lists and other iterables around them; None, True and False are nothing.

    >>> list(flat(["a", None, [1 > 2, ("b", (c for c in "cd"))]]))
    ['a', 'b', 'c', 'd']
    """
    rows = [iter(children)]
    while rows:
        child = next(rows[-1], rows)
        if child is rows:
            rows.pop()
        elif isinstance(child, str | Element):
            yield child
        elif isinstance(child, Iterable) and not isinstance(child, Mapping | Set | bytes | bytearray | memoryview):
            rows.append(iter(child))
            if len(rows) > _DEEPEST:
                raise ValueError("lists of children stand in one another without end")
        elif child is not None and not isinstance(child, bool):
            yield child


def _allowed(declared: Declared, children: Iterable[object]) -> Iterator[Node]:
    for child in children:
        if isinstance(child, str) and declared.text:
            yield text_of(child)
        elif isinstance(child, int) and declared.text:
            yield str(int(child))
        elif isinstance(child, float | Decimal) and declared.text:
            yield f"{exact(child):f}"
        elif isinstance(child, Element) and child.name in declared.children:
            yield child
        else:
            raise _no_child(declared, child)


def _no_child(declared: Declared, child: object) -> TypeError:
    what = f"{_shown(child)} may not stand in {declared.name}, which holds {_content(declared)}"
    if declared.text and not isinstance(child, Element):
        what += "; text is a str, or a number as int, float or Decimal"
    return TypeError(what)


def _shown(child: object) -> str:
    return f"<{child.name}>" if isinstance(child, Element) else f"{child!r:.100} ({type(child).__name__})"


def _content(declared: Declared) -> str:
    inside = ["text"] * declared.text + sorted(declared.children)
    if len(inside) > 1:
        return f"{', '.join(inside[:-1])} and {inside[-1]}"
    return f"{inside[0]} only" if inside else "nothing"


def _joined(nodes: Iterable[Node]) -> Iterator[Node]:
    """The same with neighbouring texts as one and without empty ones."""
    texts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            texts.append(node)
            continue
        if text := "".join(texts):
            yield text
        texts.clear()
        yield node
    if text := "".join(texts):
        yield text


# --- attributes


@cache
def python_name(name: str) -> str:
    """The keyword for an attribute.

    >>> python_name("effectValue"), python_name("interpret-as")
    ('effect_value', 'interpret_as')
    """
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", name).replace("-", "_").lower()


def _attributes(declared: Declared, values: Mapping[str, object]) -> dict[str, str]:
    """The values as they stand in the document, in the order of the grammar."""
    found: dict[str, str] = {}
    for name, attribute in declared.attributes.items():
        value = values.get(name)
        if value is None:
            continue
        text = written(attribute.datatype, value)
        if text is None:
            raise _not_taken(declared, name, value, found)
        found[name] = text
    unknown = [name for name in values if name not in declared.attributes]
    if unknown:
        raise TypeError(f"{declared.name} has no attribute {unknown[0]!r}: it has {', '.join(declared.attributes)}")
    fault = _together(declared, found)
    if fault:
        raise fault
    return found


def _not_taken(declared: Declared, name: str, value: object, found: Mapping[str, str]) -> ValueError:
    """The error for a value that no branch takes; what is expected is that of the branches that `found` leaves."""
    branches = [branch for branch in declared.branches if name in branch]
    left = [b for b in branches if all(other in b and b[other].datatype.accepts(found[other]) for other in found)]
    datatypes = dict.fromkeys(branch[name].datatype for branch in left)
    return wrong(
        python_name(name), value, next(iter(datatypes)) if len(datatypes) == 1 else declared.attributes[name].datatype
    )


def _together(declared: Declared, found: dict[str, str]) -> ValueError | None:
    """The error for attributes that are right each by itself; the last one is at fault first."""
    for name in reversed(found):
        branches = [branch for branch in declared.branches if name in branch]
        partners = [
            p for p, use in branches[0].items() if p != name and all(_requires(branch, p) for branch in branches)
        ]
        fitting = [b for b in branches if all(p in found and b[p].datatype.accepts(found[p]) for p in partners)]
        if not fitting:
            return ValueError(f"{python_name(name)} needs {' and '.join(_choice(branches, p) for p in partners)}")
        if not any(branch[name].datatype.accepts(found[name]) for branch in fitting):
            beside = " and ".join(f"{python_name(p)}={found[p]!r}" for p in partners)
            return wrong(python_name(name), found[name], fitting[0][name].datatype, f"beside {beside} ")
    missing = [name for name, attribute in declared.attributes.items() if attribute.required and name not in found]
    return ValueError(f"{declared.name} needs {' and '.join(map(python_name, missing))}") if missing else None


def _requires(branch: Branch, name: str) -> bool:
    return name in branch and branch[name].required


def _choice(branches: Iterable[Branch], name: str) -> str:
    """The attribute with the words that the branches allow."""
    found = dict.fromkeys(repr(word) for branch in branches for word in words(branch[name].datatype))
    return python_name(name) + (f"={' or '.join(found)}" if found else "")
