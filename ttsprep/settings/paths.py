"""Paths into settings: which value is meant, and where it stands.

A *path* is a tuple of keys and list indices, ``("hot_fix", "replace", 0, "今天")``.
"""

from __future__ import annotations

from dataclasses import dataclass

from ttsprep.diagnostics import Span

__all__ = ["Path", "Place", "field_name"]

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands, and the key before it (``None`` for an element of a list)."""

    key: Span | None
    value: Span


def field_name(path: Path) -> str:
    """A path as people write it.

    >>> field_name(("hot_fix", "replace", 0, "今天"))
    'hot_fix.replace[0].今天'
    """
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return name.removeprefix(".")
