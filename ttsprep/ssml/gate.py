"""The second opinion: libxml2 and the grammar, asked about what is about to be sent.

The checker explains, libxml2 decides independently. Where the checker found no error and libxml2 refuses, one of them
is wrong, so nothing is sent. libxml2's own messages (no column, no reason, the first fault only) are not shown.

>>> accepts('<speak>你好<break time="1s"/></speak>'), accepts('<speak>你好<brake/></speak>')
(True, False)
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.rules import ssml_checkers_disagree
from ttsprep.ssml.grammar import rng_path

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["accepts", "disagreement"]


def disagreement(document: str) -> Diagnostic | None:
    """The finding that a document, in which the checker found no error, is refused by the grammar's own validator."""
    if accepts(document):
        return None
    what = (
        "this document passed the checks, but the validator of the grammar refuses it: a fault of ttsprep, not of the "
        "document; it is not sent; please report it with the document"
    )
    return ssml_checkers_disagree.RULE.at(Span(0, len(document)), what)


def accepts(document: str) -> bool:
    """Whether each root of the document is legal by the grammar, and nothing stands outside them.

    Nothing is loaded, fetched or expanded: a DOCTYPE is refused before anything is parsed.
    """
    from lxml import etree

    try:
        forest = etree.fromstring(f"<f>{document}</f>".encode(), _parser())
    except (etree.XMLSyntaxError, UnicodeEncodeError):  # a DOCTYPE inside an element is a syntax error
        return False
    roots = [node for node in forest if isinstance(node.tag, str)]
    beside = [forest.text, *(node.tail for node in forest)]
    if not roots or any(text and text.strip(" \t\r\n") for text in beside):
        return False
    if next(forest.iter(etree.ProcessingInstruction, etree.Entity), None) is not None:
        return False
    return all(map(_schema().validate, roots))


def _parser() -> etree.XMLParser:
    """A new one for each document: a parser keeps state."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )


@cache
def _schema() -> etree.RelaxNG:
    from lxml import etree

    return etree.RelaxNG(etree.parse(str(rng_path())))
