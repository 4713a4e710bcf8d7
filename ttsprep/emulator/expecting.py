"""Which API rules a client can be found to break: what a test may announce."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ttsprep import catalog
from ttsprep.emulator.replies import ANSWERS
from ttsprep.likeness import suggest
from ttsprep.rules import all_rules

__all__ = ["check_expected", "findable"]

_OUTSIDE_OF_TASKS = ("URL-01", "URL-02", "URL-03", "HDR-01", "HDR-02", "CON-02", "USE-03", "SSM-03")
"""Handshake, time, quota, text: what is found elsewhere than in an instruction or a parameter."""


@cache
def findable() -> frozenset[str]:
    """The rules that a `Finding` can name; for faults of SSML that break none of them the code of the diagnostic."""
    of_instructions = {rule for kind in ANSWERS for rule in kind.rules}
    of_parameters = {parameter.rule for parameter in catalog.parameters().values()}
    of_settings = {rule for known in all_rules().values() if known.code.startswith("PAR") for rule in known.api}
    of_ssml = {known.code for known in all_rules().values() if known.code.startswith("SSM") and not known.api}
    return frozenset({*of_instructions, *of_parameters, *of_settings, *of_ssml, *_OUTSIDE_OF_TASKS})


def check_expected(rules: Iterable[str]) -> None:
    """Raise ValueError for what is no rule that a client can be found to break.

    >>> check_expected(["FLW-02", "FLW02"])
    Traceback (most recent call last):
    ...
    ValueError: the emulator finds no departures from 'FLW02' (did you mean FLW-02?)
    """
    for rule in rules:
        if rule not in findable():
            meant = suggest(rule, findable())
            hint = f"did you mean {meant}?" if meant else f"there are {', '.join(sorted(findable()))}"
            raise ValueError(f"the emulator finds no departures from {rule!r} ({hint})")
