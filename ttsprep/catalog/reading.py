"""The data files, and where each fact in them comes from."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

__all__ = ["Row", "Source", "rows", "sources", "tables"]

_DATA = Path(__file__).parent.with_name("data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: `source` names one or more of `sources`, `checked` is the day it was read."""

    source: str
    checked: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that facts come from. `sha256` is the fingerprint of the text that was read, if it was kept.

    `kind` is ``page`` (the API page), ``official``, ``vendor`` (published code), ``standard``,
    ``report`` or ``own``.
    """

    id: str
    title: str
    kind: str
    checked: datetime.date
    region: str | None = None
    sha256: str | None = None


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _frozen(value: Any) -> Any:
    """Lists as tuples and tables as read-only mappings, all the way down."""
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    return value


def rows(file: str, key: str) -> list[dict[str, Any]]:
    """The rows ``[[key]]`` of a data file, read-only inside: for the parts that have a file of their own."""
    return [{column: _frozen(value) for column, value in row.items()} for row in _read(file)[key]]


def tables(file: str) -> Mapping[str, Any]:
    """A data file, read-only."""
    return MappingProxyType({key: _frozen(value) for key, value in _read(file).items()})


@cache
def sources() -> Mapping[str, Source]:
    """Every document that facts come from, by its id."""
    return MappingProxyType({row["id"]: Source(**row) for row in rows("sources", "source")})
