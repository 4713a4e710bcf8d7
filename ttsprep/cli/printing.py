"""Values as JSON on a terminal."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import click

__all__ = ["as_plain", "print_json"]


def print_json(value: Any, *, indent: int | None = None, err: bool = False) -> None:
    """One JSON text on standard output (or error): a line, or indented for people. Paths and the like as their text."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent, default=str), err=err)


def as_plain(row: Any) -> dict[str, Any]:
    """A dataclass as values for JSON: tuples as lists, days as ISO 8601."""
    values = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
    return {name: _jsonable(value) for name, value in values.items()}


def _jsonable(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
