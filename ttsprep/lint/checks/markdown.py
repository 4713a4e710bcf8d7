"""MDN: what Markdown shows and nobody hears, or hears badly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from ttsprep.diagnostics import Diagnostic, Fix, Span
from ttsprep.lint.checks.words import words
from ttsprep.lint.model import Kind, LintFile, Registered
from ttsprep.markdown import Addresses, Code, Images, MarkdownOptions, Tables
from ttsprep.markdown._html import HIDDEN, tag_name
from ttsprep.markdown._outline import Part, Shape
from ttsprep.markdown._swallowed import is_prose
from ttsprep.rules import (
    bare_address,
    code_not_read,
    embedded_not_heard,
    empty_heading,
    empty_link,
    file_name_as_image_text,
    front_matter_not_closed,
    hidden_on_screen,
    image_without_text,
    large_table,
    list_number_changed,
    list_too_deep,
    markup_left,
    prose_in_fence,
    reference_not_defined,
    struck_text_heard,
    unclosed_fence,
    vague_link,
    wide_table,
)

__all__ = ["CHECKS", "DEEPEST_LIST", "WIDEST_TABLE"]

DEEPEST_LIST: Final = 3
"""Levels of lists that a listener can tell apart."""
WIDEST_TABLE: Final = 6
"""Columns of a table that a listener can keep in mind."""

_Judge = Callable[[Part, MarkdownOptions], Iterator[Diagnostic]]


def _heading(part: Part, _options: MarkdownOptions) -> Iterator[Diagnostic]:
    if not re.search(r"\w|!\[", part.text):
        yield empty_heading.RULE.at(part.span, f"heading of level {part.level} without a word")


def _link(part: Part, _options: MarkdownOptions) -> Iterator[Diagnostic]:
    text = re.sub(r"[*_`~]", "", part.text).strip()
    if not text:
        yield empty_link.RULE.at(part.span, f"the link to {part.target[:60]!r} has no text and is not heard")
    elif text.strip(" .:：。>»→").lower() in words("vague_links", "texts"):
        yield vague_link.RULE.at(part.span, f"the link text {text!r} does not say where it leads")


def _image(part: Part, options: MarkdownOptions) -> Iterator[Diagnostic]:
    if options.images is Images.SKIP:
        return
    endings = "|".join(words("file_endings", "images"))
    if not part.text.strip() and re.search("|".join(words("file_endings", "adornments")), part.target, re.IGNORECASE):
        return
    if not part.text.strip():
        yield image_without_text.RULE.at(part.span, f"the image {part.target[:60]!r} has no text and is not heard")
    elif re.fullmatch(rf"\S*\.(?:{endings})|(?:img|dsc|image|screenshot)[-_ ]?\d+", part.text.strip(), re.IGNORECASE):
        yield file_name_as_image_text.RULE.at(part.span, f"the text of the image is a file name: {part.text.strip()!r}")


def _address(part: Part, options: MarkdownOptions) -> Iterator[Diagnostic]:
    if "@" in part.text.split("/")[0] or "/" not in re.sub(r"^\w+://", "", part.text).rstrip("/"):
        return  # an e-mail address or a host is heard whole
    heard = {Addresses.HOST: "only its host is heard", Addresses.SKIP: "it is not heard"}
    how = heard.get(options.addresses, "it is read character by character")
    yield bare_address.RULE.at(part.span, f"the address {part.text[:60]!r} has no text: {how}")


def _struck(part: Part, options: MarkdownOptions) -> Iterator[Diagnostic]:
    if options.struck and part.text.strip():
        yield struck_text_heard.RULE.at(part.span, f"{part.text[:40]!r} is struck out, and read all the same")


def _code(part: Part, options: MarkdownOptions) -> Iterator[Diagnostic]:
    if not part.closed:
        lines = part.text.count("\n") + 1
        what = f"the fence is never closed: all {lines} lines to the end of the document are code"
        yield unclosed_fence.RULE.at(part.span, what)
    elif options.code is not Code.READ and _may_be_prose(part) and _is_fence(part) and is_prose(part.text):
        yield prose_in_fence.RULE.at(part.span, "this code block looks like prose, and code is not read")


def _is_plainly_code(part: Part) -> bool:
    """Not what another rule has something to say of."""
    return part.closed and part.target != "math" and not (_may_be_prose(part) and is_prose(part.text))


def _may_be_prose(part: Part) -> bool:
    return part.target in ("", "text", "txt", "plain", "plaintext")


def _is_fence(part: Part) -> bool:
    return len(part.span) > len(part.text.strip()) + 5  # a block of indented code is MDN004


def _table(part: Part, options: MarkdownOptions) -> Iterator[Diagnostic]:
    cells = part.level * (part.number + 1)
    if options.tables is Tables.SKIP or options.tables is Tables.ANNOUNCE:
        return
    if cells > options.table_cells:
        size = f"table of {part.number} rows and {part.level} columns"
        what = f"{size}: over {options.table_cells} cells the rest is not read"
        yield large_table.RULE.at(part.span, what)
    elif part.level > WIDEST_TABLE:
        what = f"table of {part.level} columns, over {WIDEST_TABLE}: nobody keeps so many in mind"
        yield wide_table.RULE.at(part.span, what)


def _item(part: Part, options: MarkdownOptions) -> Iterator[Diagnostic]:
    if part.level == DEEPEST_LIST + 1:
        what = f"list nested {part.level} levels deep; by ear no more than {DEEPEST_LIST} can be told apart"
        yield list_too_deep.RULE.at(part.span, what)
    if options.numbers and part.number != part.written and part.written not in (0, 1):
        what = f"written as {part.written}, but heard as {part.number}: Markdown counts the points of a list itself"
        yield list_number_changed.RULE.at(part.span, what)


_EMBEDDED: Final = frozenset(("audio", "video", "iframe", "object", "embed", "canvas", "svg", "math", "form", "select"))
_UNSEEN: Final = re.compile(
    r"<[A-Za-z][^<>]*?(?:\shidden(?=[\s>=/])|display\s*:\s*none|visibility\s*:\s*hidden)[^<>]*>", re.I
)
_TAG: Final = re.compile(r"<([A-Za-z][\w-]*)")


def _html(part: Part, _options: MarkdownOptions) -> Iterator[Diagnostic]:
    if part.text.startswith("</"):
        return
    found = _UNSEEN.search(part.text)
    if found and tag_name(found[0]) not in HIDDEN:
        yield hidden_on_screen.RULE.at(part.span, f"{found[0][:60]} hides its text on a screen, but it is read")
    names = {name.lower() for name in _TAG.findall(part.text)}
    if embedded := sorted(names & _EMBEDDED):
        yield embedded_not_heard.RULE.at(part.span, f"nothing is heard of <{'>, <'.join(embedded)}>")


_REFERENCE: Final = re.compile(r"!?\[([^\[\]\n]{1,200})\]\[([^\[\]\n]{0,200})\]")


def _text(part: Part, _options: MarkdownOptions) -> Iterator[Diagnostic]:
    for found in _REFERENCE.finditer(part.text):
        label = found[2] or found[1]
        if not label.replace(" ", "").isdigit() and not found[1].isdigit():
            what = f"{found[0][:60]!r} is read with its brackets: no line [{label[:40]}]: … defines it"
            yield reference_not_defined.RULE.at(_inside(part, found), what)


def _inside(part: Part, found: re.Match[str]) -> Span:
    """Where it stands: exactly, but in text of several lines, of which only the whole is known."""
    if len(part.span) != len(part.text):
        return part.span
    return Span(part.span.start + found.start(), part.span.start + found.end())


_JUDGES: Final[dict[Shape, _Judge]] = {
    Shape.HEADING: _heading,
    Shape.LINK: _link,
    Shape.IMAGE: _image,
    Shape.ADDRESS: _address,
    Shape.STRUCK: _struck,
    Shape.BLOCK: _code,
    Shape.TABLE: _table,
    Shape.ITEM: _item,
    Shape.HTML: _html,
    Shape.TEXT: _text,
}


def _parts(file: LintFile) -> Iterator[Diagnostic]:
    options = file.markdown or MarkdownOptions()
    for part in file.outline:
        judge = _JUDGES.get(part.shape)
        if judge is not None:
            yield from judge(part, options)


def _code_blocks(file: LintFile) -> Iterator[Diagnostic]:
    """One finding for all of them: most are meant to be left out."""
    options = file.markdown or MarkdownOptions()
    blocks = [part for part in file.outline if part.shape is Shape.BLOCK and _is_plainly_code(part)]
    if blocks and options.code is not Code.READ:
        lines = sum(part.text.count("\n") for part in blocks)
        how = "announced" if options.code is Code.ANNOUNCE else "left out"
        many = f"{len(blocks)} code blocks are" if len(blocks) > 1 else "a code block is"
        size = f"{lines} line{'s' * (lines != 1)}"
        yield code_not_read.RULE.at(blocks[0].span, f"{many} {how}, not read: {size} in all")


_LEFT: Final = re.compile(r"\*\*(?<!\*\*\*)(?!\*)|~~(?<!~~~)(?!~)|\]\((?=\S)|__(?<![\w_]__)(?=\w)|__(?<=\w__)(?![\w_])")


def _left(file: LintFile) -> Iterator[Diagnostic]:
    """Signs of markup that are spoken, because CommonMark does not take them for markup."""
    from ttsprep.lint.checks.prose import in_code

    for found in _LEFT.finditer(file.spoken.text):
        span = file.spoken.source_span(*found.span())
        at = span.start
        escaped = at > 0 and file.source.text[at - 1] == "\\"
        if span.of(file.source.text) == found[0] and not escaped and not in_code(file, span):
            yield markup_left.RULE.at(span, f"{found[0]} is no markup here, and is read as signs")


_FRONT: Final = re.compile(r"---[ \t]*\r?\n(?:[A-Za-z_][\w-]*:(?: .*)?\r?\n){2,}")


def _front_matter(file: LintFile) -> Iterator[Diagnostic]:
    """Front matter that ends is taken out of the text; what still begins the outline was not."""
    from ttsprep.markdown._front_matter import front_matter_end

    found = _FRONT.match(file.source.text)
    if found and not front_matter_end(file.source.text, final=True):
        span = Span(0, found.end())
        what = "front matter without its closing --- is read aloud"
        fix = Fix.replace(Span(found.end(), found.end()), "---\n", safe=False, title="close it")
        yield front_matter_not_closed.RULE.at(span, what, fix=fix)


_ONLY: Final = frozenset({Kind.MARKDOWN})
CHECKS: Final = tuple(Registered("MDN", _ONLY, check) for check in (_parts, _code_blocks, _left, _front_matter))
