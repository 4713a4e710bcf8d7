"""Block rules for what holds further blocks and CommonMark does not have: footnotes and definitions.

Both begin with a marker; what is indented behind it belongs to them. Neither looks back or ahead further than a line,
so that what stands before them in a text that is still written is certain: a definition does not change its term.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

__all__ = ["definition", "footnote"]

_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]{1,100})\]:[ \t]*")
_DEFINITION = re.compile(r":[ \t]+(?=\S)")
_FOOTNOTE_INDENT, _DEFINITION_INDENT = 4, 2


def footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``[^1]: text``, and what follows indented by four blanks."""
    found = _marker(state, start, _FOOTNOTE)
    if found is None or silent:
        return found is not None
    _contain(state, start, end, "footnote", found, _FOOTNOTE_INDENT)
    return True


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``: text`` on the line behind a term, which is a paragraph of one line, or behind another definition."""
    found = _marker(state, start, _DEFINITION)
    if found is None or not (_follows_open_term(state, start) if silent else _follows_term(state, start)):
        return False
    if not silent:
        _contain(state, start, end, "definition", found, _DEFINITION_INDENT)
    return True


def _marker(state: StateBlock, line: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
    if state.is_code_block(line):
        return None
    return pattern.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _follows_open_term(state: StateBlock, line: int) -> bool:
    return bool(state.env.get("paragraph_at") == line - 1 or state.env.get("definitions"))


def _follows_term(state: StateBlock, line: int) -> bool:
    """Whether a term or a definition stands before the line: the latter perhaps with a blank line between."""
    if not state.tokens:
        return False
    last = state.tokens[-1]
    if last.type == "paragraph_close":
        return state.tokens[-3].map == [line - 1, line]
    return last.type == "definition_close"


def _contain(state: StateBlock, start: int, end: int, kind: str, marker: re.Match[str], indent: int) -> None:
    """Read what stands behind the marker and, indented, below it."""
    token = state.push(f"{kind}_open", "", 1)
    token.block, token.content = True, ""
    token.info = marker[1] if marker.re.groups else ""
    token.markup = marker[0].rstrip()
    token.meta = {"first": state.src[marker.end() : state.eMarks[start]], "at": marker.start()}
    before = (state.bMarks[start], state.tShift[start], state.sCount[start], state.blkIndent, state.parentType)
    state.blkIndent = state.sCount[start] + indent
    state.bMarks[start], state.tShift[start] = marker.end(), 0
    state.sCount[start], state.parentType = state.blkIndent, kind
    state.env[f"{kind}s"] = state.env.get(f"{kind}s", 0) + 1
    state.md.block.tokenize(state, start, end)
    state.env[f"{kind}s"] -= 1
    state.bMarks[start], state.tShift[start], state.sCount[start], state.blkIndent, state.parentType = before
    token.map = [start, state.line]
    state.push(f"{kind}_close", "", -1)
