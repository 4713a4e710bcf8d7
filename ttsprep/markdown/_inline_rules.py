"""How inline tokens are read: where each begins, and the rules that CommonMark does not have."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline, emphasis, image, link, strikethrough
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from ttsprep.late import late_pattern
from ttsprep.markdown._fast_inline import simple_inlines
from ttsprep.markdown._flanking import character_before, flanking
from ttsprep.markup import formula_end

__all__ = ["SpeechInlines"]

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
        src, end = self.src, start
        while end < self.posMax and src[end] == src[start]:
            end += 1
        after = src[end] if end < self.posMax else " "
        opens, closes = flanking(character_before(src, start), after, canSplitWord)
        return Scanned(opens, closes, end - start)


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
_WORD_BEFORE = late_pattern("[0-9A-Za-z\u00c0-\u052f\u1e00-\u1fff][:w]|[./@-]w")
# It ends with the text of the link it stands in.
_ADDRESS = late_pattern(r"(?:://|www\.)(?:(?!\][(\[])[^\s<>\u3000-\u303f\uff00-\uffef\u4e00-\u9fff“”‘’…`|])+")


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
        shorter = address.rstrip("?!.,:;*_~'\"$&[]\\")
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\[\s]{1,100})\]")


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    """``[^1]`` is for the eye."""
    found = _FOOTNOTE_MARK.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if not found:
        return False
    if not silent:
        token = state.push("footnote_mark", "", 0)
        token.content, token.markup = found[1], found[0]
    state.pos = found.end()
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


def _mark_openers(state: StateInline) -> None:
    """Mark the delimiters that a closer may still come for."""
    nested = (meta["delimiters"] for meta in state.tokens_meta if meta)
    for delimiter in itertools.chain(state.delimiters, *nested):
        if delimiter.open and delimiter.end < 0:
            state.tokens[delimiter.token].meta["opens"] = True


_DEEPEST = 20
"""How deep brackets may nest and still be links; the parser reads a row of them once for each level."""


def _closed(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule for links or images, asked only where a bracket closes."""

    def asked(state: StateInline, silent: bool) -> bool:
        assert isinstance(state, _State)
        if "]" not in state.last:
            state.last["]"] = state.src.rfind("]")
        return state.pos < state.last["]"] and rule(state, silent)

    return asked


class SpeechInlines(ParserInline):
    """The inline rules."""

    def __init__(self) -> None:
        super().__init__()
        self.terminator_re = _STOPS
        self.ruler.at("emphasis", _placed(emphasis.tokenize))
        self.ruler.at("strikethrough", _placed(strikethrough.tokenize))
        self.ruler.at("link", _closed(link))
        self.ruler.at("image", _closed(image))
        self.ruler.before("escape", "math", _math)
        self.ruler.after("newline", "address", _bare_address)
        self.ruler.before("link", "footnote_mark", _footnote_mark)
        self.ruler.before("link", "alert", _alert)
        self.ruler.disable(["linkify"])
        self.ruler2.disable(["fragments_join"])

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """The fast lane where it can read all of `src`, else the rules."""
        simple = simple_inlines(src, defined=bool(env.get("references")))
        if simple is None:
            return self.by_rules(src, md, env, tokens)
        tokens += simple
        return tokens

    def by_rules(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """What the rules make of it."""
        state = _State(src, md, env, tokens)
        state.level = md.options["maxNesting"] - _DEEPEST
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        if "growing" in env:
            _mark_openers(state)
        return state.tokens
