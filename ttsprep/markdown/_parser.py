"""markdown-it-py, set up for speech: which rules run, and where in the source each token stands.

markdown-it-py says on which lines a block stands and nothing about inline positions. Here every inline token holds
its offset in the block's content (``token.map[0]``), and every block with content the ends of its lines in the
source (``token.meta["ends"]``), from which `_lines` makes offsets in the source.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.common import utils
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import (
    StateBlock,
    blockquote,
    fence,
    heading,
    hr,
    html_block,
    lheading,
    list_block,
    paragraph,
    reference,
    table,
)
from markdown_it.rules_inline import StateInline, emphasis, strikethrough
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from ttsprep.markdown._open import SENTENCE_END
from ttsprep.markup import formula_end

__all__ = ["MAX_NESTING", "SpeechParser", "parser"]

MAX_NESTING = 100
"""How deep blocks may nest; what is deeper is left out with a diagnostic, for the parser recurses."""

_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001aff0-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
)
# Where the plain-text rule stops; "!" and ":" only where an image or a bare address can begin.
_STOPS = re.compile(r"[\n$&*<\[\\\]_`~]|!(?=\[)|:(?=//)|w(?=ww\.)")


class _State(StateInline):
    """Notes where each token begins."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> None:
        super().__init__(src, md, env, outTokens)
        self.pending_at = 0
        self.last: dict[str, int] = {}  # where each closer of a formula stands last

    def append_pending(self, text: str) -> None:
        if not self._pending_buffer and not self._pending:
            self.pending_at = self.pos
        self._pending_buffer.append(text)

    def pushPending(self) -> Token:
        token = super().pushPending()
        token.map = [self.pending_at]
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.map = [self.pos]
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """The CJK-friendly flanking rule: punctuation beside a CJK character, or itself CJK, hinders nothing.

        (github.com/tats-u/markdown-cjk-friendly; CommonMark alone leaves the markers of ``**注意：**请看``.)
        """
        src, end = self.src, start
        while end < self.posMax and src[end] == src[start]:
            end += 1
        before = _before(src, start)
        after = src[end] if end < self.posMax else " "
        blank_before, blank_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        mark_before, mark_after = _is_mark(before), _is_mark(after)
        cjk_before, cjk_after = _CJK.match(before) is not None, _CJK.match(after) is not None
        left = not blank_after and (not mark_after or cjk_after or blank_before or mark_before or cjk_before)
        right = not blank_before and (not mark_before or cjk_before or blank_after or mark_after or cjk_after)
        opens = left and (canSplitWord or not right or mark_before)
        closes = right and (canSplitWord or not left or mark_after)
        return Scanned(opens, closes, end - start)


def _before(src: str, at: int) -> str:
    """The character before `at`; that of an ideograph with a variation selector is the ideograph."""
    at -= 1
    if at > 0 and ("\ufe00" <= src[at] <= "\ufe0f" or "\U000e0100" <= src[at] <= "\U000e01ef"):
        at -= 1
    return src[at] if at >= 0 else " "


def _is_mark(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


# --- inline rules -------------------------------------------------------------------------------------------------


def _placed(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """A rule that pushes a run of markers as one token each, all at the same place: put them side by side."""

    def placed(state: StateInline, silent: bool) -> bool:
        first, at = len(state.tokens), state.pos
        if not rule(state, silent):
            return False
        run = [token for token in state.tokens[first:] if token.map == [at]]
        for token in run:
            token.map = [at]
            at += len(token.content)
        return True

    return placed


def _math(state: StateInline, silent: bool) -> bool:
    """A formula between dollars or in ``\\(…\\)``, ``\\[…\\]``: one token, source as it stands."""
    assert isinstance(state, _State)
    start = state.pos
    if state.src[start] not in "$\\":
        return False
    end = formula_end(state.src, start, state.posMax, state.last)
    if not end:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = state.src[start:end]
    state.pos = end
    return True


_SCHEME = re.compile(r"(?:https?|ftp)\Z", re.IGNORECASE)
# A letter before it makes it a word, unless the script knows no blanks: 见https://….
_WORD_BEFORE = re.compile("[0-9A-Za-z\u00c0-\u052f\u1e00-\u1fff][:w]|[./@-]w")
_ADDRESS = re.compile(r"(?:://|www\.)[^\s<>\u3000-\u303f\uff00-\uffef\u4e00-\u9fff“”‘’…`|]+")


def _bare_address(state: StateInline, silent: bool) -> bool:
    """An address in running text: one token, so that its underscores are no emphasis."""
    first = state.src[state.pos]
    if first not in ":w":
        return False
    said = state.src[max(state.pos - 8, 0) : state.pos]
    named = _SCHEME.search(said) if first == ":" else None
    scheme = named[0] if named else ""
    before = said[: len(said) - len(scheme)][-1:]
    if bool(scheme) != (first == ":") or _WORD_BEFORE.match(before + first):
        return False
    found = _ADDRESS.match(state.src, state.pos, state.posMax)
    address = _without_trailing_marks(found[0]) if found else ""
    if len(address) < 4:
        return False
    if not silent:
        state.pending = state.pending[: len(state.pending) - len(scheme)]
        token = state.push("address", "", 0)
        token.content = scheme + address
        token.map = [state.pos - len(scheme)]
    state.pos += len(address)
    return True


def _without_trailing_marks(address: str) -> str:
    while True:
        shorter = address.rstrip("?!.,:;*_~'\"$]")
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\[\s]{1,100}\](:?)")


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    """``[^1]`` is for the eye; so is ``[^1]:`` before the note itself."""
    found = _FOOTNOTE_MARK.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if not found:
        return False
    if not silent:
        state.push("footnote_mark", "", 0)
    state.pos = found.end() if state.pos == 0 else found.end() - len(found[1])
    return True


_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?=\n|\Z)", re.IGNORECASE)


def _alert(state: StateInline, silent: bool) -> bool:
    """``[!NOTE]`` on the first line of a quote is its title."""
    found = _ALERT.match(state.src) if state.pos == 0 and state.src[0] == "[" else None
    if not found:
        return False
    if not silent:
        token = state.push("alert", "", 0)
        token.content, token.markup = found[1], f"[!{found[1]}]"
    state.pos = found.end()
    return True


# --- block rules --------------------------------------------------------------------------------------------------

_BlockRule = Callable[[StateBlock, int, int, bool], bool]


def _with_line_ends(rule: _BlockRule) -> _BlockRule:
    """The rule, noting where in the source the lines of each token's content end."""

    def noting(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        first = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        for token in state.tokens[first:]:
            if token.content and token.map:
                token.meta["ends"] = _ends(state, token.content, *token.map)
        return True

    return noting


def _ends(state: StateBlock, content: str, first: int, last: int) -> list[int]:
    """Where the lines end of which content is left: a line of, say, an ideographic space is no blank line at first,
    but is trimmed off.
    """
    if last - first > 1 + content.count("\n"):
        opening = content.partition("\n")[0]
        while first < last - 1 and state.src.find(opening, state.bMarks[first], state.eMarks[first]) < 0:
            first += 1
    return state.eMarks[first:last]


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not heading(state, start, end, silent):
        return False
    if not silent:
        token, at = state.tokens[-2], state.bMarks[start] + state.tShift[start]
        at = state.skipSpaces(at + len(state.tokens[-1].markup))
        token.meta["ends"] = [state.src.find(token.content, at) + len(token.content)]
    return True


# A heading, quote, list item or fence: markdown-it looks for tables first, GFM does not.
_NO_HEADER = re.compile(r"#{1,6}(?:[ \t]|\Z)|>|(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]|\Z)|```|~~~")


def _may_be_header(state: StateBlock, line: int) -> bool:
    """Whether a line can be that of a table: no other block begins with it, and its first cell is one sentence.

    (The second is for streams: what is behind a sentence end has been spoken when the first pipe comes.)
    """
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    if "|" not in text or _NO_HEADER.match(text):
        return False
    found = SENTENCE_END.search(text)
    return found is None or found.end() > text.index("|")


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = len(state.tokens)
    if not _may_be_header(state, start) or not table(state, start, end, silent):
        return False
    line, cells = -1, iter([[(0, 0)]])
    for token in state.tokens[first:]:
        if token.type == "inline" and token.map:
            if token.map[0] != line:
                line = token.map[0]
                cells = iter(_cells(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]))
            token.meta["anchors"] = next(cells, None)
    return True


_PIPE = re.compile(r"(?<!\\)\|")
_trim: Callable[[str], str] = getattr(utils, "mdTrim", str.strip)  # before markdown-it-py 4.1 it was str.strip


def _cells(src: str, start: int, end: int) -> list[list[tuple[int, int]]]:
    """For each cell of a row, pairs of (offset in its content, offset in the source) where a stretch begins."""
    line = src[start:end]
    row = _trim(line)
    start += line.find(row)
    edges = [-1, *(found.start() for found in _PIPE.finditer(row)), len(row)]
    spans = [(a + 1, b) for a, b in itertools.pairwise(edges)]
    if spans and spans[0][0] == spans[0][1]:
        spans.pop(0)
    if spans and spans[-1][0] == spans[-1][1]:
        spans.pop()
    return [_anchors(row, start, a, b) for a, b in spans]


def _anchors(row: str, start: int, a: int, b: int) -> list[tuple[int, int]]:
    a = row.find(_trim(row[a:b]), a)
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


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A display formula on lines of its own: from an opener at the start of a line to its closer at the end of one.

    A blank line ends the search. In a text that may still grow an open formula takes all lines there are.
    """
    at = state.bMarks[start] + state.tShift[start]
    closer = _MATH_BLOCKS.get(state.src[at : at + 2])
    if closer is None or state.is_code_block(start) or start < state.env.get("no_math_before", 0):
        return False
    line, first = start, at + 2
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        text = state.src[first : state.eMarks[line]].rstrip()
        if text.endswith(closer) and (line > start or len(text) > 2) and not _may_grow(state, state.eMarks[line]):
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


# --- the parser ---------------------------------------------------------------------------------------------------


class _Blocks(ParserBlock):
    """Notes the lines that lie too deep to be read."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        if state.level >= MAX_NESTING:
            state.env.setdefault("too_deep", []).append(
                (
                    state.bMarks[startLine] + state.tShift[startLine],
                    state.eMarks[max(startLine, min(endLine, state.lineMax) - 1)],
                )
            )
        super().tokenize(state, startLine, endLine)


class _Inlines(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        if "growing" in env:
            _mark_openers(state)
        return state.tokens


def _mark_openers(state: StateInline) -> None:
    """Mark the delimiters that a closer may still come for."""
    nested = (meta["delimiters"] for meta in state.tokens_meta if meta)
    for delimiter in itertools.chain(state.delimiters, *nested):
        if delimiter.open and delimiter.end < 0:
            state.tokens[delimiter.token].meta["opens"] = True


def _at(firsts: str, rule: _BlockRule) -> _BlockRule:
    """The rule, asked only of lines that begin with one of these characters: most lines ask most rules in vain."""

    def asked(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        return at < state.eMarks[start] and state.src[at] in firsts and rule(state, start, end, silent)

    return asked


_UNDERLINE = re.compile(r"\n[ \t>]*[=-]")


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
_BLOCK_RULES: dict[str, tuple[_BlockRule, list[str]]] = {
    "table": (_table, ["paragraph", "reference"]),
    "fence": (_at("`~", fence), [*_INTERRUPTING, "list"]),
    "blockquote": (_at(">", blockquote), [*_INTERRUPTING, "list"]),
    "hr": (_at("*-_", hr), [*_INTERRUPTING, "list"]),
    "list": (_at("*+-0123456789", list_block), _INTERRUPTING),
    "reference": (_at("[", _reference), []),
    "html_block": (_at("<", _with_line_ends(html_block)), _INTERRUPTING),
    "heading": (_at("#", _heading), _INTERRUPTING),
    "lheading": (_with_line_ends(_underlined), []),
    "paragraph": (_with_line_ends(paragraph), []),
}


class SpeechParser(MarkdownIt):
    """CommonMark with GFM tables and strikethrough, formulas and bare addresses; every token knows its place."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": MAX_NESTING})
        blocks, inlines = _Blocks(), _Inlines()
        self.block, self.inline = blocks, inlines
        for name, (rule, interrupted) in _BLOCK_RULES.items():
            blocks.ruler.at(name, rule, {"alt": interrupted})
        blocks.ruler.before("table", "math_block", _at("$\\", _math_block), {"alt": [*_INTERRUPTING, "list"]})
        inlines.terminator_re = _STOPS
        inlines.ruler.at("emphasis", _placed(emphasis.tokenize))
        inlines.ruler.at("strikethrough", _placed(strikethrough.tokenize))
        inlines.ruler.before("escape", "math", _math)
        inlines.ruler.after("newline", "address", _bare_address)
        inlines.ruler.before("link", "footnote_mark", _footnote_mark)
        inlines.ruler.before("link", "alert", _alert)
        inlines.ruler.disable(["linkify"])
        inlines.ruler2.disable(["fragments_join"])

    def normalizeLink(self, url: str) -> str:
        """Addresses are spoken or left out, never followed."""
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link

    def validateLink(self, url: str) -> bool:  # noqa: ARG002
        return True


_made: list[SpeechParser] = []


def parser() -> SpeechParser:
    """The one parser: its rules never change and all state is in the environment of a call."""
    if not _made:
        _made.append(SpeechParser())
    return _made[0]
