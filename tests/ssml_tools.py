"""What several tests of SSML need: a second opinion that shares no code with the checker, and documents with faults."""

from __future__ import annotations

import random
import re

from lxml import etree

from ttsprep.ssml.grammar import rng_path

SCHEMA = etree.RelaxNG(etree.parse(str(rng_path())))

BEYOND_THE_GRAMMAR = {"SSM050", "SSM051", "SSM054", "SSM055"}
"""Errors that no grammar can state: syllables, their number, the request's sample rate and model."""
REFUSED_ON_PURPOSE = {"SSM020", "SSM021"}
"""DOCTYPE and processing instructions, which a parser would take."""


def legal(document: str) -> bool | None:
    """Whether each root is legal XML and legal by the grammar, as lxml sees it; None where it cannot be asked.

    A forest is no XML document, so it is parsed inside an element of our own, where white space written as a
    reference passes between the roots and DOCTYPE is a syntax error.
    """
    if re.search(r"(?:^|>)[ \t\r\n]*&#(?:x?0*(?:9|10|13|32|20|a|d|A|D));", document):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        forest = etree.fromstring(f"<f>{document}</f>".encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return False
    roots = [node for node in forest if isinstance(node.tag, str)]
    beside = [forest.text, *(node.tail for node in forest)]
    entities = any(True for _ in forest.iter(etree.Entity))
    return (
        bool(roots)
        and not entities
        and not any((t or "").strip(" \t\r\n") for t in beside)
        and all(map(SCHEMA.validate, roots))
    )


SEEDS = [
    '<speak>你好<break time="1s"/>世界</speak>',
    '<speak rate="1.2" pitch="0.8" volume="50" voice="longanyang">a</speak><speak/>',
    '<speak effect="eq" effectValue="1 2 3 4 5 -6 7 8" bgm="http://a/b?c=1&amp;d=2" backgroundMusicVolume="30">'
    "a &lt; b</speak>",
    '<speak effect="lpfilter" effectValue="1200">x<sub alias="y &quot;z&quot;">W3C</sub></speak>',
    '<speak><phoneme alphabet="py" ph="dian3 dang4 hang2">典当行</phoneme>'
    '<phoneme alphabet="cmu" ph="S AY1 N">sin</phoneme></speak>',
    '<speak><say-as interpret-as="date">2026-11-22</say-as><soundEvent src="https://x/y.wav"/><!-- c --></speak>',
    "<speak\n rate='1'\t>a<![CDATA[<b>]]></speak >\n<speak> <break/></speak>",
    '<speak><break time="500ms"></break></speak>',
]
"""Legal documents that between them have everything."""

BITS = [
    *"<>\"'/=& \n\t\r:.+-x你10esü１",
    *("&amp;", "&#32;", "&#x4F60;", "&#0;", "&nbsp;", "&#9;", "&#10;", "&#13;", "&#xD800;", "&#x110000;", "&lt"),
    *("<speak>", "</speak>", "<break/>", '<break time="10s"/>', '<sub alias="x">', "</sub>", "<s>", "</s>"),
    *("<!--", "-->", "--", "<![CDATA[", "]]>", '<?xml version="1.0"?>', "<?p?>", "<!DOCTYPE a>", "<#0.5#>"),
    *('rate="1"', ' rate="1"', 'time="1s"', ' xml:lang="zh"', "ms", "500", "AA", "py", "cmu", "dates", "u\u0308"),
    *("\x01", "\u3000", "\xa0", "\ufeff", "\ufffe", "\x85"),
]
"""What slips into documents, and what the specification is particular about."""


def mutated(rng: random.Random) -> str:
    """A legal document with one to five slips."""
    text = rng.choice(SEEDS)
    for _ in range(rng.choice([1, 1, 1, 2, 3, 5])):
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.choice([1, 1, 1, 2, 3, 8]))
        text = rng.choice(_SLIPS)(text, start, end, rng)
    return text


def _graft(text: str, start: int, _end: int, rng: random.Random) -> str:
    other = rng.choice(SEEDS)
    begin = rng.randrange(len(other))
    return text[:start] + other[begin : begin + rng.randrange(1, 20)] + text[start:]


_SLIPS = [
    lambda t, a, b, r: t[:a] + r.choice(BITS) + t[a:],
    lambda t, a, b, r: t[:a] + r.choice(BITS) + t[a:],
    lambda t, a, b, r: t[:a] + t[b:],
    lambda t, a, b, r: t[:a] + r.choice(BITS) + t[b:],
    lambda t, a, b, r: t[:a] + t[a:b] + t[a:],
    _graft,
]
