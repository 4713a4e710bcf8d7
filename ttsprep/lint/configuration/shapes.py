"""What the values of configuration look like: each shape checks a value and describes itself as JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from ttsprep.settings.paths import Path

__all__ = ["Amount", "Choice", "Fault", "Flag", "Keys", "PathOrKeys", "Shape", "Table", "Text", "Texts"]


class Fault(NamedTuple):
    """A value that does not fit: its path, what it should be, and whether its key is at fault rather than its value.

    `known` are the words that were possible there.
    """

    path: Path
    wanted: str
    known: tuple[str, ...] = ()
    at_key: bool = False


class Shape(Protocol):
    """What a value looks like."""

    def faults(self, path: Path, value: Any) -> Iterator[Fault]:
        """Everything about the value that does not fit."""

    def schema(self) -> dict[str, Any]:
        """The shape as JSON Schema (draft 2020-12)."""


@dataclass(frozen=True)
class Text:
    """A string; `what` names it for people, `known` are words it may be, where only these are possible."""

    what: str = "a string"
    known: Callable[[], tuple[str, ...]] | None = None
    hint: Callable[[str], bool] | None = None
    """Whether a word is right, where `known` are only the best known ones."""
    pattern: str = ""
    """What right words beside `known` look like."""
    definition: str = ""
    """The name under which the schema describes it once; the words may be many."""

    def faults(self, path: Path, value: Any) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(path, self.what)
        elif self.known is not None and value not in (known := self.known()) and not self._is_right(value):
            listed = "" if self.hint else f" ({', '.join(known)})"
            yield Fault(path, self.what + listed, known)

    def _is_right(self, value: str) -> bool:
        return self.hint is not None and self.hint(value)

    def schema(self) -> dict[str, Any]:
        return {"$ref": f"#/$defs/{self.definition}"} if self.definition else self.described()

    def described(self) -> dict[str, Any]:
        """The schema itself, where `schema` refers to its definition."""
        if self.known is None:
            return {"type": "string"}
        words = {"type": "string", "enum": list(self.known())}
        if self.hint is None:
            return words
        others = {"type": "string", **({"pattern": self.pattern} if self.pattern else {})}
        return {"anyOf": [words, others]}


@dataclass(frozen=True)
class Choice(Text):
    """One of a few words."""

    words: tuple[str, ...] = ()

    def faults(self, path: Path, value: Any) -> Iterator[Fault]:
        if value not in self.words or not isinstance(value, str):
            yield Fault(path, f"one of {', '.join(self.words)}", self.words)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True)
class Texts:
    """A list of strings."""

    each: Text = Text()

    def faults(self, path: Path, value: Any) -> Iterator[Fault]:
        if not isinstance(value, list | tuple):
            yield Fault(path, "a list of strings")
            return
        for number, one in enumerate(value):
            yield from self.each.faults((*path, number), one)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.each.schema()}


@dataclass(frozen=True)
class Flag:
    """true or false."""

    def faults(self, path: Path, value: Any) -> Iterator[Fault]:
        if not isinstance(value, bool):
            yield Fault(path, "true or false")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Amount:
    """An integer of at least `least`."""

    least: int = 1

    def faults(self, path: Path, value: Any) -> Iterator[Fault]:
        if not isinstance(value, int) or isinstance(value, bool) or value < self.least:
            yield Fault(path, f"an integer of at least {self.least}")

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least}


@dataclass(frozen=True)
class Keys:
    """A table of known keys."""

    keys: Callable[[], Mapping[str, Shape]]
    documentation: Callable[[str], str] = lambda _: ""

    def faults(self, path: Path, value: Any) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(path, "a table")
            return
        shapes = self.keys()
        for key, inner in value.items():
            if key in shapes:
                yield from shapes[key].faults((*path, key), inner)
            else:
                yield Fault((*path, key), "", tuple(shapes), at_key=True)

    def schema(self) -> dict[str, Any]:
        described = {}
        for key, shape in self.keys().items():
            words = self.documentation(key)
            described[key] = {**({"description": words} if words else {}), **shape.schema()}
        return {"type": "object", "properties": described, "additionalProperties": False}


@dataclass(frozen=True)
class Table:
    """A table whose keys are free (`key` says what they are) and whose values have one shape."""

    key: Text
    value: Shape

    def faults(self, path: Path, value: Any) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(path, "a table")
            return
        for key, inner in value.items():
            yield from (fault._replace(at_key=True) for fault in self.key.faults((*path, key), key))
            yield from self.value.faults((*path, key), inner)

    def schema(self) -> dict[str, Any]:
        names = {} if self.key.known is None else {"propertyNames": self.key.schema()}
        return {"type": "object", **names, "additionalProperties": self.value.schema()}


@dataclass(frozen=True)
class PathOrKeys:
    """The path of a file, or a table in its place, which others check; `names` are the keys it may have."""

    names: Callable[[], tuple[str, ...]] = tuple

    def faults(self, path: Path, value: Any) -> Iterator[Fault]:
        if not isinstance(value, str | Mapping):
            yield Fault(path, "the path of a file, or a table")

    def schema(self) -> dict[str, Any]:
        table = {"type": "object", "properties": {name: {} for name in self.names()}, "additionalProperties": False}
        return {"anyOf": [{"type": "string"}, table]}
