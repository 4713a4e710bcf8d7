"""The words of `data/abbreviations.toml`: where a full stop does not end a sentence, and what begins one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

__all__ = ["Words", "words_for"]


class Words(NamedTuple):
    """The words of `data/abbreviations.toml` that count for one language."""

    never: frozenset[str]
    number: frozenset[str]
    sometimes: frozenset[str]
    often: frozenset[str]
    starters: frozenset[str]
    ordinal_followers: frozenset[str]


@cache
def words_for(language: str | None) -> Words:
    """The words that count in a text of this language; None: of any."""
    text = resources.files("ttsprep").joinpath("data/abbreviations.toml").read_text("utf-8")
    table = tomllib.loads(text)
    starters = frozenset(table.pop("starters")["words"].split())
    found = {name: set[str]() for name in ("never", "number", "sometimes", "often", "ordinal_followers")}
    for code, rows in table.items():
        for part in (rows, rows.get("only", {}) if code == language else {}):
            for name, words in found.items():
                words.update(part.get(name, "").split())
    return Words(**{name: frozenset(words) for name, words in found.items()}, starters=starters)
