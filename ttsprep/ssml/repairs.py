"""How findings about the structure of a document are mended, and where a fix is safe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ttsprep.diagnostics import Diagnostic, Edit, Fix, Span
from ttsprep.late import late_pattern
from ttsprep.rules import ssml_content_not_allowed, ssml_no_root, ssml_outside_root, ssml_tag_as_text
from ttsprep.ssml.grammar import Element, grammar
from ttsprep.ssml.judging import Verdict
from ttsprep.ssml.references import clip
from ttsprep.ssml.scanner import BLANK, Tag

__all__ = [
    "Opened",
    "joins",
    "no_root",
    "not_empty",
    "outside_root",
    "spoken_markup",
    "trimmed",
    "unnested",
    "with_name",
]


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


def with_name(found: Diagnostic, tag: Tag, verdict: Verdict, start: int, end_tag: Span | None, text: str) -> Diagnostic:
    """The finding about a name with its fix: another name, or no tags at all."""
    if verdict.rename:
        spans = [span for span in (found.span, end_tag) if span is not None]
        edits = tuple(Edit(span, verdict.rename) for span in spans)
        return replace(found, fix=Fix(f"write <{verdict.rename}>", edits, safe=verdict.drop))
    if not verdict.drop:
        return found
    start_tag = Span(start, start + len(tag.source))
    if verdict.block:
        return replace(found, fix=_without_block(text, start_tag, end_tag))
    edits = tuple(Edit(span, "") for span in (start_tag, end_tag) if span is not None)
    return replace(found, fix=Fix("remove the tags, keep the text", edits, safe=True))


_ENDS = frozenset("。．.!！?？…；;：:，,、—")
_WIDE = late_pattern("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def _without_block(text: str, start_tag: Span, end_tag: Span | None) -> Fix:
    """A paragraph or a sentence without its tags: what they part stays parted."""
    edits = tuple(_parted(text, span) for span in (start_tag, end_tag) if span is not None)
    safe = all(not edit.text.strip() for edit in edits)
    return Fix("remove the tags, keep the text" if safe else "a full stop in place of the tag", edits, safe)


def _parted(text: str, span: Span) -> Edit:
    """A tag is removed; in its place comes a full stop where two sentences would run into each other."""
    before, behind = _before(text, span.start), _behind(text, span.end)
    if not before.strip() or not behind.strip():
        return Edit(span, "")
    wide = _WIDE.match(before) is not None
    if before in _ENDS:
        return Edit(span, "" if wide or not before.isascii() else " ")
    return Edit(span, "。" if wide else ". ")


_TAG_BEHIND = re.compile(r"(?:<(?!/?speak[ />\t\r\n])[^<>]*>)*+")
_REACH = 1000


def _behind(text: str, at: int) -> str:
    """The next character to hear; "" where a root or the document ends."""
    found = _TAG_BEHIND.match(text, at, at + _REACH)
    behind = text[found.end() : found.end() + 1] if found else ""
    return "" if behind == "<" else behind


def _before(text: str, at: int) -> str:
    """The character heard last; "" where a root or the document begins."""
    while text[at - 1 : at] == ">":
        opened = text.rfind("<", max(0, at - _REACH), at)
        if opened < 0 or re.match(r"</?speak[ />\t\r\n]", text[opened : opened + 8]):
            return ""
        at = opened
    return text[at - 1 : at] if at else ""


def unnested(found: Diagnostic, opened: Opened, outer: Tag, start: int, end: int, text: str) -> Diagnostic:
    """A speak in a speak: without attributes its tags say nothing, with them the outer one is cut in two."""
    inner = Span(opened.start, opened.start + len(opened.tag.source))
    if opened.tag.attributes:
        before, after = Span(inner.start, inner.start), Span(end, end)
        edits = (Edit(before, f"</{outer.name}>"), Edit(after, outer.source))
        return replace(found, fix=Fix("end the outer one before it, and begin it anew behind", edits, safe=False))
    fix = _without_block(text, inner, Span(start, end))
    fix = replace(fix, safe=fix.safe and opened.around.name == grammar().root)
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
    what = f"{clip(span.of(text))!r} stands outside <{root}>"
    if _FENCE.fullmatch(span.of(text)):
        what, fix = f"{what}: it is the fence of a code block", Fix.replace(span, "", safe=False)
    return ssml_outside_root.RULE.at(span, what, fix=fix)


_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\r\n]*", re.MULTILINE)
_SIGNS = str.maketrans("＜＞／＝＂", '<>/="')


def spoken_markup(text: str) -> Iterator[Diagnostic]:
    """What looks like markup but is text, and so would be spoken: tags in other signs, the fence of a code block."""
    if "＜" in text or "&lt;" in text:
        for found in _disguised().finditer(text):
            plain = found[0].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').translate(_SIGNS)
            what = f"{clip(found[0])!r} is text and would be spoken; as a tag it is {clip(plain)!r}"
            span = Span(*found.span())
            yield ssml_tag_as_text.RULE.at(span, what, fix=Fix.replace(span, plain, safe=False))
    if "```" in text or "~~~" in text:
        root = grammar().root
        for found in _FENCE.finditer(text, max(0, text.find(f"<{root}")), max(0, text.rfind(f"</{root}"))):
            span = Span(*found.span())
            what = f"{clip(found[0].strip())!r} is the fence of a code block and would be spoken"
            yield ssml_tag_as_text.RULE.at(span, what, fix=Fix.replace(span, "", safe=False))


@cache
def _disguised() -> re.Pattern[str]:
    names = "|".join(map(re.escape, grammar().elements))
    inner = r"[^<>＜＞&\r\n]{0,200}"
    return re.compile(
        rf"(?:＜|&lt;)[/／]?(?:{names})(?![\w-]){inner}(?:&quot;{inner}){{0,8}}(?:＞|&gt;|>)", re.IGNORECASE
    )
