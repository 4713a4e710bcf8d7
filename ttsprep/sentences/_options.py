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
    """What `split` and `SentenceStream` take; they say what each means."""

    language: str | None = None
    eager: bool = False
    glued: bool = True
    wrapped: bool = False
    minimum: int = 0
    maximum: int | None = None
    first: int | None = None
    segmenter: Segmenter | None = None

    def __post_init__(self) -> None:
        if self.language is not None and self.language not in LANGUAGES:
            raise ValueError(f"language {self.language!r} is not one of {', '.join(LANGUAGES)}")
        for name in ("maximum", "first"):
            limit = getattr(self, name)
            if limit is not None and limit < 2:
                raise ValueError(f"{name} {limit} is below 2: no Han character would fit")
        if self.minimum < 0:
            raise ValueError(f"minimum {self.minimum} is below 0")
        if self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"minimum {self.minimum} is above maximum {self.maximum}")
