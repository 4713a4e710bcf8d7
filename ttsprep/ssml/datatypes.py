"""What an attribute value may be: the datatypes of the grammar, as RELAX NG and XML Schema define them.

>>> rate = Number(integer=False, low=Decimal("0.5"), high=Decimal("2"))
>>> rate.accepts("1.2"), rate.accepts("200"), rate.accepts("1e0"), rate.expected
(True, False, False, 'a number from 0.5 to 2')

A datatype judges the value as a parser hands it over: references decoded, and each tab, line feed and carriage
return that stands in the source as such turned into a space. Nothing here uses ``float``, ``int``, ``str.strip`` or
``\\d``: they take more than the standard does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

__all__ = [
    "BLANK",
    "Choice",
    "Datatype",
    "ListOf",
    "Number",
    "Pattern",
    "Text",
    "Word",
    "collapse",
    "first_sentence",
    "plain_number",
    "words",
]

BLANK = " \t\r\n"
"""What XML takes for white space, and nothing else."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_USUAL_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_USUAL_INTEGER = re.compile(r"0|-?[1-9][0-9]*")


def collapse(value: str) -> str:
    """White space as ``xsd:token`` sees it: runs are one space, none at the ends."""
    return _BLANKS.sub(" ", value).strip(BLANK)


def plain_number(number: Decimal) -> str:
    """A number without exponent, plus sign, and zeros that say nothing.

    >>> plain_number(Decimal("1.50")), plain_number(Decimal("2E+1")), plain_number(Decimal("-0.0"))
    ('1.5', '20', '0')
    """
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class Datatype(Protocol):
    """A set of strings, with words to say which."""

    def accepts(self, value: str) -> bool:
        """Whether the value belongs to the datatype."""

    @property
    def usual(self) -> Callable[[str], object]:
        """The quick question: whether a value is accepted and in the form in which it is usually written."""

    @property
    def expected(self) -> str:
        """What is allowed, to follow "it has to be"."""


@dataclass(frozen=True)
class Word:
    """One fixed value. White space around it does not matter, case does."""

    value: str
    documentation: str = ""

    def accepts(self, value: str) -> bool:
        return value == self.value or collapse(value) == self.value

    @property
    def usual(self) -> Callable[[str], object]:
        return self.value.__eq__

    @property
    def expected(self) -> str:
        return repr(self.value)


@dataclass(frozen=True)
class Number:
    """A decimal number or an integer within limits, both included; ``None`` is no limit."""

    integer: bool
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""

    def accepts(self, value: str) -> bool:
        number = self.read(value)
        return number is not None and self.holds(number)

    @property
    def usual(self) -> Callable[[str], object]:
        form = _USUAL_INTEGER if self.integer else _USUAL_NUMBER
        return lambda value: form.fullmatch(value) and self.holds(Decimal(value))

    def read(self, value: str) -> Decimal | None:
        """The number that is written, within limits or not; None for what is no number of this kind."""
        value = value.strip(BLANK)
        form = _INTEGER if self.integer else _NUMBER
        return Decimal(value) if form.fullmatch(value) else None

    def holds(self, number: Decimal) -> bool:
        """Whether the number is within the limits."""
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    @property
    def expected(self) -> str:
        kind = "an integer" if self.integer else "a number"
        unit = f" {self.unit}" if self.unit else ""
        if self.high is None:
            return kind if self.low is None else f"{kind} of at least {self.low}{unit}"
        return f"{kind} from {self.low} to {self.high}{unit}"


@dataclass(frozen=True)
class Pattern:
    """A string of a form. `low`, `high` and `unit` say in numbers what the form says in characters.

    With `token` white space is collapsed before the form is looked at.
    """

    pattern: str = ""
    token: bool = False
    min_length: int = 0
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    documentation: str = ""

    @cached_property
    def _form(self) -> re.Pattern[str]:
        return re.compile(self.pattern or "(?s:.*)")

    def accepts(self, value: str) -> bool:
        value = collapse(value) if self.token else value
        return len(value) >= self.min_length and self._form.fullmatch(value) is not None

    @property
    def form(self) -> str:
        """The usual form as a regular expression; "" where there is more to it."""
        return "" if self.min_length else self.pattern

    @property
    def usual(self) -> Callable[[str], object]:
        if self.form:
            return re.compile(self.form).fullmatch
        return lambda value: self.accepts(value) and (not self.token or value == collapse(value))

    @property
    def expected(self) -> str:
        if self.unit:
            return f"a whole number from {self.low}{self.unit} to {self.high}{self.unit}"
        if self.documentation:
            return first_sentence(self.documentation)
        return "not empty" if self.min_length else "text"


def first_sentence(documentation: str) -> str:
    """As the end of "it has to be"."""
    first = documentation.partition(". ")[0].rstrip(".")
    return first[:1].lower() + first[1:]


@dataclass(frozen=True)
class Text:
    """Any string at all."""

    expected: str = "text"

    def accepts(self, value: str) -> bool:  # noqa: ARG002 - as every datatype
        return True

    @property
    def usual(self) -> Callable[[str], object]:
        return self.accepts


@dataclass(frozen=True)
class ListOf:
    """Items with white space between: as many as `items`, or one or more of the single item if `repeats`."""

    items: tuple[Datatype, ...]
    repeats: bool = False

    def split(self, value: str) -> list[str]:
        """The items as they are written."""
        return [item for item in _BLANKS.split(value) if item]

    def accepts(self, value: str) -> bool:
        found = self.split(value)
        if self.repeats:
            return bool(found) and all(map(self.items[0].accepts, found))
        return len(found) == len(self.items) and all(
            item.accepts(word) for item, word in zip(self.items, found, strict=True)
        )

    @property
    def usual(self) -> Callable[[str], object]:
        form = _form(self.items[0])
        if self.repeats and form:
            return re.compile(f"{form}(?: {form})*").fullmatch
        return lambda value: self.accepts(value) and value == " ".join(self.split(value)) and self._all_usual(value)

    def _all_usual(self, value: str) -> bool:
        items = self.items * (len(value) if self.repeats else 1)
        return all(item.usual(word) for item, word in zip(items, self.split(value), strict=False))

    @property
    def expected(self) -> str:
        each = self.items[0].expected
        return f"one or more, each {each}" if self.repeats else f"{len(self.items)} values, each {each}"


@dataclass(frozen=True)
class Choice:
    """One of several datatypes."""

    alternatives: tuple[Datatype, ...]
    documentation: str = ""

    def accepts(self, value: str) -> bool:
        return any(alternative.accepts(value) for alternative in self.alternatives)

    @property
    def usual(self) -> Callable[[str], object]:
        if all(isinstance(alternative, Word) for alternative in self.alternatives):
            return frozenset(words(self)).__contains__
        form = _form(self)
        if form:
            return re.compile(form).fullmatch
        usual = [alternative.usual for alternative in self.alternatives]
        return lambda value: any(accepts(value) for accepts in usual)

    @property
    def expected(self) -> str:
        fixed = words(self)
        if self.documentation and not fixed:
            return first_sentence(self.documentation)
        others = [item.expected for item in self.alternatives if not isinstance(item, Word)]
        return " or ".join([f"one of {', '.join(fixed)}"] * bool(fixed) + others)


def _form(datatype: Datatype) -> str:
    """The usual form of a pattern, or of a choice of patterns, as a regular expression; "" for anything else."""
    alternatives = datatype.alternatives if isinstance(datatype, Choice) else (datatype,)
    forms = [alternative.form if isinstance(alternative, Pattern) else "" for alternative in alternatives]
    return f"(?:{'|'.join(forms)})" if all(forms) else ""


def words(datatype: Datatype) -> tuple[str, ...]:
    """The fixed values of a datatype, in the order of the grammar.

    >>> words(Choice((Word("py"), Word("cmu"), Text())))
    ('py', 'cmu')
    """
    if isinstance(datatype, Word):
        return (datatype.value,)
    if isinstance(datatype, Choice):
        return tuple(word for item in datatype.alternatives for word in words(item))
    return ()
