"""The words of `data/abbreviations.toml`: where a full stop does not end a sentence, and what begins one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

__all__ = ["Words", "is_initials", "words_for"]


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
    titles: frozenset[str]
    """Those that something always follows, also as they begin a sentence or all in capitals."""

    @property
    def before_capitals(self) -> frozenset[str]:
        """Abbreviations that leave a doubt also where a capital letter follows: all but the ones of numbers."""
        return frozenset(
            word for word in self.known if word in self.titles or word in self.often or self.is_doubtful(word)
        )

    @property
    def like_words(self) -> frozenset[str]:
        """Those of them that end in three small letters, as ordinary words do."""
        return frozenset(
            word for word in self.before_capitals if len(word) > 2 and word[-3:].isalpha() and word[-2:].islower()
        )

    def is_doubtful(self, word: str) -> bool:
        """Whether a stop behind the word, initial or number tells little."""
        return word in self.sometimes or is_initials(word) or (word.isdigit() and len(word) < 3)


def is_initials(word: str) -> bool:
    """J, J.K, U.S; also p.m and z.B: letters with a stop behind each."""
    return word[1:2] in ("", ".") and all(len(part) == 1 and part.isalpha() for part in word.split("."))


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
    never = found["never"]
    titles = never | {word[:1].upper() + word[1:] for word in never}
    titles |= {word.upper() for word in never if word == word.capitalize()}
    return Words(
        **{name: frozenset(words) for name, words in found.items()},
        **common,
        known=frozenset(known),
        titles=frozenset(titles),
    )
