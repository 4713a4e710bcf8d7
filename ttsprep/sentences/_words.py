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
    units: frozenset[str]
    number_endings: frozenset[str]
    ordinal_followers: frozenset[str]
    starters: frozenset[str]
    companies: frozenset[str]
    times: frozenset[str]
    openers: frozenset[str]
    continuers: frozenset[str]

    known: frozenset[str]
    """Every abbreviation, also as it begins a sentence."""

    @property
    def like_words(self) -> frozenset[str]:
        """Abbreviations that end in three small letters, as ordinary words do."""
        return frozenset(word for word in self.known if len(word) > 2 and word[-3:].isalpha() and word[-3:].islower())


_OF_ALL = ("starters", "companies", "times", "openers", "continuers")


@cache
def words_for(language: str | None) -> Words:
    """The words that count in a text of this language; None: of any."""
    text = resources.files("ttsprep").joinpath("data/abbreviations.toml").read_text("utf-8")
    table = tomllib.loads(text)
    common = {name: frozenset(table.pop(name)["words"].split()) for name in _OF_ALL}
    found = {
        name: set[str]()
        for name in ("never", "number", "sometimes", "often", "units", "ordinal_followers", "number_endings")
    }
    for code, rows in table.items():
        for part in (rows, rows.get("only", {}) if code == language else {}):
            for name, words in found.items():
                words.update(part.get(name, "").split())
    known = set[str]().union(
        *(words for name, words in found.items() if name not in ("ordinal_followers", "number_endings"))
    )
    known |= {word[:1].swapcase() + word[1:] for word in known}
    return Words(**{name: frozenset(words) for name, words in found.items()}, **common, known=frozenset(known))
