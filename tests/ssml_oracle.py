"""What lxml and the grammar say of a document: the independent witness of everything that makes SSML."""

from __future__ import annotations

from functools import cache

from lxml import etree

from ttsprep.ssml.grammar import rng_path


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(rng_path())))


def roots(ssml: str) -> list[etree._Element]:
    """The root elements of a document that has several; raises XMLSyntaxError for what is not well-formed."""
    settings = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    forest = etree.fromstring(f"<f>{ssml}</f>".encode(), settings)
    assert not (forest.text or "").strip()
    assert not any((root.tail or "").strip() for root in forest)
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
