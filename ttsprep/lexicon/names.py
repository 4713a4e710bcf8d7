"""The words of ``data/lexicon.toml``: how files name what an entry has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from ttsprep.catalog import tables
from ttsprep.lexicon.entries import Kind

__all__ = ["alphabets", "fields", "kinds", "limit"]


@cache
def _data() -> Mapping[str, Any]:
    return tables("lexicon")


def _by_word(table: Mapping[str, Any]) -> Mapping[str, str]:
    rows = ((name, words) for name, words in table.items() if isinstance(words, str))
    return MappingProxyType({word: name for name, words in rows for word in words.split()})


@cache
def fields() -> Mapping[str, str]:
    """Name of a column or field, in lower case → what it holds.

    >>> fields()["word"], fields()["pinyin"]
    ('text', 'pronunciation')
    """
    return _by_word(_data()["fields"])


@cache
def kinds() -> Mapping[str, Kind]:
    """Name of a kind, in lower case → the kind.

    >>> str(kinds()["拼音"])
    'pronunciation'
    """
    return MappingProxyType({word: Kind(name) for word, name in fields().items() if name in set(Kind)})


@cache
def alphabets() -> Mapping[str, str]:
    """Name of a phonetic alphabet, in lower case → what it writes.

    >>> alphabets()["x-sampa"], alphabets()["x-amazon-pinyin"]
    ('xsampa', 'pronunciation')
    """
    return _by_word(_data()["alphabets"])


@cache
def limit(name: str) -> int:
    """A limit of lexicons.

    >>> limit("key")
    100
    """
    return int(_data()["limits"][name])
