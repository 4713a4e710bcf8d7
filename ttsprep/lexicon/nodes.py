"""Values with their places: what YAML, TOML and JSON have in common."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from ttsprep.lexicon.draft import Broken
from ttsprep.settings.paths import Path
from ttsprep.settings.places import Places, places_in_toml

__all__ = ["DEEPEST", "Node", "json_nodes", "toml_nodes", "yaml_nodes"]

DEEPEST = 8
"""How deep values may lie in each other: a lexicon needs four levels."""
_TOO_DEEP = "nested too deeply"


@dataclass(slots=True)
class Node:
    """A text, a list (`items`) or a table (`pairs`, in their order, the same key maybe twice), or another `value`."""

    at: int
    end: int
    text: str | None = None
    items: list[Node] | None = None
    pairs: list[tuple[Node, Node]] | None = None
    value: str = ""


# --- JSON

_SPACE = re.compile(r"[ \t\n\r]*+")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')
_SCALAR = re.compile(r"[^\s,\]}:]++")


def json_nodes(text: str) -> Node:
    """The values of a JSON text. Raises Broken, at the place where the parser of Python gives up."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise Broken(error.pos, f"not valid JSON: {_lower(error.msg)}") from error
    except (ValueError, RecursionError) as error:
        raise Broken(0, f"not readable: {_TOO_DEEP if isinstance(error, RecursionError) else error}") from error
    return _json_value(text, _skip(text, 0), 0)[0]


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _json_value(text: str, at: int, depth: int) -> tuple[Node, int]:
    """The value at `at` of a text that is valid, and where what follows begins."""
    if depth > DEEPEST:
        raise Broken(at, _TOO_DEEP)
    opening = text[at]
    if opening == '"':
        return _json_string(text, at)
    if opening in "[{":
        return _json_items(text, at, depth)
    found = _SCALAR.match(text, at)
    assert found, "the text is valid"
    return Node(at, found.end(), value=found[0]), _skip(text, found.end())


def _json_string(text: str, at: int) -> tuple[Node, int]:
    found = _STRING.match(text, at)
    assert found, "the text is valid"
    words = found[0]
    return Node(at, found.end(), json.loads(words) if "\\" in words else words[1:-1]), _skip(text, found.end())


def _json_items(text: str, start: int, depth: int) -> tuple[Node, int]:
    node = Node(start, start, items=[]) if text[start] == "[" else Node(start, start, pairs=[])
    at = _skip(text, start + 1)
    while text[at] not in "]}":
        value, at = _json_value(text, at, depth + 1)
        if node.items is not None:
            node.items.append(value)
        else:
            assert node.pairs is not None, "it is a list or a table"
            key = value
            value, at = _json_value(text, _skip(text, at + 1), depth + 1)
            node.pairs.append((key, value))
        if text[at] == ",":
            at = _skip(text, at + 1)
    node.end = at + 1
    return node, _skip(text, at + 1)


# --- TOML

_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def toml_nodes(text: str) -> Node:
    """The values of a TOML text. Raises Broken, at the place where the parser of Python gives up."""
    places = places_in_toml(text)
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _toml_fault(text, places, error) from error
    return _toml_value(values, (), places, 0)


def _toml_fault(text: str, places: Places, error: Exception) -> Broken:
    if places.duplicates:
        path, key = places.duplicates[0]
        first = places.at[path].key or places.at[path].value
        line = text.count("\n", 0, first.start) + 1
        return Broken(key.start, f"not valid TOML: {key.of(text)} stands in line {line} already")
    words = _TOO_DEEP if isinstance(error, RecursionError) else str(error)
    place = _POSITION.search(words)
    return Broken(_toml_offset(text, place), f"not valid TOML: {_lower(_POSITION.sub('', words))}")


def _toml_offset(text: str, place: re.Match[str] | None) -> int:
    if place is None or place[1] is None:
        return len(text)
    before = text.split("\n")[: int(place[1]) - 1]
    return sum(map(len, before)) + len(before) + int(place[2]) - 1


def _toml_value(value: Any, path: Path, places: Places, depth: int) -> Node:
    place = places.at.get(path)
    at, end = (place.value.start, place.value.end) if place else (0, 0)
    if depth > DEEPEST:
        raise Broken(at, _TOO_DEEP)
    if isinstance(value, str):
        return Node(at, end, value)
    if isinstance(value, dict):
        pairs = [
            (_toml_key(key, (*path, key), places), _toml_value(inner, (*path, key), places, depth + 1))
            for key, inner in value.items()
        ]
        return Node(at, end, pairs=pairs)
    if isinstance(value, list):
        return Node(at, end, items=[_toml_value(inner, (*path, n), places, depth + 1) for n, inner in enumerate(value)])
    return Node(at, end, value=str(value))


def _toml_key(key: str, path: Path, places: Places) -> Node:
    place = places.at.get(path)
    span = place.key if place else None
    return Node(span.start, span.end, key) if span else Node(0, 0, key)


# --- YAML


@dataclass(slots=True)
class _Nest:
    """A list or table that is being read; `key` waits for its value."""

    node: Node
    key: Node | None = field(default=None)

    def put(self, node: Node) -> None:
        if self.node.items is not None:
            self.node.items.append(node)
        elif self.key is None:
            self.key = node
        else:
            assert self.node.pairs is not None, "it is a list or a table"
            self.node.pairs.append((self.key, node))
            self.key = None


def yaml_nodes(text: str) -> Node:
    """The values of a YAML document, every scalar as the text that it is written with.

    Raises Broken where it is not valid, and at anchors, aliases, tags and a second document; ImportError without
    PyYAML. Its events are read, never its objects; deep nesting ends in them, not in a stack that is full.
    """
    try:
        import yaml
    except ImportError as error:
        raise ImportError("lexicons in YAML need PyYAML: pip install 'ttsprep[yaml]'") from error
    unsendable = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if unsendable:
        raise Broken(
            unsendable.start(), f"not valid YAML: the character U+{ord(unsendable[0]):04X} may not stand in it"
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    nests = [_Nest(Node(0, len(text), items=[]))]
    try:
        for event in yaml.parse(text, Loader=loader):
            _take(event, nests)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        words = ", ".join(filter(None, (error.context, error.problem)))
        raise Broken(mark.index if mark else 0, f"not valid YAML: {words}") from error
    documents = nests[0].node.items or []
    if len(documents) > 1:
        raise Broken(documents[1].at, "a second YAML document")
    return documents[0] if documents else Node(0, 0, pairs=[])


def _take(event: Any, nests: list[_Nest]) -> None:
    kind = type(event).__name__
    if kind in ("SequenceEndEvent", "MappingEndEvent"):
        nest = nests.pop()
        nest.node.end = event.end_mark.index
        nests[-1].put(nest.node)
    elif kind in _YAML_NODES:
        at, end = event.start_mark.index, event.end_mark.index
        _refuse_references(event, kind, at)
        if kind == "ScalarEvent":
            nests[-1].put(Node(at, end, event.value))
            return
        if len(nests) > DEEPEST:
            raise Broken(at, _TOO_DEEP)
        nests.append(_Nest(Node(at, end, items=[]) if kind == "SequenceStartEvent" else Node(at, end, pairs=[])))


_YAML_NODES = frozenset({"AliasEvent", "ScalarEvent", "SequenceStartEvent", "MappingStartEvent"})


def _refuse_references(event: Any, kind: str, at: int) -> None:
    if event.anchor:
        raise Broken(at, "anchors and aliases have no place in a lexicon")
    if kind != "AliasEvent" and event.tag:
        raise Broken(at, f"the tag {event.tag} has no place in a lexicon: everything in it is text")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
