"""Commands that a formula defines itself: ``\\newcommand``, ``\\def``; what they stand for takes their place.

Only as many calls are replaced, and only into as long a formula, as a person would write; the rest is left, and is
reported as an unknown command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ttsprep.mapped import MappedText

__all__ = ["expanded"]

_ROUNDS = 8
_LONGEST = 20_000
_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand)\*?\s*(?:\{\s*(\\[A-Za-z]+)\s*\}|(\\[A-Za-z]+))\s*(?:\[([1-9])\])?\s*(?=\{)"
    r"|\\def\s*(\\[A-Za-z]+)((?:#[1-9])*)\s*(?=\{)"
    r"|\\DeclareMathOperator\*?\s*\{\s*(\\[A-Za-z]+)\s*\}\s*(?=\{)"
)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_CALL = re.compile(r"\\[A-Za-z]+")
_PLACE = re.compile(r"#([1-9])")


class _Macro(NamedTuple):
    """How many arguments a command takes, and what it stands for."""

    arguments: int
    body: str


def expanded(formula: MappedText) -> MappedText:
    """The formula with its own definitions carried out.

    >>> expanded(MappedText.verbatim(r"\\newcommand{\\half}[1]{\\frac{#1}{2}}\\half{x}")).text
    '{\\\\frac{{x}}{2}}'
    """
    if "\\def" not in formula.text and "command" not in formula.text and "\\Declare" not in formula.text:
        return formula
    macros: dict[str, _Macro] = {}
    formula = formula.edit(_definitions(formula.text, macros))
    for _ in range(_ROUNDS if macros else 0):
        edits = _bounded(_calls(formula.text, macros), _LONGEST - len(formula.text))
        if not edits:
            break
        formula = formula.edit(edits)
    return formula


def _bounded(edits: Iterator[tuple[int, int, str]], room: int) -> list[tuple[int, int, str]]:
    """The edits, none if what they put in is longer than `room`."""
    found: list[tuple[int, int, str]] = []
    for edit in edits:
        room -= len(edit[2])
        if room < 0:
            return []
        found.append(edit)
    return found


def _definitions(text: str, macros: dict[str, _Macro]) -> Iterator[tuple[int, int, str]]:
    """Notes the definitions, and takes them out."""
    at = 0
    while found := _DEFINITION.search(text, at):
        at = found.end()
        end = _group_end(text, at)
        if end == 0:
            return
        body = text[at + 1 : end - 1]
        if found[6]:
            macros[found[6]] = _Macro(0, rf"\operatorname{{{body}}}")
        else:
            count = int(found[3] or 0) if found[4] is None else len(found[5]) // 2
            macros[found[1] or found[2] or found[4]] = _Macro(count, f"{{{body}}}")
        yield found.start(), end, ""
        at = end


def _calls(text: str, macros: dict[str, _Macro]) -> Iterator[tuple[int, int, str]]:
    """What stands for each call, with its arguments."""
    at = 0
    while found := _CALL.search(text, at):
        at = found.end()
        macro = macros.get(found[0])
        if macro is None:
            continue
        given: list[str] = []
        while len(given) < macro.arguments and (end := _argument_end(text, at)):
            given.append(text[at:end].strip())
            at = end
        yield found.start(), at, _filled(macro.body, given)


def _filled(body: str, given: list[str]) -> str:
    return _PLACE.sub(lambda place: given[int(place[1]) - 1] if int(place[1]) <= len(given) else "", body)


def _argument_end(text: str, at: int) -> int:
    """Where the argument that begins at `at` ends; 0 if there is none."""
    at += len(text[at : at + 8]) - len(text[at : at + 8].lstrip())
    if text.startswith("{", at):
        return _group_end(text, at)
    command = _CALL.match(text, at)
    return command.end() if command else at + 1 if at < len(text) and text[at] not in "}$" else 0


def _group_end(text: str, at: int) -> int:
    """Where the group that opens at `at` ends; 0 if it does not."""
    level = 0
    for found in _BRACE.finditer(text, at):
        level += (found[0] == "{") - (found[0] == "}")
        if level == 0:
            return found.end()
    return 0
