"""The block parser's loop, written for speed: a line asks only the rules that its first character can begin.

What it gives is what markdown-it-py's own would.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common import utils
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from ttsprep.markdown._tokens import LeanToken

__all__ = ["MAX_NESTING", "BlockRule", "FastBlocks", "asked_at", "trim"]

MAX_NESTING = 100
"""How deep blocks may nest; what is deeper is left out with a diagnostic, for the parser recurses."""

BlockRule = Callable[[StateBlock, int, int, bool], bool]
trim: Callable[[str], str] = getattr(utils, "mdTrim", str.strip)  # before markdown-it-py 4.1 it was str.strip


class _State(StateBlock):
    """The state of the parser; finds the lines and makes the tokens faster."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        if not lines[-1].strip(" \t"):
            lines.pop()
        ends = [end - 1 for end in accumulate(len(line) + 1 for line in lines)]
        self.bMarks = [0, *(end + 1 for end in ends[:-1]), len(src)] if ends else [len(src)]
        self.eMarks = [*ends, len(src)]
        self.tShift, self.sCount, self.bsCount = ([0] * (len(lines) + 1) for _ in range(3))
        for index, line in enumerate(lines):
            if line and line[0] in " \t":
                blanks = line[: len(line) - len(line.lstrip(" \t"))]
                self.tShift[index], self.sCount[index] = len(blanks), len(blanks.expandtabs(4))
        self.lineMax = len(lines)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        if nesting < 0:
            self.level -= 1
        token = LeanToken(ttype, tag, nesting, None, "", "", self.level, True)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


# --- which rules a line asks ------------------------------------------------------------------------------------------


class _Asked:
    """A rule that is asked only of lines that begin with one of some characters."""

    def __init__(self, firsts: str, rule: BlockRule) -> None:
        self.firsts, self.rule = firsts, rule

    def __call__(self, state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        return at < state.eMarks[start] and state.src[at] in self.firsts and self.rule(state, start, end, silent)


def asked_at(firsts: str, rule: BlockRule) -> BlockRule:
    """The rule, asked only of lines that begin with one of these characters, or, without any, with one that no rule
    names: most lines ask most rules in vain.
    """
    return _Asked(firsts, rule)


class _Chain(NamedTuple):
    """The rules of one chain by the first character of a line."""

    special: dict[str, list[BlockRule]]
    plain: list[BlockRule]

    @classmethod
    def of(cls, rules: list[BlockRule]) -> _Chain:
        firsts = {first for rule in rules if isinstance(rule, _Asked) for first in rule.firsts}
        return cls({first: _rules_at(first, rules) for first in firsts}, _rules_at("", rules))


def _rules_at(first: str, rules: list[BlockRule]) -> list[BlockRule]:
    asked = (rule if isinstance(rule, _Asked) else _Asked(first, rule) for rule in rules)
    return [rule.rule for rule in asked if (first in rule.firsts if first else not rule.firsts)]


_BOLD = re.compile(r"\*\*[^*\s]")
"""What begins a paragraph in bold, no list and no thematic break."""


class FastBlocks(ParserBlock):
    """The loop over blocks; notes the lines that lie too deep to be read."""

    def __init__(self) -> None:
        super().__init__()
        self._chains: dict[str, _Chain] = {}

    def chain(self, name: str) -> _Chain:
        """The rules that may interrupt `name`; all rules for the empty name."""
        chain = self._chains.get(name)
        if chain is None:
            rules = self.ruler.getRules(name)
            if name:  # one that interrupts is enough: those that are likely to are asked first
                rules = sorted(rules, key=lambda rule: not isinstance(rule, _Asked))
            chain = self._chains[name] = _Chain.of(rules)
        return chain

    def is_interrupted(self, name: str, state: StateBlock, line: int, end: int) -> bool:
        """Whether a line begins something that interrupts a paragraph or a list."""
        special, plain = self.chain(name)
        at = state.bMarks[line] + state.tShift[line]
        for rule in special.get(state.src[at], plain) if at < state.eMarks[line] else plain:
            if rule(state, line, end, True):
                return True
        return False

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return outTokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        if state.level >= MAX_NESTING:
            self._leave_out(state, startLine, endLine)
        special, plain = self.chain("")
        starts, shifts, ends, indents = state.bMarks, state.tShift, state.eMarks, state.sCount
        line, after_blank = startLine, False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or indents[line] < state.blkIndent:
                break
            if state.level >= MAX_NESTING:
                state.line = endLine
                break
            at = starts[line] + shifts[line]
            first = state.src[at]
            rules = plain if first == "*" and _BOLD.match(state.src, at) else special.get(first, plain)
            for rule in rules:
                if rule(state, line, endLine, False):
                    break
            state.tight = not after_blank
            line = state.line
            if line - 1 < endLine and starts[line - 1] + shifts[line - 1] >= ends[line - 1]:
                after_blank = True
            if line < endLine and starts[line] + shifts[line] >= ends[line]:
                after_blank = True
                state.line = line = line + 1

    def _leave_out(self, state: StateBlock, start: int, end: int) -> None:
        last = max(start, min(end, state.lineMax) - 1)
        state.env.setdefault("too_deep", []).append((state.bMarks[start] + state.tShift[start], state.eMarks[last]))
