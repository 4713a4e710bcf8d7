"""The words and signs of ``data/lint.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ttsprep.catalog import tables

__all__ = ["words"]


@cache
def _tables() -> Mapping[str, Any]:
    return tables("lint")


def words(table: str, key: str) -> Any:
    """The value of a key.

    >>> words("file_endings", "images")[0]
    'png'
    """
    return _tables()[table][key]
