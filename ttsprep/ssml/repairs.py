"""How findings about the structure of a document are mended, and where a fix is safe."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ttsprep.diagnostics import Diagnostic, Edit, Fix, Span
from ttsprep.rules import ssml_content_not_allowed, ssml_no_root, ssml_outside_root
from ttsprep.ssml.grammar import Element, grammar
from ttsprep.ssml.judging import Verdict
from ttsprep.ssml.references import clip
from ttsprep.ssml.scanner import BLANK, Tag

__all__ = ["Opened", "joins", "no_root", "not_empty", "outside_root", "trimmed", "unnested", "with_name"]


@dataclass(slots=True)
class Opened:
    """A start tag that waits for its end tag."""

    tag: Tag
    verdict: Verdict
    start: int
    inside: int
    """Where its content begins."""
    around: Element
    """What rules around it."""
    report: int | None = None
    """Which finding is about this element and waits for the end tag to make its fix."""
    strange: Span | None = None
    """The first text in an element that has to be empty."""
    shaky: bool = False
    """Whether nothing about it can be mended safely."""


_HALF = re.compile(r"(?:&[#A-Za-z0-9]*|[]<!?/-])\Z")
_LONGEST_REFERENCE = 12


def joins(text: str, edit: Edit) -> bool:
    """Whether something goes that stands behind half of a reference or of a mark of XML."""
    start = edit.span.start
    return (
        not edit.text
        and not edit.span.of(text).isspace()
        and _HALF.search(text, max(0, start - _LONGEST_REFERENCE), start) is not None
    )


def trimmed(text: str, begin: int, end: int) -> Span:
    """A stretch without white space at its ends."""
    inner = text[begin:end]
    left = len(inner) - len(inner.lstrip(BLANK))
    return Span(begin + left, begin + max(left, len(inner.rstrip(BLANK))))


def with_name(found: Diagnostic, tag: Tag, verdict: Verdict, start: int, end_tag: Span | None) -> Diagnostic:
    """The finding about a name with its fix: another name, or no tags at all."""
    if not verdict.rename and not verdict.drop:
        return found
    if verdict.rename:
        spans, text, title = [found.span, end_tag], verdict.rename, f"write <{verdict.rename}>"
    else:
        spans, text, title = [Span(start, start + len(tag.source)), end_tag], "", "remove the tags, keep the text"
    edits = tuple(Edit(span, text) for span in spans if span is not None)
    fix = Fix(title, edits, safe=verdict.drop)
    return replace(found, fix=fix)


def unnested(found: Diagnostic, opened: Opened, outer: Tag, start: int, end: int) -> Diagnostic:
    """A speak in a speak: without attributes its tags say nothing, with them the outer one is cut in two."""
    inner = Span(opened.start, opened.start + len(opened.tag.source))
    if opened.tag.attributes:
        before, after = Span(inner.start, inner.start), Span(end, end)
        edits = (Edit(before, f"</{outer.name}>"), Edit(after, outer.source))
        return replace(found, fix=Fix("end the outer one before it, and begin it anew behind", edits, safe=False))
    edits = (Edit(inner, ""), Edit(Span(start, end), ""))
    fix = Fix("remove the inner tags, keep the text", edits, safe=opened.around.name == grammar().root)
    return replace(found, fix=fix)


def not_empty(opened: Opened, element: Element, start: int, end: int, text: str) -> Diagnostic:
    """Text in an element that has to be empty."""
    what = f"{clip(opened.strange.of(text))!r} stands in <{element.name}>, which has to be empty"  # type: ignore[union-attr]  # asked before
    tag = opened.tag.source
    edits = (Edit(Span(opened.inside - 1, opened.inside), "/>"), Edit(Span(start, end), ""))
    fix = Fix(f"close <{element.name}> before it", edits, safe=False) if tag.endswith(">") else None
    return ssml_content_not_allowed.RULE.at(opened.strange, what, fix=fix)


def no_root(text: str, *, safe: bool) -> Diagnostic:
    """A document without a root."""
    root = grammar().root
    if not text.strip(BLANK):
        return ssml_no_root.RULE.at(Span(0, 0), f"there is no <{root}>: the document is empty")
    span = trimmed(text, 0, len(text))
    edits = (Edit(Span(span.start, span.start), f"<{root}>"), Edit(Span(span.end, span.end), f"</{root}>"))
    what = f"everything that is spoken has to stand in <{root}>; there is none"
    fix = Fix(f"put it into <{root}>", edits, safe=safe)
    return ssml_no_root.RULE.at(Span(span.start, span.start), what, fix=fix)


def outside_root(text: str, span: Span) -> Diagnostic:
    """What stands outside every root."""
    root = grammar().root
    edits = (Edit(Span(span.start, span.start), f"<{root}>"), Edit(Span(span.end, span.end), f"</{root}>"))
    fix = Fix(f"put it into <{root}>", edits, safe=False)
    return ssml_outside_root.RULE.at(span, f"{clip(span.of(text))!r} stands outside <{root}>", fix=fix)
