"""What languages are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ttsprep.catalog.reading import Row, rows
from ttsprep.likeness import folded

__all__ = ["Language", "language_code", "languages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Row):
    """A language or dialect: its `code` here, its English `name`, and `others` by which people call it."""

    code: str
    name: str
    others: tuple[str, ...]


@cache
def languages() -> tuple[Language, ...]:
    """Every language and dialect that a voice or a language hint may have."""
    return tuple(Language(**row) for row in rows("languages", "language"))


@cache
def _codes() -> Mapping[str, str]:
    return {folded(word): known.code for known in languages() for word in (*known.others, known.name, known.code)}


def language_code(language: str) -> str | None:
    """The code of a language by its code, its name in English, Chinese or itself, or a longer code of BCP 47.

    >>> [language_code(word) for word in ("zh_CN", "Chinese", "中文", "en-us", "yue", "zh-Hant-TW", "Klingon")]
    ['zh', 'zh', 'zh', 'en-US', 'zh-Cantonese', 'zh', None]
    """
    parts = language.replace("_", "-").split("-")
    shorter = ("-".join(parts[:size]) for size in range(len(parts), 0, -1))
    return next((_codes()[folded(word)] for word in shorter if folded(word) in _codes()), None)
