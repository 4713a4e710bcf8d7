"""Rate, pitch and volume: what a value of another dialect means, and what the service is told.

All three are reckoned as multiples of the default, so that what stands inside one another composes:

>>> slower, twice = reading("rate", "-20%", "azure"), reading("rate", "200%", "w3c")
>>> slower.applied(twice.applied(None)), written("rate", Fraction(8, 5)), written("volume", Fraction(8, 5))
(Fraction(8, 5), '1.6', '80')

Words, multiples and percentages of the default replace what is around; W3C SSML says of each that it is one of the
default. Changes (``+10%``, ``-2st``, ``+6dB``) are changes of what is around.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, lru_cache

from ttsprep.ssml.conversion.tables import data
from ttsprep.ssml.datatypes import BLANK, Number
from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.values import from_nls

__all__ = ["ATTRIBUTES", "Reading", "limits", "reading", "written"]

ATTRIBUTES = ("rate", "pitch", "volume")

_FORM = re.compile(r"([+-]?)([0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})[ \t]*(%|st|semitones?|hz|db|x)?", re.IGNORECASE)
_UNITS = {"%": "percent", "st": "semitones", "semitone": "semitones", "semitones": "semitones"}
_UNITS |= {"hz": "hertz", "db": "decibels", "x": "times", "": "number"}
_EXACT, _ROUND = Decimal("0.000001"), Decimal("0.01")
_HALF = 50
_NLS_MOST = 500


@dataclass(frozen=True)
class Reading:
    """What a value means."""

    amount: Fraction
    how: str = "set"
    """``set``: so many times the default; ``times``: of what is around; ``plus``: more than what is around."""
    near: str = ""
    """Why it is only an approximation."""

    def applied(self, around: Fraction | None) -> Fraction:
        """The multiple of the default, inside of what has the multiple `around`."""
        base = Fraction(1) if around is None else around
        if self.how == "set":
            return self.amount
        return base * self.amount if self.how == "times" else max(base + self.amount, Fraction(0))


@lru_cache(maxsize=1024)
def reading(name: str, value: str, dialect: str) -> Reading | None:
    """The meaning of a value of rate, pitch or volume; None if it has none, or none that can be said here."""
    text = value.strip(BLANK)
    word = data()[name]["words"].get(text.lower())
    if word is not None:
        return Reading(Fraction(word))
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    sign, digits, unit = found.groups()
    form = f"signed {_UNITS[(unit or '').lower()]}" if sign else _UNITS[(unit or "").lower()]
    differs = data()["differs"].get(dialect, {}).get(name, {})
    meaning = differs.get(form) or data()[name]["forms"].get(form)
    return _MEANINGS[meaning](Fraction(f"{sign}{digits.rstrip('.')}")) if meaning else None


def _either(n: Fraction) -> Reading:
    if n >= _HALF:
        return Reading(n / 100)
    return Reading(1 + n / 100, "times", f"{float(n):g}% without a sign is taken for a change of +{float(n):g}%")


def _hertz(n: Fraction) -> Reading:
    base = data()["pitch"]["assumed"]
    return Reading(max(1 + n / base, Fraction(0)), "times", f"the voice is taken to have a pitch of {base} Hz")


def _nls(n: Fraction) -> Reading:
    """The old scale has integers only; the vendor's page gives multiples beside it."""
    low, high = limits("rate")
    if n.denominator != 1 and low <= n <= high:
        return Reading(n)
    most = min(max(n, Fraction(-_NLS_MOST)), Fraction(_NLS_MOST))
    near = "" if most == n else f"the old scale ends at {_NLS_MOST}"
    if 0 < n <= high:
        near = f"{n} is taken for one of the old scale"
    return Reading(Fraction(from_nls(Decimal(most.numerator) / Decimal(most.denominator))), "set", near)


def _bounded(n: Fraction) -> Fraction:
    """A power of it is no number too large for a float."""
    return min(max(n, Fraction(-1000)), Fraction(1000))


_MEANINGS: dict[str, Callable[[Fraction], Reading]] = {
    "multiple": lambda n: Reading(abs(n)),
    "percent": lambda n: Reading(abs(n) / 100),
    "change": lambda n: Reading(max(1 + n, Fraction(0)), "times"),
    "percent change": lambda n: Reading(max(1 + n / 100, Fraction(0)), "times"),
    "percent of either": _either,
    "semitones": lambda n: Reading(Fraction(2.0 ** (float(_bounded(n)) / 12)), "times"),
    "hertz change": _hertz,
    "level": lambda n: Reading(n / 100),
    "level change": lambda n: Reading(n / 100, "plus"),
    "own level": lambda n: Reading(n / Fraction(_default("volume"))),
    "decibels": lambda n: Reading(Fraction(10.0 ** (float(_bounded(n)) / 20)), "times"),
    "nls": _nls,
}


@cache
def limits(name: str) -> tuple[Fraction, Fraction]:
    """What the service takes, as multiples of the default."""
    number = _number(name)
    assert number.low is not None
    assert number.high is not None
    scale = Fraction(_default(name))
    return Fraction(number.low) / scale, Fraction(number.high) / scale


@lru_cache(maxsize=1024)
def written(name: str, multiple: Fraction) -> str:
    """The value as the service takes it, brought into its range.

    What is no decimal of at most six digits behind the point is rounded to two.

    >>> written("rate", Fraction(3)), written("pitch", Fraction(10, 9)), written("volume", Fraction(1))
    ('2', '1.11', '50')
    """
    low, high = limits(name)
    number = min(max(multiple, low), high) * Fraction(_default(name))
    step = Decimal(1) if _number(name).integer else _EXACT if (number / Fraction(_EXACT)).denominator == 1 else _ROUND
    text = f"{(Decimal(number.numerator) / Decimal(number.denominator)).quantize(step, ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _default(name: str) -> str:
    return grammar().elements["speak"].attributes[name].default


def _number(name: str) -> Number:
    datatype = grammar().elements["speak"].attributes[name].datatype
    assert isinstance(datatype, Number)
    return datatype
