"""How long a pause may be, by the grammar.

>>> shortest(), longest(), [form.unit for form in forms()]
(50, 10000, ['s', 'ms'])
"""

from __future__ import annotations

from functools import cache

from ttsprep.ssml.datatypes import Choice, Datatype, Pattern
from ttsprep.ssml.grammar import grammar

__all__ = ["MILLISECONDS", "datatype", "forms", "longest", "shortest"]

MILLISECONDS = {"s": 1000, "ms": 1}
"""Unit → how many milliseconds it has."""


def datatype() -> Datatype:
    """What the length of a ``break`` may be."""
    return grammar().elements["break"].attributes["time"].datatype


@cache
def forms() -> tuple[Pattern, ...]:
    """The ways to write it, each with its unit."""
    found = datatype()
    alternatives = found.alternatives if isinstance(found, Choice) else (found,)
    return tuple(form for form in alternatives if isinstance(form, Pattern) and form.unit in MILLISECONDS)


@cache
def shortest() -> int:
    """In milliseconds."""
    return min(int(form.low * MILLISECONDS[form.unit]) for form in forms() if form.low is not None)


@cache
def longest() -> int:
    """In milliseconds."""
    return max(int(form.high * MILLISECONDS[form.unit]) for form in forms() if form.high is not None)
