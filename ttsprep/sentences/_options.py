"""What a caller may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["LANGUAGES", "Options", "Segmenter"]

LANGUAGES = ("zh", "en", "fr", "de", "ja", "ko", "ru", "pt", "th", "id", "vi")
"""The languages of the service. Naming one sharpens a few rules; no text needs it."""

Segmenter: TypeAlias = Callable[[str], Iterable[str]]
"""A text → its words, which joined are the text."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to split. Lengths are in counted characters (a Han ideograph 2, every other character 1).

    Raises ValueError for an unknown language, a limit below 2 and a minimum above the maximum.
    """

    language: str | None = None
    """One of `LANGUAGES`, which sharpens a few rules; None fits any text, also a mixed one."""
    eager: bool = False
    """A sentence ends right behind 。！？ where no bracket and no quotation is open, so that a stream gives it at once;
    marks and closers behind that mark go with the next sentence."""
    glued: bool = True
    """Whether a sentence may end where the blank is missing: the end.Then."""
    wrapped: bool = False
    """Whether lines end anywhere, as in mail and in text from PDF: only a blank line or a list item ends a sentence."""
    minimum: int = 0
    """Sentences are merged until a piece counts so many."""
    maximum: int | None = None
    """A sentence that counts more is cut: at a clause mark, else at a blank, else with a word of the `segmenter`, else
    between grapheme clusters."""
    first: int | None = None
    """The same for the first piece only, which no `minimum` holds up: sound begins early, and few requests follow."""
    segmenter: Segmenter | None = None
    """Finds the words of a text without blanks (Thai, Chinese, Japanese), for cuts."""

    def __post_init__(self) -> None:
        if self.language is not None and self.language not in LANGUAGES:
            raise ValueError(f"language {self.language!r} is not one of {', '.join(LANGUAGES)}")
        for name, limit in (("maximum", self.maximum), ("first", self.first)):
            if limit is not None and limit < 2:
                raise ValueError(f"no Han character fits into a {name} of {limit}")
        if self.minimum < 0:
            raise ValueError(f"minimum {self.minimum} is below 0")
        if self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"minimum {self.minimum} is above maximum {self.maximum}")

    @property
    def has_lengths(self) -> bool:
        """Whether sentences are merged or cut."""
        return bool(self.minimum or self.maximum or self.first)
