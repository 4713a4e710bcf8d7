"""How much of an open paragraph is certain: what stands before the first thing that more text could change.

Reasons to hold, each seen to go wrong without it:

- a line ending, until the next line tells whether a blank is heard; so the title of an alert
- a marker that opens and is not yet closed: ``*`` ``_`` ``~~``, a backtick, ``<`` of a tag, ``[``, ``$``, ``\\(``
- a formula until the sentence behind it ends, which may tell in what language it is read
- a run of markers at the end, which may grow
- a bracket pair or a link at the end or before ``(`` or ``[``, with which it may be another link
- a link or image that holds a backtick, ``<`` or ``$``: a code span, tag or formula that begins in it would win
- a last line with a pipe, which may be the header of a table (`SENTENCE_END` before the pipe rules that out)
- a paragraph that may still be a link definition or the title of one
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ttsprep.late import late_pattern

if TYPE_CHECKING:  # importing ttsprep does not import markdown-it-py
    from markdown_it.token import Token

__all__ = [
    "NEXT_SENTENCE",
    "SENTENCE_END",
    "Certain",
    "after_break",
    "begins_text",
    "certain_children",
    "lead_end",
    "shorn",
]

_CLOSERS = r"""[)\]"'”’»」』）】》*_~`]"""
# The first class stands bare so that `re` searches for it fast.
_SENTENCE_END = rf"""
    [.!?…。！？｡]
    (?: (?<=[!?…]) {_CLOSERS}*+ \s++ (?=[^\s|])
      | (?<=\.) (?: (?<![0-9]\.) | (?<=[0-9][0-9]\.) ) {_CLOSERS}*+ \s++ (?=[^\s|a-z0-9])
      | (?<=[…。！？｡]) {_CLOSERS}*+ [^\S\n]*+ (?=[^\s|)\]"'”’»」』）】》*_~`…。！？｡]) )
"""
SENTENCE_END = late_pattern(_SENTENCE_END, re.VERBOSE)
"""A sentence end and the beginning of another on the same line, in the source.

A header of a table has none before its first pipe: so what stands before it can be spoken while the line is open.
"""

_BY_ITSELF = "\u3040-\u30ff\u3400-\u9fff"  # characters that need no blank to be a word
_WORDS = late_pattern(rf".*(?:(?<=[{_BY_ITSELF}])|(?=\s))")
NEXT_SENTENCE = late_pattern(rf"{_SENTENCE_END}(?:\S*?[{_BY_ITSELF}]|\S++\s)", re.VERBOSE)
"""A sentence end and the first word of the next sentence."""

_CONTAINER_MARKERS = r"[ \t]*+(?:(?:>|(?:[-+*]|[0-9]{1,9}[.)])[ \t])[ \t]*+)*+(?:\[[ xX]\][ \t]++)?+"
_BEGINS_TEXT = late_pattern(
    rf"""
    {_CONTAINER_MARKERS}
    (?: [^\W\d_] | [^\x00-\x7f\s] | ["'(]
      | [0-9]++[^0-9.)\s]
      | [0-9]++[ ]
      | \*{{1,2}}[^\s*] | __?[^\s_] | ``?[^\s`] | ~~[^\s~]
      | \[[^\[\]\\]++\]\(
    )
    """,
    re.VERBOSE,
)


def begins_text(line: str) -> bool:
    """Whether the first characters of an incomplete line tell what it is: text, in containers that are certain.

    >>> [begins_text(line) for line in ("- Fo", "**B", "12 m", "-", "12", "=", "``")]
    [True, True, True, False, False, False, False]
    """
    return _BEGINS_TEXT.match(line) is not None


def shorn(content: str) -> tuple[str, bool]:
    """What to look at of an open paragraph, and whether its last line is in it: not if that may be a table's header.

    It has no markers at its end, which may grow or escape what comes.
    """
    line = content.rfind("\n") + 1
    found, pipe = SENTENCE_END.search(content, line), content.find("|", line)
    whole = found is not None and not 0 <= pipe < found.end()
    part = content if whole else content[: max(line - 1, 0)]
    bare = part.rstrip("`*_~\\&<$![")
    return (bare if whole or bare != part else content[:line]), whole


_UNHEARD = re.compile(r"(?:[ \t\r\n*_~`]|!?\[|</?[A-Za-z][^<>\n]*+>)*+")


def after_break(content: str, at: int) -> str:
    """The first character behind the line ending at `at` that is heard, as far as can be seen; empty without any."""
    found = _UNHEARD.match(content, at, at + 24)
    return content[found.end() : at + 24][:1] if found else ""


_LEAD = 200  # how many characters tell in which language something before them is said


def lead_end(content: str, at: int) -> int:
    """Where the sentence or line ends that stands at `at`, by which something before it may be said in its language."""
    line = content[at : at + _LEAD].partition("\n")[0]
    found = SENTENCE_END.search(line)
    return at + (found.end() if found else len(line))


class Certain(NamedTuple):
    """The certain part of what stands in an open paragraph."""

    children: list[Token]
    resume: int
    """From where on the rest can be read by itself, for nothing before it is open; 0 where it cannot."""


def certain_children(content: str, children: Sequence[Token], *, definitions: bool, whole: bool) -> Certain:
    """The certain part of what stands in an open paragraph.

    `content` is `shorn`, `whole` whether its last line is in it; `children` are those of all of it or of what could be
    read by itself; `definitions` says that link definitions stand near before the paragraph.
    """
    if _may_define(content, definitions):
        return Certain([], 0)
    held = _held_from(content, children)
    end = _certain_end(content, held) if whole else held
    return _before(content, children, end) if end else Certain([], 0)


def _may_define(content: str, definitions: bool) -> bool:
    if content.startswith("["):
        return "]:" in content and not content.startswith("[^")
    return definitions and content[:1] in ("'", '"', "(")


def _certain_end(content: str, held: int) -> int:
    """The lines before the last, and of that what its first sentence end makes certain, up to the end of a word."""
    line = content.rfind("\n") + 1
    end = min(held, max(line - 1, 0))
    found = SENTENCE_END.search(content, line)
    if not found or found.end() > held:
        return end
    words = _WORDS.match(content, found.end(), min(held + 1, len(content)))
    return max(found.end(), words.end() if words else 0)


def _before(content: str, children: Sequence[Token], end: int) -> Certain:
    """The children that end before `end`, and the text before it."""
    kept: list[Token] = []
    link = reached = depth = 0
    for token, after in _with_ends(content, children):
        start = _start(token)
        if start >= end:
            break
        if token.type == "text":
            token.content = token.content[: end - start]
            after = start + len(token.content)
        elif after > end and token.nesting <= 0:
            break
        if token.type == "link_open":
            link = len(kept)
        kept.append(token)
        depth, reached = depth + token.nesting, after
    if sum(token.nesting for token in kept if token.type.startswith("link_")):
        return Certain(kept[:link], 0)
    while kept and kept[-1].type == "softbreak":  # what follows tells what it is
        reached = _start(kept.pop())
    return Certain(kept, reached if kept and not depth and _can_resume(content, kept, reached) else 0)


def _can_resume(content: str, kept: Sequence[Token], at: int) -> bool:
    """Whether what stands before `at` says nothing of what follows: a blank does, where a hard break may come."""
    apart = content[at : at + 1].isspace() and not content[at - 1].isspace() and content[at - 1] != "\\"
    return apart and all(token.type != "html_inline" for token in kept)


def _with_ends(content: str, children: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Each child and where the next begins."""
    ends = [*map(_start, children[1:]), len(content)]
    return zip(children, ends, strict=False)  # without a child no end is asked for


def _start(token: Token) -> int:
    """Where it begins in the content; that of a link is the place behind its bracket."""
    at = token.map[0] if token.map else 0
    return at - (token.type == "link_open" and token.markup != "autolink")


# --- what holds ---------------------------------------------------------------------------------------------------

_LIVE = re.compile(r"[\[\]`<$]")
_TAG_BEGINS = re.compile(r"<(?:[A-Za-z/!?]|\Z)")
_FORMULA_CLOSERS = {"\\(": "\\)", "\\[": "\\]"}
_FIRE = re.compile(r"[`<$]|\\[(\[]")


def _held_from(content: str, children: Sequence[Token]) -> int:
    """Where the first thing stands that more text could change; the end of the content without any."""
    brackets: list[int] = []  # open ones, outermost first
    outer, depth = 0, 0
    for token, after in _with_ends(content, children):
        at = _start(token)
        if token.nesting > 0 and not depth:
            outer = at
        depth += token.nesting
        held = _held_token(content, token, at, brackets, outer if depth else -1)
        if held < 0 and (token.type == "image" or (token.type == "link_close" and not depth)):
            held = _held_link(content, at if token.type == "image" else outer, after)
        if held >= 0:
            return min([held, *brackets[:1], *([outer] if depth else [])])
    return min([len(content), *brackets[:1], *([outer] if depth else [])])


def _held_token(content: str, token: Token, at: int, brackets: list[int], outer: int) -> int:
    """Where in a token something is open; -1 where nothing is. Notes the brackets that open and close.

    A bracket inside emphasis that begins at `outer` holds all of that: what closes it may become part of a link.
    """
    if token.type == "text_special" and content.find(_FORMULA_CLOSERS.get(token.markup, ""), at) < 0:
        return at
    if token.type in ("softbreak", "alert") and not after_break(content, at + len(token.markup)):
        return at
    if token.type == "math_inline" and lead_end(content, at + len(token.content)) == len(content):
        return at
    if token.type != "text":
        return -1
    if token.meta.get("opens") or "~~~" in content[at : at + 3]:
        return at
    for found in _LIVE.finditer(token.content):
        place, character = at + found.start(), found[0]
        if character == "[":
            begun = place - content.startswith("!", place - 1) if place else place
            brackets.append(begun if outer < 0 else outer)
        elif character == "]":
            opened = brackets.pop() if brackets else -1
            if opened >= 0 and content[place + 1 : place + 2] in ("", "(", "["):
                return opened
        elif character == "`" or _may_open(content, place):
            return place
    return -1


def _may_open(content: str, at: int) -> bool:
    """Whether a literal ``<`` or ``$`` may open a tag or a formula once more text has come."""
    if content[at] == "<":
        return _TAG_BEGINS.match(content, at) is not None
    if content.startswith("$$", at) or content.startswith("$$", at - 1):
        return True
    if content[at - 1 : at].isdigit() or content[at + 1 : at + 2].isspace():
        return False  # a price
    closer = content.find("$", at + 1)
    return closer < 0 or content[closer - 1] == "\\"


def _held_link(content: str, start: int, end: int) -> int:
    """The start of a link or image that may become something else."""
    return start if end >= len(content) or content[end] in "([" or _FIRE.search(content, start, end) else -1
