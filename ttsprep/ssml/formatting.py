"""SSML written in one way: what is heard stays the same.

>>> formatted("<speak  volume='80' rate='2' >Hi <break time='1s' ></break></speak>  ")
'<speak rate="2" volume="80">Hi <break time="1s"/></speak>'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.references import escape
from ttsprep.ssml.scanner import Kind, Tag, scan

__all__ = ["formatted"]

_BLANKS_AT_END = re.compile(r"[ \t]+(?=\r?\n|\Z)")


def formatted(ssml: str) -> str:
    """The document with its tags in one form: attributes in the order of the grammar, in double quotes, with one blank
    between; an element that is empty by the grammar as one tag; no blanks at the ends of lines.

    A tag that is not right stays as it is, and so does the text between tags. Where anything else would be heard after
    all, the document stays as it is.
    """
    from ttsprep.ssml.fixing import heard

    text = _BLANKS_AT_END.sub("", "".join(_pieces(ssml)))
    return text if heard(text) == heard(ssml) else ssml


def _pieces(ssml: str) -> Iterator[str]:
    tokens = [(tag, ssml[start:end]) for tag, _, start, end in scan(ssml)]
    skip = False
    for place, (tag, text) in enumerate(tokens):
        if not skip:
            following = tokens[place + 1][0] if place + 1 < len(tokens) and not text else None
            skip = tag.kind is Kind.OPEN and _is_empty(tag) and following is not None and _closes(following, tag)
            yield _tag(tag, empty=skip)
        else:
            skip = False
        yield text


def _tag(tag: Tag, *, empty: bool) -> str:
    if tag.kind not in (Kind.OPEN, Kind.CLOSE, Kind.EMPTY) or tag.flaws or tag.is_broken:
        return tag.source
    if tag.kind is Kind.CLOSE:
        return f"</{tag.name}>"
    if tag.name not in grammar().elements or len(tag.places) != len(tag.attributes):
        return tag.source
    order = list(grammar().elements[tag.name].attributes)
    names = sorted(tag.attributes, key=lambda name: order.index(name) if name in order else len(order))
    attributes = "".join(f' {name}="{escape(tag.attributes[name])}"' for name in names)
    return f"<{tag.name}{attributes}{'/' if empty or tag.kind is Kind.EMPTY else ''}>"


def _is_empty(tag: Tag) -> bool:
    element = grammar().elements.get(tag.name)
    return element is not None and element.empty and not tag.flaws


def _closes(tag: Tag, opened: Tag) -> bool:
    return tag.kind is Kind.CLOSE and tag.name == opened.name and not tag.flaws
