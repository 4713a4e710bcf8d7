"""Whether a document that was written says anything."""

from __future__ import annotations

from collections.abc import Iterator

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.mapped import MappedText
from ttsprep.markup import is_speakable
from ttsprep.rules import nothing_to_speak

__all__ = ["silence"]


def silence(document: MappedText) -> Iterator[Diagnostic]:
    """PAY001 for a document in which nothing is spoken.

    >>> [str(found) for found in silence(MappedText.verbatim('<speak>&quot;<break/></speak>'))]
    ['PAY001 error: nothing to speak: the document has no letter, digit or ideograph']
    """
    if not is_speakable(document.text):
        what = "nothing to speak: the document has no letter, digit or ideograph"
        yield nothing_to_speak.RULE.at(Span(0, 0), what)
