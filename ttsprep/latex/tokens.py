"""A formula cut into tokens: commands, numbers, letters, Chinese text, signs. White space is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ttsprep.latex.lexicon import sign

__all__ = ["DELIMITERS", "Token", "inside", "quoted", "scanned", "tokens"]

DELIMITERS = (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"))

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<command>\\(?:operatorname\*|[A-Za-z]+|.|$))
  | (?P<number>[0-9０-９]+(?:\{,\}[0-9]{3})*(?:\.[0-9]+)?|\.[0-9]+)
  | (?P<name>[A-Za-z]+)
  | (?P<text>[\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+)
  | (?P<sign><=>|<=|>=|!=|!!|->|=>|:=|\.\.\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """`kind` is ``command``, ``number``, ``letter``, ``text`` or ``sign``; of `scanned` also ``name``, ``space``."""

    kind: str
    text: str
    start: int
    end: int


def inside(formula: str) -> tuple[int, int]:
    """Where a formula without its delimiters begins and ends.

    >>> inside("$$x$$"), inside("x+1")
    ((2, 3), (0, 3))
    """
    start, end = len(formula) - len(formula.lstrip()), len(formula.rstrip())
    for opener, closer in DELIMITERS:
        if formula.startswith(opener, start) and formula.endswith(closer, start + len(opener), end):
            return start + len(opener), end - len(closer)
    return start, max(start, end)


def scanned(source: str, start: int, end: int) -> Iterator[Token]:
    """The tokens between two offsets, runs of letters and of white space as they stand."""
    for found in _TOKEN.finditer(source, start, end):
        yield Token(str(found.lastgroup), found[0], *found.span())


def tokens(source: str, start: int, end: int) -> Iterator[Token]:
    """The tokens between two offsets. A run of letters is a function's name (``sin``) or letters one by one.

    >>> [token.text for token in tokens(r"\\frac1{2x}+sin y", 0, 17)]
    ['\\\\frac', '1', '{', '2', 'x', '}', '+', 'sin', 'y']
    """
    for found in _TOKEN.finditer(source, start, end):
        kind, text = str(found.lastgroup), found[0]
        if kind == "name":
            yield from _letters(text, found.start())
        elif kind != "space":
            yield Token(kind, text, *found.span())


def _letters(text: str, at: int) -> Iterator[Token]:
    if len(text) > 1 and sign(text):
        yield Token("sign", text, at, at + len(text))
    else:
        yield from (Token("letter", letter, i, i + 1) for i, letter in enumerate(text, at))


def quoted(text: str) -> str:
    """A bit of LaTeX as a message quotes it: backslashes are not doubled.

    >>> print(quoted(chr(92) + "theta"))
    '\\theta'
    """
    return f"'{text}'" if text.isprintable() else repr(text)
