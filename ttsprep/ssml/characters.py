"""Characters that XML treats in a way of its own.

>>> [bool(FORBIDDEN.match(character)) for character in "\\x08\\n\\ufffe你"]
[True, False, True, False]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ttsprep.diagnostics import Diagnostic, Fix, Span
from ttsprep.rules import ssml_forbidden_character
from ttsprep.source import unsendable

__all__ = ["FORBIDDEN", "NEVER", "forbidden"]

NEVER = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""The inside of a character class: what no XML document may hold, however it is written. Controls, halves of surrogate
pairs, U+FFFE and U+FFFF."""

FORBIDDEN = re.compile(f"[{NEVER}]")
"""One character that XML does not allow."""

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")


def forbidden(text: str) -> Iterator[Diagnostic]:
    """An error for each character that no place of a document may hold; the quick question comes first."""
    if not _is_clean(text):
        for found in FORBIDDEN.finditer(text):
            yield _forbidden(text, found.start())


def _is_clean(text: str) -> bool:
    """Whether nothing is in the text that no place of a document may hold."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return len(data.translate(None, _CONTROLS)) == len(data) and "\ufffe" not in text and "\uffff" not in text


def _forbidden(text: str, at: int) -> Diagnostic:
    character = text[at]
    known = unsendable(character, at)
    if known:
        return known[0]
    before, behind = text.rfind(">", 0, at), text.find("<", at)
    in_text = text.rfind("<", 0, at) <= before and text.find(">", at, behind if behind >= 0 else len(text)) < 0
    what = f"U+{ord(character):04X} is a character that XML does not allow"
    span = Span(at, at + 1)
    return ssml_forbidden_character.RULE.at(span, what, fix=Fix.replace(span, "", safe=in_text))
