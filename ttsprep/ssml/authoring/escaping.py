"""Text as character data of SSML, without losing its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ttsprep.diagnostics import Diagnostic
from ttsprep.mapped import MappedText
from ttsprep.rules import ssml_character_left_out
from ttsprep.ssml.characters import NEVER
from ttsprep.ssml.references import escape

__all__ = ["character_data", "escapes"]

_ODD = re.compile(f"[&<>\"'{NEVER}]")


def character_data(text: MappedText, found: list[Diagnostic]) -> MappedText:
    """The text as it may stand in SSML: escaped, and without the characters that XML does not allow.

    Those are added to `found` (SSM061).

    >>> character_data(MappedText.verbatim("Q&A"), []).text
    'Q&amp;A'
    """
    return text.edit(escapes(text, found)) if _ODD.search(text.text) else text


def escapes(text: MappedText, found: list[Diagnostic]) -> Iterator[tuple[int, int, str]]:
    """The edits that `character_data` makes, for `MappedText.edit`."""
    for odd in _ODD.finditer(text.text):
        escaped = escape(odd[0])
        if escaped == odd[0]:
            span = text.source_span(*odd.span())
            what = f"U+{ord(odd[0]):04X} may not stand in SSML: it is left out"
            found.append(ssml_character_left_out.RULE.at(span, what))
            escaped = ""
        yield odd.start(), odd.end(), escaped
