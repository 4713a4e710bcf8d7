"""What the builder's elements take: made from the grammar by ``python -m tests.generated_ssml_types``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypedDict

__all__ = [
    "Alphabet",
    "BreakKeywords",
    "Effect",
    "InterpretAs",
    "Numeric",
    "PhonemeKeywords",
    "SpeakKeywords",
]

Numeric = int | float | Decimal | Fraction
"""What a number is written as; a bool is none."""


Effect = Literal[
    "robot",
    "lolita",
    "lowpass",
    "echo",
    "eq",
    "lpfilter",
    "hpfilter",
]
"""A sound effect on the voice. One for each speak element; it adds to the latency."""


Alphabet = Literal[
    "py",
    "cmu",
]
"""The alphabet that ph is written in."""


InterpretAs = Literal[
    "cardinal",
    "digits",
    "telephone",
    "name",
    "address",
    "id",
    "characters",
    "punctuation",
    "date",
    "time",
    "currency",
    "measure",
]
"""The kind of the text."""


class SpeakKeywords(TypedDict, total=False):
    """Holds everything that is spoken. Elements may follow one another, never stand in one another."""

    voice: str | None
    """The voice that speaks, in place of the request's voice. It has to be a voice of the request's model."""
    rate: Numeric | str | None
    """Speed, as a multiple of the voice's own: 0.5 is half as fast, 2 twice as fast. In place of the request's
    rate."""
    pitch: Numeric | str | None
    """Pitch, as a multiple of the voice's own. In place of the request's pitch."""
    volume: Numeric | str | None
    """Loudness. In place of the request's volume."""
    bgm: str | None
    """Background music under the whole element, in a loop: the address of a WAV file (16 kHz, mono, 16 bit) that
    everybody may read."""
    background_music_volume: Numeric | str | None
    """Loudness of the background music."""
    effect: Effect | None
    """A sound effect on the voice. One for each speak element; it adds to the latency."""
    effect_value: Iterable[Numeric] | Numeric | str | None
    """For eq: eight gains for the bands at 40, 100, 200, 400, 800, 1600, 4000 and 12000 Hz; 0 leaves a band as it
    is. For lpfilter and hpfilter: the cutoff frequency in Hz, at most half the sample rate."""


class BreakKeywords(TypedDict, total=False):
    """How long the pause is."""

    s: Numeric | None
    """From 1 to 10."""
    ms: Numeric | None
    """From 50 to 10000."""


class PhonemeKeywords(TypedDict, total=False):
    """For py: a syllable for each Chinese character, with spaces between. For cmu: phones with spaces between."""

    py: Iterable[str] | str | None
    cmu: Iterable[str] | str | None
