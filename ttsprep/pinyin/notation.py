"""Readings in other notations than the canonical one, and back.

>>> written("lv4 shi1"), written("lv4 shi1", Notation.COLON), written("xi1 an1", joined=True)
('lǜ shī', 'lu:4 shi1', "xī'ān")
>>> read("lǜshī", Notation.MARKS), read("ma", Notation.MARKS), read("bang", Notation.MARKS)
('lv4 shi1', 'ma5', None)

What is written here is read back as the same reading, in every notation.
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Mapping

from ttsprep.pinyin import is_listed, is_syllable, normalize, syllables

__all__ = ["Notation", "read", "written"]

_MARKS = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300"}
_VOWELS = "aeiouüê"
_OPEN = "aoeê"
"""Vowels before which a syllable inside a word has an apostrophe."""


class Notation(enum.StrEnum):
    """How tones and ü are written."""

    DIGITS = "digits"
    """The canonical form: ``lv4 ma5``."""
    ZERO = "zero"
    """As digits, the neutral tone as 0: ``lv4 ma0``."""
    BARE = "bare"
    """As digits, without one for the neutral tone: ``lü4 ma``."""
    UMLAUT = "umlaut"
    """As digits, with ü: ``lü4 ma5``."""
    COLON = "colon"
    """As CC-CEDICT has it: ``lu:4 ma5``."""
    MARKS = "marks"
    """As dictionaries print it: ``lǜ ma``."""


_UMLAUTS: Mapping[Notation, str] = {Notation.BARE: "ü", Notation.UMLAUT: "ü", Notation.COLON: "u:"}
_NEUTRALS: Mapping[Notation, str] = {Notation.ZERO: "0", Notation.BARE: ""}


def written(reading: str, notation: Notation = Notation.MARKS, *, joined: bool = False) -> str:
    """A reading in another notation, with spaces between its syllables or as one word.

    A syllable that would not be read back as neutral without a tone has a middle dot before it (``·bang``).
    Raises ValueError for what is no reading in canonical form.

        >>> written("ma1 ma5", joined=True), written("hao3 bang5"), written("ma1 ma5", Notation.ZERO)
        ('māma', 'hǎo ·bang', 'ma1 ma0')
    """
    parts = reading.split(" ")
    if not all(map(is_syllable, parts)) or normalize(reading) != reading:
        raise ValueError(f"no pinyin in canonical form: {reading!r}")
    spelt = [_spelt(part, notation) for part in parts]
    if not joined:
        return " ".join(spelt)
    word = "".join(_joint(before, part) + part for before, part in zip(["", *spelt], spelt, strict=False))
    return word if read(word, notation) == reading else "'".join(spelt)


def _spelt(syllable: str, notation: Notation) -> str:
    letters, tone = syllable[:-1], syllable[-1]
    if notation is Notation.MARKS:
        return _marked(letters.replace("v", "ü"), tone)
    letters = letters.replace("v", _UMLAUTS.get(notation, "v"))
    digit = _NEUTRALS.get(notation, tone) if tone == "5" else tone
    return letters + digit if digit or _is_bare(syllable) else f"·{letters}"


def _is_bare(syllable: str) -> bool:
    """Whether this neutral syllable is read as such where no tone is written."""
    return is_listed(syllable) or syllable == "r5"


def _marked(letters: str, tone: str) -> str:
    if tone == "5":
        return letters if _is_bare(letters.replace("ü", "v") + tone) else f"·{letters}"
    at = _place(letters) + 1
    return unicodedata.normalize("NFC", letters[:at] + _MARKS[tone] + letters[at:])


def _place(letters: str) -> int:
    """Where the mark stands: over a, e, ê or the o of ou, else over the last vowel or, without one, the nasal."""
    for sign in ("a", "e", "ê", "ou"):
        if sign in letters:
            return letters.index(sign)
    return max((at for at, letter in enumerate(letters) if letter in _VOWELS), default=0 if letters[0] != "h" else 1)


def _joint(before: str, part: str) -> str:
    return "'" if before and unicodedata.normalize("NFD", part)[0] in _OPEN else ""


def read(text: str, notation: Notation) -> str | None:
    """The canonical form of a text in this notation; None where it is not certain.

    As `normalize`, and a syllable without a tone is neutral where the notation writes it so and a common character has
    it so.

        >>> read("lü4 ma", Notation.BARE), read("lü4 ma", Notation.DIGITS)
        ('lv4 ma5', None)
    """
    toneless = notation in (Notation.BARE, Notation.MARKS)
    found = [piece.canonical or (_neutral(piece.text) if toneless else None) for piece in syllables(text)]
    return " ".join(filter(None, found)) if found and all(found) else None


def _neutral(text: str) -> str | None:
    canonical = normalize(f"{text}5")
    bare = canonical is not None and " " not in canonical and _is_bare(canonical)
    return canonical if bare and not any(character.isdigit() for character in text) else None
