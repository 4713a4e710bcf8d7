"""From Python values to attribute values: numbers without exponents, lists with spaces, words as the grammar has them.

>>> from ttsprep.ssml.datatypes import Number
>>> rate = Number(False, Decimal("0.5"), Decimal("2"))
>>> written(rate, 1.20), written(rate, Fraction(3, 2)), written(rate, "+1.50"), written(rate, 1e-7)
('1.2', '1.5', '1.5', None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import Any

from ttsprep.likeness import suggest
from ttsprep.ssml.characters import FORBIDDEN
from ttsprep.ssml.datatypes import BLANK, Choice, Datatype, ListOf, Number, Pattern, Word, collapse, plain_number, words
from ttsprep.ssml.references import clip

__all__ = ["exact", "text_of", "written", "wrong"]

_LINE_END = re.compile(r"\r\n?")
_WHITE = str.maketrans("\t\n\r", "   ")
_MANY_DIGITS = 1000


def written(datatype: Datatype, value: object) -> str | None:
    """The value as it stands in the document, in its plainest form; None where the datatype does not take it.

    Raises TypeError for a value of a type that no attribute takes.
    """
    match datatype:
        case Choice(alternatives):
            found = (written(item, value) for item in alternatives)
            return next((text for text in found if text is not None), None)
        case Number():
            return _number(datatype, value)
        case ListOf():
            return _list(datatype, value)
    if not isinstance(value, str):
        raise TypeError(f"{value!r} ({type(value).__name__}) is no string")
    text = text_of(value).translate(_WHITE)
    if isinstance(datatype, Word) or (isinstance(datatype, Pattern) and datatype.token):
        text = collapse(text)
    return text if datatype.accepts(text) else None


def text_of(value: str) -> str:
    """The string itself, of class str, line ends as XML reads them. Raises ValueError for what XML does not allow.

    >>> text_of("a\\x08")
    Traceback (most recent call last):
    ...
    ValueError: U+0008 at 1 may not stand in SSML
    """
    text = _LINE_END.sub("\n", str.__str__(value))
    found = FORBIDDEN.search(text)
    if found:
        raise ValueError(f"U+{ord(found[0]):04X} at {found.start()} may not stand in SSML")
    return text


def exact(value: object) -> Decimal:
    """The number as people write it: 0.1 is a tenth. A fraction without an end is cut where a float is.

    Raises TypeError for what is no number (a bool is none), ValueError for infinity and NaN.
    """
    number: Any = value
    match value:
        case bool():
            raise TypeError(f"{value!r} is no number")
        case Decimal():
            found = value
        case Integral():
            found = Decimal(int(value))
        case Rational():
            found = _of_fraction(Fraction(int(value.numerator), int(value.denominator)))
        case Real():
            found = Decimal(repr(float(number)))
        case _:
            raise TypeError(f"{value!r} ({type(value).__name__}) is no value for an attribute")
    if not found.is_finite():
        raise ValueError(f"{value!r} is no finite number")
    if found and abs(found.adjusted()) > _MANY_DIGITS:
        raise ValueError(f"{found:.3e} is beyond every range")
    return found


def _of_fraction(value: Fraction) -> Decimal:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(value.numerator) / value.denominator if rest == 1 else Decimal(repr(float(value)))


def _number(datatype: Number, value: object) -> str | None:
    if isinstance(value, str):
        number = datatype.read(value)
    else:
        _check_type(value)
        number = None if isinstance(value, Iterable) else exact(value)
    if number is None or not datatype.holds(number):
        return None
    text = plain_number(number)
    return text if datatype.accepts(text) else None


def _list(datatype: ListOf, value: object) -> str | None:
    if isinstance(value, str):
        items: list[object] = [*datatype.split(value)]
    else:
        _check_type(value)
        items = list(value) if isinstance(value, Iterable) else []
    kinds = datatype.items * len(items) if datatype.repeats else datatype.items
    if not items or len(items) != len(kinds):
        return None
    found = [written(kind, item) for kind, item in zip(kinds, items, strict=True)]
    return None if None in found else " ".join(map(str, found))


def _check_type(value: object) -> None:
    if isinstance(value, Mapping | Set | bytes | bytearray | memoryview):
        raise TypeError(f"{type(value).__name__} is no list of values")
    if not isinstance(value, Iterable):
        exact(value)


def wrong(name: str, value: object, datatype: Datatype, beside: str = "") -> ValueError:
    """The error for a value that the datatype does not take."""
    what = f"{name}={clip(repr(value))}: {beside}it has to be {datatype.expected}"
    meant = suggest(value.strip(BLANK), words(datatype)) if isinstance(value, str) else None
    return ValueError(what + (f"; did you mean {meant!r}?" if meant else ""))
