"""Headings, rules, paragraphs and lists as markdown-it-py reads them, written for speed.

What they give is what its rules would, but for ``hidden``, which is for HTML. Each block with content notes where in
the source the lines of the content end (``token.meta["ends"]``).
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from ttsprep.markdown._fast_blocks import FastBlocks, trim
from ttsprep.markdown._tokens import LeanToken

__all__ = ["heading", "line_ends", "list_block", "paragraph", "plain_paragraph", "thematic_break"]


def line_ends(state: StateBlock, content: str, first: int, last: int) -> list[int]:
    """Where the lines end of which content is left: a line of, say, an ideographic space is no blank line at first,
    but is trimmed off.
    """
    if last - first > 1 + content.count("\n"):
        opening = content.partition("\n")[0]
        starts, shifts, ends = state.bMarks, state.tShift, state.eMarks
        while first < last - 1 and state.src.find(opening, starts[first] + shifts[first], ends[first]) < 0:
            first += 1
    return state.eMarks[first:last]


def _push(state: StateBlock, tag: str, lines: tuple[int, int], content: str, ends: list[int]) -> None:
    """A heading or a paragraph, and its content."""
    name, markup = ("paragraph", "") if tag == "p" else ("heading", "#" * int(tag[1]))
    level = state.level
    inline = LeanToken("inline", "", 0, [*lines], content, "", level + 1, True)
    inline.children, inline.meta = [], {"ends": ends} if content else {}
    state.tokens += (
        LeanToken(name + "_open", tag, 1, [*lines], "", markup, level, True),
        inline,
        LeanToken(name + "_close", tag, -1, None, "", markup, level, True),
    )


def heading(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A line that begins with one to six ``#``."""
    at, end = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    text = state.src[at:end]
    rest = text.lstrip("#")
    level = len(text) - len(rest)
    if not 0 < level < 7 or (rest and rest[0] not in " \t") or state.is_code_block(start):
        return False
    if silent:
        return True
    rest = rest.rstrip(" \t")
    bare = rest.rstrip("#")
    content = trim(bare if bare and bare[-1] in " \t" else rest)
    state.line = start + 1
    ends = [state.src.find(content, at + level) + len(content)]
    _push(state, f"h{level}", (start, start + 1), content, ends)
    return True


_THEMATIC_BREAK = re.compile(r"([*_-])[ \t]*+(?:\1[ \t]*+){2,}+\Z")


def thematic_break(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A line of three or more stars, dashes or underscores."""
    found = _THEMATIC_BREAK.match(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if not found or state.is_code_block(start):
        return False
    if not silent:
        state.line = start + 1
        token = state.push("hr", "hr", 0)
        token.map, token.markup = [start, state.line], found[1] * (found[0].count(found[1]) + 1)
    return True


def plain_paragraph(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A line of text before a blank line, which needs no other rule where none begins with its first character."""
    after = start + 1
    if after < state.lineMax and state.bMarks[after] + state.tShift[after] < state.eMarks[after]:
        return False
    if silent or state.sCount[start] - state.blkIndent > 3:
        return False
    _push_paragraph(state, start, start + 1)
    return True


def paragraph(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:
    """What is nothing else, up to a blank line or what may interrupt it."""
    assert isinstance(state.md.block, FastBlocks)
    is_interrupted = state.md.block.is_interrupted
    starts, shifts, ends, indents = state.bMarks, state.tShift, state.eMarks, state.sCount
    parent, state.parentType = state.parentType, "paragraph"
    state.env["paragraph_at"] = start  # where a definition finds its term
    line, stop, deepest = start + 1, state.lineMax, state.blkIndent + 3
    while line < stop and starts[line] + shifts[line] < ends[line]:
        # What is deeper would be code, but not behind text; a line below zero is a lazy one of a quote.
        if 0 <= indents[line] <= deepest and is_interrupted("paragraph", state, line, stop):
            break
        line += 1
    state.parentType = parent
    _push_paragraph(state, start, line)
    return True


def _push_paragraph(state: StateBlock, start: int, end: int) -> None:
    if end == start + 1:
        content = trim(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
        ends = [state.eMarks[start]]
    else:
        content = trim(state.getLines(start, end, state.blkIndent, False))
        ends = line_ends(state, content, start, end)
    state.line = end
    _push(state, "p", (start, end), content, ends)


# --- lists ------------------------------------------------------------------------------------------------------------

_ITEM = re.compile(r"([0-9]{1,9})?+(?(1)[.)]|[-+*])(?=[ \t]|\Z)")


def list_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list: items with the same marker."""
    found = _item(state, start)
    if not found or state.is_code_block(start) or _is_continuation(state, start):
        return False
    if silent:
        return (
            state.parentType != "paragraph" or state.sCount[start] < state.blkIndent or _interrupts(state, start, found)
        )
    kind, marker = ("ordered" if found[1] else "bullet"), found[0][-1]
    opened = state.push(f"{kind}_list_open", "ol" if found[1] else "ul", 1)
    if found[1] and int(found[1]) != 1:
        opened.attrs = {"start": int(found[1])}
    opened.markup = marker
    parent, state.parentType = state.parentType, "list"
    line = start
    while found is not None and found[0][-1] == marker and bool(found[1]) == (kind == "ordered"):
        line = _list_item(state, line, end, found)
        if line >= end or _ends_list(state, line, end):
            break
        found = _item(state, line)
    state.push(f"{kind}_list_close", "ol" if kind == "ordered" else "ul", -1).markup = marker
    opened.map = [start, line]
    state.line, state.parentType = line, parent
    return True


def _item(state: StateBlock, line: int) -> re.Match[str] | None:
    return _ITEM.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _is_continuation(state: StateBlock, line: int) -> bool:
    """Whether a line that is less deep than the item, but four deeper than its list, goes on with a paragraph."""
    depth = state.sCount[line]
    return state.listIndent >= 0 and depth - state.listIndent >= 4 and depth < state.blkIndent


def _interrupts(state: StateBlock, line: int, item: re.Match[str]) -> bool:
    """Only an item that is not empty, and has no other number than 1, interrupts a paragraph it is not before."""
    may_begin = (not item[1] or int(item[1]) == 1) and state.skipSpaces(item.end()) < state.eMarks[line]
    return may_begin or state.sCount[line] < state.blkIndent


def _ends_list(state: StateBlock, line: int, end: int) -> bool:
    assert isinstance(state.md.block, FastBlocks)
    if state.sCount[line] < state.blkIndent or state.is_code_block(line):
        return True
    return state.md.block.is_interrupted("list", state, line, end)


def _list_item(state: StateBlock, line: int, end: int, item: re.Match[str]) -> int:
    """Add an item, and give the line behind it."""
    shift, depth, outer = state.tShift[line], state.sCount[line], state.listIndent
    behind = depth + len(item[0])
    text, offset = _content(state, line, item.end(), behind)
    indent = offset - behind if text < state.eMarks[line] else 1
    opened = state.push("list_item_open", "li", 1)
    opened.markup, opened.info = item[0][-1], item[1] or ""
    state.listIndent, state.blkIndent = state.blkIndent, behind + (indent if indent <= 4 else 1)
    state.tShift[line], state.sCount[line] = text - state.bMarks[line], offset
    if text >= state.eMarks[line] and state.isEmpty(line + 1):
        state.line = min(state.line + 2, end)  # an empty item has no block behind a blank line
    else:
        state.md.block.tokenize(state, line, end)
    state.blkIndent, state.listIndent = state.listIndent, outer
    state.tShift[line], state.sCount[line] = shift, depth
    opened.map = [line, state.line]
    state.push("list_item_close", "li", -1).markup = item[0][-1]
    return state.line


def _content(state: StateBlock, line: int, at: int, offset: int) -> tuple[int, int]:
    """Where the text of an item begins, and in what column."""
    while at < state.eMarks[line] and (blank := state.src[at]) in " \t":
        offset += 1 if blank == " " else 4 - (offset + state.bsCount[line]) % 4
        at += 1
    return at, offset
