"""One formula that is left to the service: whether it keeps to what the service documents (TXT-07)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.latex.lexicon import kinds, table
from ttsprep.latex.tokens import Token, inside, quoted, scanned
from ttsprep.rules import formula_beside_english, formula_command_not_of_service, formula_has_words

__all__ = ["documented", "formula_findings", "service_reads"]

_WINDOW = 120
_LONGEST_UNIT = 12
_LATIN = "A-Za-z\u00c0-\u024f"
_BETWEEN = r"(?:(?!\n[ \t]*\n)[^\w$\\]|[\d_])*"
_WORD_BEFORE = re.compile(rf"(?:[{_LATIN}]{{2,}}|(?<![{_LATIN}])[aAI](?=\s)){_BETWEEN}\Z")
_WORD_AFTER = re.compile(rf"{_BETWEEN}(?:[{_LATIN}]{{2}}|(?<=\s)[aAI](?![{_LATIN}]))")
_FORMULA_BEFORE = re.compile(rf"(?:\$[^$]*\$|\\\([^$]*?\\\)|\\\[[^$]*?\\\]){_BETWEEN}\Z")
_FORMULA_AFTER = re.compile(rf"{_BETWEEN}(?:\$\$?[^$]*\$\$?|\\\([^$]*?\\\)|\\\[[^$]*?\\\])")


def service_reads(text: str, start: int, end: int) -> bool:
    """Whether the formula at ``text[start:end]``, with its delimiters, is one that the service reads as documented.

    It is, if all its commands, signs and units stand on the page of the service, no words stand inside, and no
    English text beside it: if `check` has nothing to say of it. Whether model and voice read formulas at all is a
    matter of the settings.

    >>> text = r"设 $a \\leq b$，而 $a \\approx c$。"
    >>> service_reads(text, 2, 12), service_reads(text, 14, 27)
    (True, False)

    A stretch without delimiters is not read. Raises ValueError outside of the text.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"{start}..{end} is outside the text of {len(text)} characters")
    formula = text[start:end]
    body = formula[slice(*inside(formula))]
    if body == formula.strip() or not body.strip():
        return False
    return next(formula_findings(text, start, end), None) is None


def formula_findings(text: str, start: int, end: int) -> Iterator[Diagnostic]:
    """What stands against leaving the formula at ``text[start:end]`` to the service."""
    if _beside_english(text, start, end):
        message = "English text stands beside the formula: the service skips it"
        yield formula_beside_english.RULE.at(Span(start, end), message)
    first, last = inside(text[start:end])
    parts = [token for token in scanned(text, start + first, start + last) if token.kind != "space"]
    for index, token in enumerate(parts):
        yield from _token(parts, index, token)


def _beside_english(text: str, start: int, end: int) -> bool:
    """Whether words stand before or behind a formula, or a row of formulas, in its paragraph."""
    before, after = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    while found := _FORMULA_BEFORE.search(before):
        before = before[: found.start()]
    while found := _FORMULA_AFTER.match(after):
        after = after[found.end() :]
    return _WORD_BEFORE.search(before) is not None or _WORD_AFTER.match(after) is not None


def _token(parts: Sequence[Token], index: int, token: Token) -> Iterator[Diagnostic]:
    if token.kind == "command":
        yield from _command(parts, index, token)
    elif token.kind in ("text", "name") and _is_word(parts, index, token):
        message = f"{quoted(token.text)} stands in a formula, where the service may misread it"
        yield formula_has_words.RULE.at(Span(token.start, token.end), message)
    elif token.kind == "number" and not _PLAIN_NUMBER.fullmatch(token.text):
        yield _not_documented(token.start, token.end, token.text, "numbers")
    elif token.kind == "sign" and token.text not in documented("signs") and not _is_index(parts, index):
        yield _not_documented(token.start, token.end, token.text, "signs")


_PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def _command(parts: Sequence[Token], index: int, token: Token) -> Iterator[Diagnostic]:
    name = token.text
    if name in kinds("texts"):
        message = f"{quoted(name)} puts words into a formula, which the service may misread"
        yield formula_has_words.RULE.at(Span(token.start, token.end), message)
    elif name not in documented("commands"):
        yield _not_documented(token.start, token.end, name, "commands")
    elif name in documented("unit_commands"):
        yield from _unit(_argument(parts, index))
    elif name == "\\overset" and [part.text for part in _argument(parts, index)] != ["\\frown"]:
        yield _not_documented(token.start, token.end, name, "commands, but before \\frown")


def _not_documented(start: int, end: int, written: str, what: str) -> Diagnostic:
    message = f"{quoted(written)} is not among the {what} that the service documents"
    return formula_command_not_of_service.RULE.at(Span(start, end), message)


def _unit(inner: Sequence[Token]) -> Iterator[Diagnostic]:
    """What a command of units has for its argument."""
    written = "".join(token.text for token in inner)
    if inner and written not in documented("unit_words"):
        yield _not_documented(inner[0].start, inner[-1].end, written, "units")


def _argument(parts: Sequence[Token], index: int) -> Sequence[Token]:
    """What stands in the braces behind a command, or the one token there."""
    if index + 1 < len(parts) and parts[index + 1].text != "{":
        return parts[index + 1 : index + 2]
    found: list[Token] = []
    for token in parts[index + 2 : index + 2 + _LONGEST_UNIT]:
        if token.text == "}":
            break
        found.append(token)
    return found


def _is_index(parts: Sequence[Token], index: int) -> bool:
    """Whether a bracket belongs to ``\\sqrt[n]``."""
    if parts[index].text == "[":
        return index > 0 and parts[index - 1].text == "\\sqrt"
    if parts[index].text != "]":
        return False
    opening = next((at for at in range(index - 1, max(-1, index - _LONGEST_UNIT), -1) if parts[at].text == "["), 0)
    return opening > 0 and parts[opening - 1].text == "\\sqrt"


def _is_word(parts: Sequence[Token], index: int, token: Token) -> bool:
    """Whether letters are words, not a product, points of a figure, a function; arguments are judged as a whole."""
    name = token.text
    if _owner(parts, index) in kinds("texts") | documented("unit_commands"):
        return False
    if token.kind == "text":
        return True
    if "\\" + name in documented("commands") or name.isupper():
        return False
    return len(name) > _LONGEST_PRODUCT or name.lower() in documented("words")


_LONGEST_PRODUCT = 3


def _owner(parts: Sequence[Token], index: int) -> str:
    """The command whose argument a token stands in."""
    for at in range(index - 1, max(-1, index - _LONGEST_UNIT), -1):
        if parts[at].text == "}":
            return ""
        if parts[at].kind == "command" and parts[at].text in kinds("texts") | documented("unit_commands"):
            return parts[at].text
    return ""


@cache
def documented(what: str) -> frozenset[str]:
    """The ``commands``, ``signs``, ``unit_words``, ``unit_commands`` of the page; ``words`` that are no product."""
    return frozenset(table("service")[what].split())
