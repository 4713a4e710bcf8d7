"""SSML in one form: tags are written in one way. Texts are left as they are, for blanks and lines are heard and billed.

>>> formatted("<speak  rate = '1.5' ><break time='1s' ></break  >你 好</speak >")
'<speak rate="1.5"><break time="1s"></break>你 好</speak>'
"""

from __future__ import annotations

from ttsprep.ssml.scanner import Kind, Tag, scan

__all__ = ["formatted"]


def formatted(text: str) -> str:
    """The document with one blank before each attribute, double quotes, and no other blanks in its tags.

    Tags that are not well-formed stay as they are, and so do comments and sections.
    """
    return "".join(piece for tag, _, start, end in scan(text) for piece in (_tag(tag), text[start:end]))


def _tag(tag: Tag) -> str:
    if tag.flaws or tag.kind not in (Kind.OPEN, Kind.EMPTY, Kind.CLOSE):
        return tag.source
    if tag.kind is Kind.CLOSE:
        return f"</{tag.name}>"
    values = {name: place.value.of(tag.source) for name, place in tag.places.items()}
    attributes = "".join(f' {name}="{_quoted(value)}"' for name, value in values.items())
    return f"<{tag.name}{attributes}{'/' if tag.kind is Kind.EMPTY else ''}>"


def _quoted(value: str) -> str:
    """A value as it stands, in double quotes."""
    return value.replace('"', "&quot;")
