"""A formula cut into tokens: commands, numbers, letters, Chinese text, signs. White space is left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ttsprep.latex.lexicon import sign

__all__ = ["DELIMITERS", "Token", "inside", "quoted", "scanned", "tokens"]

DELIMITERS = (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"))

_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀ", "0123456789+-=()niT", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-=()aehijklmnoprstuvx", strict=True))
# Groups of three digits are one number where no list can be meant: not behind a bracket or another comma.
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<command>\\(?:operatorname\*|[A-Za-z]+|.|$))
  | (?P<number>(?<![(\[,])(?<!\\{{)[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+(?![0-9,])(?:\.[0-9]+)?
      | [0-9]{{1,3}}(?:\\,[0-9]{{3}})+(?![0-9])
      | [0-9０-９]+(?:\{{,\}}[0-9]{{3}})*(?:\.[0-9]+)?|\.[0-9]+)
  | (?P<name>[A-Za-z]+)
  | (?P<text>[\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+)
  | (?P<raised>[{"".join(_RAISED)}]+)
  | (?P<lowered>[{"".join(_LOWERED)}]+)
  | (?P<part>[¼-¾⅐-⅞])
  | (?P<sign><=>|<=|>=|(?<=\s)!=|!!|->|=>|:=|//|\.\.\.|.)
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
    """The tokens between two offsets as they stand: runs of letters, white space, raised digits and ``½`` too."""
    for found in _TOKEN.finditer(source, start, end):
        kind = str(found.lastgroup)
        yield Token("sign" if kind in ("raised", "lowered", "part") else kind, found[0], *found.span())


def tokens(source: str, start: int, end: int) -> list[Token]:
    """The tokens between two offsets. A run of letters is a function's name (``sin``) or letters one by one.

    Raised and lowered digits are scripts, ``½`` is a fraction, ``||`` is a norm unless single bars stand beside it.

    >>> [token.text for token in tokens(r"\\frac1{2x}+sin y²", 0, 18)]
    ['\\\\frac', '1', '{', '2', 'x', '}', '+', 'sin', 'y', '^', '{', '2', '}']
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(source, start, end):
        kind, text, at, after = match.lastgroup, match[0], match.start(), match.end()
        if kind == "space":
            continue
        if kind in _EXPANDED:
            found += _EXPANDED[kind](text, at)
        else:
            found.append(Token(kind or "", text, at, after))
    return _with_norms(found) if "||" in source else found


def _letters(text: str, at: int) -> list[Token]:
    if len(text) > 1 and sign(text):
        return [Token("sign", text, at, at + len(text))]
    return [Token("letter", letter, i, i + 1) for i, letter in enumerate(text, at)]


def _script(mark: str, plain: dict[str, str]) -> Callable[[str, int], list[Token]]:
    """Reads raised or lowered characters as a script in braces."""

    def read(text: str, at: int) -> list[Token]:
        inner: list[Token] = []
        for run in re.finditer(r"[0-9]+|.", "".join(map(plain.__getitem__, text))):
            kind = "number" if run[0].isdigit() else "letter" if run[0].isalpha() else "sign"
            inner.append(Token(kind, run[0], at + run.start(), at + run.end()))
        end = at + len(text)
        return [Token("sign", mark, at, at), Token("sign", "{", at, at), *inner, Token("sign", "}", end, end)]

    return read


def _part(text: str, at: int) -> list[Token]:
    """``½`` as ``\\frac{1}{2}``."""
    above, _, below = unicodedata.normalize("NFKD", text).partition("\u2044")
    written = (("command", "\\frac"), *_group(above), *_group(below))
    return [Token(kind, bit, at, at + 1) for kind, bit in written]


def _group(digits: str) -> tuple[tuple[str, str], ...]:
    return ("sign", "{"), ("number", digits), ("sign", "}")


_EXPANDED: dict[str | None, Callable[[str, int], list[Token]]] = {
    "name": _letters,
    "raised": _script("^", _RAISED),
    "lowered": _script("_", _LOWERED),
    "part": _part,
}


def _with_norms(found: list[Token]) -> list[Token]:
    """Two bars side by side as one mark, if all bars of the formula stand so and open and close by turns."""
    bars = [index for index, token in enumerate(found) if token.text == "|"]
    pairs = list(zip(bars[::2], bars[1::2], strict=False))
    if len(bars) % 4 or any(found[first].end != found[second].start for first, second in pairs):
        return found
    for first, second in pairs:
        found[first] = Token("command", "\\|", found[first].start, found[second].end)
    dropped = {second for _, second in pairs}
    return [token for index, token in enumerate(found) if index not in dropped]


def quoted(text: str) -> str:
    """A bit of LaTeX as a message quotes it: backslashes are not doubled.

    >>> print(quoted(chr(92) + "theta"))
    '\\theta'
    """
    return f"'{text}'" if text.isprintable() else repr(text)
