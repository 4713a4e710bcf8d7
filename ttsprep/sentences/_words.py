"""The words of `data/abbreviations.toml`: where a full stop does not end a sentence, and what begins one."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

__all__ = ["Words", "is_initials", "words_for"]

_BETWEEN_INITIALS = re.compile(r"\.-?|-")
_CONSONANTS = re.compile(r"(?:[\u0e01-\u0e2e]{1,6}\.)*[\u0e01-\u0e2e]{1,6}")


class Words(NamedTuple):
    """The words of `data/abbreviations.toml` that count for one language."""

    never: frozenset[str]
    number: frozenset[str]
    sometimes: frozenset[str]
    often: frozenset[str]
    units: frozenset[str]
    streets: frozenset[str]
    years: frozenset[str]
    number_endings: frozenset[str]
    ordinal_followers: frozenset[str]
    starters: frozenset[str]
    companies: frozenset[str]
    times: frozenset[str]
    time_followers: frozenset[str]
    before_ordinals: frozenset[str]
    degrees: frozenset[str]
    reporters: frozenset[str]
    openers: frozenset[str]

    known: frozenset[str]
    """Every abbreviation, also as it begins a sentence."""
    continuers: tuple[str, ...]
    """What sentences go on with where they have no marks."""
    marked_names: tuple[str, ...]
    """Names that end in a mark."""
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

    def is_title(self, word: str) -> bool:
        """Whether something always follows the abbreviation or the last of several: Dr, PGS.TS, ปตท."""
        if word in self.titles:
            return True
        last = word[word.rfind(".") + 1 :] if "." in word else ""
        return (len(last) > 1 and last in self.titles) or is_thai_abbreviation(word)

    def has_number(self, word: str) -> bool:
        """Whether a number follows the abbreviation, also where it begins a sentence or is all in capitals."""
        return not self.number.isdisjoint((word, word[:1].lower() + word[1:])) or (
            word.isupper() and word.lower() in self.number
        )

    def is_known(self, word: str) -> bool:
        """Whether the word is any abbreviation."""
        return word in self.known or word.endswith(tuple(self.number_endings))

    def is_doubtful(self, word: str) -> bool:
        """Whether a stop behind the word, initial or number tells little."""
        known = word in self.sometimes or word in self.years
        return known or is_initials(word) or (word.isdigit() and len(word) < 3)


def is_initials(word: str) -> bool:
    """J, J.K, J.-P, M-J, U.S; also p.m and z.B: letters with a stop or a hyphen behind each."""
    parts = _BETWEEN_INITIALS.split(word) if word[1:2] in ("", ".", "-") else [""]
    return all(len(part) == 1 and part.isalpha() for part in parts)


def is_thai_abbreviation(word: str) -> bool:
    """ปตท, รศ.ดร: no vowel, which every word has."""
    return word[:1] >= "ก" and _CONSONANTS.fullmatch(word) is not None


_OF_ALL = (
    "starters", "companies", "times", "time_followers", "openers", "reporters", "before_ordinals", "degrees",
)  # fmt: skip
_BY_LANGUAGE = (
    "never", "number", "sometimes", "often", "units", "streets", "years", "ordinal_followers", "number_endings",
)  # fmt: skip


@cache
def words_for(language: str | None) -> Words:
    """The words that count in a text of this language; None: of any."""
    text = resources.files("ttsprep").joinpath("data/abbreviations.toml").read_text("utf-8")
    table = tomllib.loads(text)
    continuers, marked_names = (tuple(table.pop(name)["words"].split()) for name in ("continuers", "marked_names"))
    common = {name: frozenset(table.pop(name)["words"].split()) for name in _OF_ALL}
    found = {name: set[str]() for name in _BY_LANGUAGE}
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
        continuers=continuers,
        marked_names=marked_names,
        titles=frozenset(titles),
    )
