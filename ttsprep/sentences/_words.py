"""The words of `data/abbreviations.toml`: where a full stop does not end a sentence, and what begins one."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

__all__ = ["Words", "words_for"]

_PLAIN = re.compile("[A-Za-z]*[a-z]{4}")


class Words(NamedTuple):
    """The words of `data/abbreviations.toml` that count for one language."""

    never: frozenset[str]
    number: frozenset[str]
    sometimes: frozenset[str]
    often: frozenset[str]
    units: frozenset[str]
    ordinal_followers: frozenset[str]
    starters: frozenset[str]
    companies: frozenset[str]
    times: frozenset[str]
    openers: frozenset[str]
    continuers: frozenset[str]

    @property
    def unlike_words(self) -> frozenset[str]:
        """Abbreviations that end in four small letters, as ordinary words do."""
        return frozenset(
            word for words in (self.never, self.number, self.sometimes) for word in words if _PLAIN.fullmatch(word)
        )


_OF_ALL = ("starters", "companies", "times", "openers", "continuers")


@cache
def words_for(language: str | None) -> Words:
    """The words that count in a text of this language; None: of any."""
    text = resources.files("ttsprep").joinpath("data/abbreviations.toml").read_text("utf-8")
    table = tomllib.loads(text)
    common = {name: frozenset(table.pop(name)["words"].split()) for name in _OF_ALL}
    found = {name: set[str]() for name in Words._fields if name not in _OF_ALL}
    for code, rows in table.items():
        for part in (rows, rows.get("only", {}) if code == language else {}):
            for name, words in found.items():
                words.update(part.get(name, "").split())
    return Words(**{name: frozenset(words) for name, words in found.items()}, **common)
