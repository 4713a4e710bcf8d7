"""How blocks are read: where in the source the lines of their content end, and rules unlike those of the parser."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from markdown_it.rules_block import StateBlock, blockquote, fence, html_block, lheading, reference, table
from markdown_it.token import Token

from ttsprep.markdown._cell_formulas import PIPE, masked_row
from ttsprep.markdown._containers import definition, footnote
from ttsprep.markdown._fast_blocks import BlockRule, FastBlocks, asked_at, trim
from ttsprep.markdown._leaves import heading, line_ends, list_block, paragraph, plain_paragraph, thematic_break
from ttsprep.markdown._open import SENTENCE_END

__all__ = ["SpeechBlocks"]


def _with_line_ends(rule: BlockRule) -> BlockRule:
    """The rule, noting where in the source the lines of each token's content end."""

    def noting(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        first, state.env["paragraph_at"] = len(state.tokens), start
        if not rule(state, start, end, silent):
            return False
        for token in state.tokens[first:]:
            if token.content and token.map:
                token.meta["ends"] = line_ends(state, token.content, *token.map)
        return True

    return noting


# A heading, quote, list item or fence: markdown-it looks for tables first, GFM does not.
_NO_HEADER = re.compile(r"#{1,6}(?:[ \t]|\Z)|>|(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]|\Z)|```|~~~")


def _may_be_header(state: StateBlock, line: int) -> bool:
    """Whether a line can be that of a table: no other block begins with it, and its first cell is one sentence.

    (The second is for streams: what is behind a sentence end has been spoken when the first pipe comes.)
    """
    at, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if state.src.find("|", at, end) < 0:
        return False
    text = state.src[at:end]
    if _NO_HEADER.match(text):
        return False
    found = SENTENCE_END.search(text)
    return found is None or found.end() > text.index("|")


_DELIMITERS = re.compile(r"[|:-][|: \t-]*\Z")


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table of GFM, but that pipes in formulas end no cell."""
    src, first = state.src, len(state.tokens)
    if "|" not in src[state.bMarks[start] : state.eMarks[start]]:
        return False
    state.src = _with_masked_rows(state, start)
    try:
        return _read_table(state, start, end, silent)
    finally:
        if state.src is not src:
            state.src = src
            for token in state.tokens[first:]:
                token.content = token.content.replace(PIPE, "|")


def _with_masked_rows(state: StateBlock, start: int) -> str:
    """The text with other signs for the pipes in formulas, if a table may begin at a line."""
    src, after = state.src, start + 1
    if after >= state.lineMax or not _DELIMITERS.match(
        src, state.bMarks[after] + state.tShift[after], state.eMarks[after]
    ):
        return src
    known, masked = state.env.get("masked_rows", ("", ""))
    if known is not src:  # all rows at once: a document may have many tables
        masked = "\n".join(map(_masked, src.split("\n"))) if "$" in src or "\\(" in src else src
        state.env["masked_rows"] = src, masked
    return str(masked)


def _masked(line: str) -> str:
    return masked_row(line) if "|" in line else line


def _read_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = len(state.tokens)
    if not _may_be_header(state, start) or not table(state, start, end, silent):
        return False
    line, cells = -1, iter([[(0, 0)]])
    before: Token | None = None
    for token in state.tokens[first:]:
        if token.type == "inline" and token.map:
            if token.map[0] != line:
                line = token.map[0]
                cells = iter(_cells(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]))
            token.meta["anchors"] = next(cells, None)
            before = token
        elif token.type == "tr_close" and before is not None:
            _note_excess(state, line, cells, before)
    return True


def _note_excess(state: StateBlock, line: int, cells: Iterator[list[tuple[int, int]]], last: Token) -> None:
    """Where in the source the cells begin and end that the header has no column for: no parser shows them."""
    anchors = next(cells, None)
    if anchors is None:
        return
    start = anchors[0][1]
    excess = state.src[start : state.eMarks[line]]
    start, end = start + len(excess) - len(excess.lstrip(" \t|")), start + len(excess.rstrip(" \t|"))
    if start < end:
        last.meta["excess"] = start, end


_PIPE = re.compile(r"(?<!\\)\|")


def _cells(src: str, start: int, end: int) -> list[list[tuple[int, int]]]:
    """For each cell of a row, pairs of (offset in its content, offset in the source) where a stretch begins."""
    line = src[start:end]
    row = trim(line)
    start += line.find(row)
    edges = [-1, *(found.start() for found in _PIPE.finditer(row)), len(row)]
    spans = [(a + 1, b) for a, b in itertools.pairwise(edges)]
    if spans and spans[0][0] == spans[0][1]:
        spans.pop(0)
    if spans and spans[-1][0] == spans[-1][1]:
        spans.pop()
    return [_anchors(row, start, a, b) for a, b in spans]


def _anchors(row: str, start: int, a: int, b: int) -> list[tuple[int, int]]:
    a = row.find(trim(row[a:b]), a)
    found = [(0, start + a)]
    dropped = 0
    at = row.find("\\|", a, b)
    while at >= 0:
        dropped += 1
        found.append((at + 1 - a - dropped, start + at + 1))
        at = row.find("\\|", at + 2, b)
    return found


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Link definitions, but not footnotes, which are for the ear."""
    at = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", at) and reference(state, start, end, silent)


_MATH_BLOCKS = {"$$": "$$", "\\[": "\\]"}
_ENVIRONMENT = re.compile(r"\\begin\{((?:align|alignat|displaymath|eqnarray|equation|flalign|gather|multline)\*?)\}")


def _math_opener(state: StateBlock, at: int) -> tuple[str, str]:
    """What opens a display formula at `at`, and what closes it; two empty texts where none begins."""
    opener = state.src[at : at + 2]
    if opener in _MATH_BLOCKS:
        return opener, _MATH_BLOCKS[opener]
    found = _ENVIRONMENT.match(state.src, at)
    return (found[0], f"\\end{{{found[1]}}}") if found else ("", "")


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A display formula on lines of its own: from an opener at the start of a line to its closer at the end of one.

    A blank line ends the search. In a text that may still grow an open formula takes all lines there are.
    """
    at = state.bMarks[start] + state.tShift[start]
    opener, closer = _math_opener(state, at)
    if not opener or state.is_code_block(start) or start < state.env.get("no_math_before", 0):
        return False
    line, first = start, at + len(opener)
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        text = state.src[first : state.eMarks[line]].rstrip()
        if (
            text.endswith(closer)
            and (line > start or len(text) > len(closer))
            and not _may_grow(state, state.eMarks[line])
        ):
            break
        if line == start and closer in text:
            return False
        line += 1
        first = state.bMarks[line] + state.tShift[line]
    else:
        if not _may_grow(state, state.eMarks[line - 1] + 1):
            state.env["no_math_before"] = line
            return False
        state.env["open_math"] = True
        line -= 1
    if not silent:
        state.line = line + 1
        token = state.push("math_block", "math", 0)
        token.block = True
        token.map = [start, state.line]
        token.content = state.getLines(start, state.line, state.blkIndent, False)
        token.meta["ends"] = state.eMarks[start : state.line]
    return True


def _may_grow(state: StateBlock, at: int) -> bool:
    """Whether more text may come at `at`."""
    return "growing" in state.env and at >= len(state.src)


_UNDERLINE = re.compile(r"\n[ \t>]*+(?:=++|-++)[ \t]*+(?![^\n])")


def _underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A heading by underline, looked for only where a line before the next blank one could be its underline."""
    at, env = state.bMarks[start], state.env
    if env.get("underline_at", -1) < at:
        found = _UNDERLINE.search(state.src, at)
        env["underline_at"] = found.start() if found else len(state.src)
    if env.get("blank_at", -1) < at:
        blank = state.src.find("\n\n", at)
        env["blank_at"] = blank if blank >= 0 else len(state.src)
    return env["underline_at"] < env["blank_at"] and lheading(state, start, end, silent)


_INTERRUPTING = ["paragraph", "reference", "blockquote"]
# Each rule with what it may interrupt.
_BLOCK_RULES: dict[str, tuple[BlockRule, list[str]]] = {
    "plain_paragraph": (asked_at("", plain_paragraph), []),
    "math_block": (asked_at("$\\", _math_block), [*_INTERRUPTING, "list"]),
    "table": (_table, ["paragraph", "reference"]),
    "fence": (asked_at("`~", fence), [*_INTERRUPTING, "list"]),
    "blockquote": (asked_at(">", blockquote), [*_INTERRUPTING, "list"]),
    "hr": (asked_at("*-_", thematic_break), [*_INTERRUPTING, "list"]),
    "list": (asked_at("*+-0123456789", list_block), _INTERRUPTING),
    "reference": (asked_at("[", _reference), []),
    "footnote": (asked_at("[", footnote), ["paragraph", "reference"]),
    "definition": (asked_at(":", definition), ["paragraph"]),
    "html_block": (asked_at("<", _with_line_ends(html_block)), _INTERRUPTING),
    "heading": (asked_at("#", heading), _INTERRUPTING),
    "lheading": (_with_line_ends(_underlined), []),
    "paragraph": (paragraph, []),
}


_NEW = {"plain_paragraph": "table", "math_block": "table", "footnote": "reference", "definition": "html_block"}
"""Rules that CommonMark does not have, with those before which they are asked."""


class SpeechBlocks(FastBlocks):
    """The block rules."""

    def __init__(self) -> None:
        super().__init__()
        names = self.ruler.get_all_rules()
        for name, (rule, interrupted) in _BLOCK_RULES.items():
            if name in names:
                self.ruler.at(name, rule, {"alt": interrupted})
            else:
                self.ruler.before(_NEW[name], name, rule, {"alt": interrupted})
