"""A JSON object that cannot be changed and can be hashed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["FrozenObject", "freeze", "thaw"]


class FrozenObject(Mapping[str, Any]):
    """A read-only mapping whose lists are tuples, all the way down.

    >>> fixes = freeze({"replace": [{"今天": "金天"}]})
    >>> fixes["replace"][0]["今天"], fixes == freeze({"replace": [{"今天": "金天"}]}), len({fixes})
    ('金天', True, 1)
    >>> thaw(fixes)
    {'replace': [{'今天': '金天'}]}
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Any]) -> None:
        self._items = {key: freeze(value) for key, value in items.items()}

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(thaw(self))


def freeze(value: Any) -> Any:
    """`value` with mappings as FrozenObject and lists as tuples."""
    if isinstance(value, FrozenObject):
        return value
    if isinstance(value, Mapping):
        return FrozenObject(value)
    return tuple(map(freeze, value)) if isinstance(value, list | tuple) else value


def thaw(value: Any) -> Any:
    """The reverse of `freeze`: plain dictionaries and lists, as JSON has them."""
    if isinstance(value, Mapping):
        return {key: thaw(inner) for key, inner in value.items()}
    return list(map(thaw, value)) if isinstance(value, tuple) else value
