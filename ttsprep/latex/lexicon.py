"""The tables of ``data/latex.toml``, by the spellings that stand in formulas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from ttsprep.catalog import tables

__all__ = ["LANGUAGES", "Sign", "big", "by_spelling", "environments", "kinds", "sign", "silent", "table", "words"]

LANGUAGES = ("zh", "en")
"""The languages that formulas are read in, in the order of the columns of the tables."""


class Sign(NamedTuple):
    """A row of the table of symbols under its first spelling."""

    key: str
    kind: str
    words: tuple[str, str]


@cache
def table(name: str) -> Mapping[str, Any]:
    """One table of the file."""
    found: Mapping[str, Any] = _file()[name]
    return found


@cache
def _file() -> Mapping[str, Any]:
    return tables("latex")


@cache
def _signs() -> Mapping[str, Sign]:
    found: dict[str, Sign] = {}
    for spellings, (kind, chinese, english) in table("symbols").items():
        key, *others = spellings.split()
        found.update(dict.fromkeys([key, *others], Sign(key, kind, (chinese, english))))
    return MappingProxyType(found)


def sign(spelling: str) -> Sign | None:
    """The symbol with this spelling.

    >>> sign("\\\\leqslant").key, sign("≤").words[1], sign("\\\\nonsense")
    ('\\\\leq', 'is less than or equal to', None)
    """
    return _signs().get(spelling)


@cache
def by_spelling(name: str) -> Mapping[str, tuple[Any, ...]]:
    """A table whose keys hold several spellings, by each of them."""
    return MappingProxyType({spelling: row for keys, row in table(name).items() for spelling in keys.split()})


@cache
def words(language: str) -> Mapping[str, Any]:
    """The templates of a language by name."""
    column = LANGUAGES.index(language)
    return MappingProxyType({name: row[column] for name, row in table("words").items()})


def big(key: str, language: str) -> tuple[str, str, str]:
    """The sentences of a big operator: with both limits, with the lower one, with none."""
    both, lower, bare = table("big")[key][LANGUAGES.index(language)]
    return both, lower, bare


@cache
def kinds(name: str) -> frozenset[str]:
    """The commands of one kind."""
    return frozenset(table("kinds")[name].split())


@cache
def silent() -> frozenset[str]:
    """Commands of spacing and style."""
    return frozenset(table("silent")["commands"].split()) | {"\\ "}


@cache
def environments() -> Mapping[str, str]:
    """Environment → how its rows are read: ``cases``, ``matrix``, ``determinant`` or ``lines``."""
    return MappingProxyType({name: how for how, names in table("environments").items() for name in names.split()})
