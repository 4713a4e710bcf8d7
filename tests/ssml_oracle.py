"""What lxml and the grammar say of a document: the independent witness, which shares no code with the checker."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from ttsprep.ssml.grammar import rng_path

BEYOND_THE_GRAMMAR = {"SSM050", "SSM051", "SSM054", "SSM055"}
"""Errors that no grammar can state: syllables, their number, the request's sample rate and model."""
REFUSED_ON_PURPOSE = {"SSM020", "SSM021"}
"""DOCTYPE and processing instructions, which a parser would take."""


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(rng_path())))


def _forest(ssml: str) -> etree._Element:
    """The document, which may have several roots, inside an element of our own."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(f"<f>{ssml}</f>".encode(), parser)


def _beside(forest: etree._Element) -> bool:
    """Whether text stands outside the roots."""
    return any((text or "").strip(" \t\r\n") for text in [forest.text, *(node.tail for node in forest)])


def legal(document: str) -> bool | None:
    """Whether each root is legal XML and legal by the grammar, as lxml sees it; None where it cannot be asked.

    Inside the element of our own white space written as a reference passes between the roots, and DOCTYPE is a syntax
    error.
    """
    if re.search(r"(?:^|>)[ \t\r\n]*&#(?:x?0*(?:9|10|13|32|20|a|d|A|D));", document):
        return None
    try:
        forest = _forest(document)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return False
    roots = [*forest.iterchildren("*")]  # no comments
    entities = any(True for _ in forest.iter(etree.Entity))
    return bool(roots) and not entities and not _beside(forest) and all(map(schema().validate, roots))


def roots(ssml: str) -> list[etree._Element]:
    """The root elements of a document that has several; raises XMLSyntaxError for what is not well-formed."""
    forest = _forest(ssml)
    assert not _beside(forest)
    return list(forest)


def faults(ssml: str) -> list[str]:
    """What the grammar has against a document; "no root" where there is none."""
    found = [] if roots(ssml) else ["no root"]
    for root in roots(ssml):
        alone = etree.fromstring(etree.tostring(root, with_tail=False))
        if not schema().validate(alone):
            found += [f"{error.message}: {ssml}" for error in schema().error_log]
    return found


def spoken(ssml: str) -> str:
    """All text of a document, as a parser reads it."""
    return "".join(str(text) for root in roots(ssml) for text in root.itertext())
