"""The fast lane of running text: what most of it is made of, read by one pattern.

Plain text, line endings, ``*emphasis*``, code, plain links and formulas are read here; where anything else stands the
parser's own rules read the whole. The tokens are those that the rules would give, one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.token import Token

from ttsprep.markdown._flanking import character_before, flanking
from ttsprep.markdown._tokens import LeanToken
from ttsprep.markup import formula_end

__all__ = ["simple_inlines"]

_BREAK, _BRACKETS = 7, 9
_PLAIN = r"[^\n$&*:<\[\\_`~]"
# The first class stands bare so that `re` searches for it fast. A character that is no markup where it stands (a colon
# before a blank, a single tilde) matches nothing; what may be a formula, or is not read here, matches without a group.
_MARK = re.compile(
    rf"""
    [\n$&*:<\[\\_`~]
    (?: (?<=`) ([^`\n]++) ` (?!`)
      | (?<=\[) (?<!!\[) (?!\^) ([^]\[\n$&*<\\_`~]++) \]\( ([^\s()<>\\;\x00-\x1f\x7f]*+) \)
      | (?<=\*) (\*?+) ({_PLAIN}++ (?: :(?!//){_PLAIN}*+ )*+) \*\4 (?!\*)
      | ((?<=\*)\*?+(?!\*) | (?<=_)_?+(?!_))
      | (?<=\n) ([ \t]*+)
      | (?<=\[) (?<!!\[) \^ ([^]\[\s]{{1,100}}+) \]
      | (?<=\[) (?<!!\[) (?![\^!]) [^]\[\n$&*<\\_`~]*+ \] (?!\() ()
      | (?<=[*\[\\$_`]) | (?<=:)// | (?<=~)~ | (?<=<)(?=[A-Za-z/!?]|[^\s<>]*@) | (?<=&)(?=\#?\w{{1,31}};)
    )
    """,
    re.VERBOSE,
)


_MOST_OPEN = 10
"""How many runs of markers may be open at once: each that closes is compared with them."""


def simple_inlines(src: str, *, defined: bool = False) -> list[Token] | None:
    """The tokens of running text, or None where something in it is not simple.

    `defined` is whether there are link definitions: without any, brackets are text.
    """
    reading = _Reading(src)
    tokens, done, at, addressed = reading.tokens, 0, 0, "www." in src
    while found := _MARK.search(src, at):
        start, kind = found.start(), found.lastindex or 0
        at = reading.formula_end(start) if not kind else start + 1
        if not at or (kind == _BRACKETS and defined):
            return None
        if kind == _BRACKETS or (not kind and at == start + 1):
            continue
        text = src[done:start]
        if addressed and "www." in text:
            return None
        if kind == _BREAK:
            reading.breaks = text.endswith("  ")
            text = text.rstrip(" ")
        if text:
            tokens.append(LeanToken("text", "", 0, [done], text))
        done = at = _KINDS[kind](reading, found, start, at if not kind else found.end())
        if not at:
            return None
    if reading.openers or (addressed and "www." in src[done:]):
        return None
    if done < len(src):
        tokens.append(LeanToken("text", "", 0, [done], src[done:]))
    return tokens


class _Reading:
    """The tokens so far. Its methods add what was found from `start` to `end`, and say where it ends: 0 if they
    refuse it.
    """

    __slots__ = ("breaks", "closers", "openers", "src", "tokens")

    def __init__(self, src: str) -> None:
        self.src = src
        self.breaks = False  # whether the text before a line ending ends in two blanks
        self.tokens: list[Token] = []
        self.openers: list[tuple[int, str]] = []  # runs that may open: the index of the first token, the markers
        self.closers: dict[str, int] = {}  # for `formula_end`

    def formula_end(self, start: int) -> int:
        """Where a formula ends; behind the dollar that opens none, and 0 if it is something that is not read here."""
        opener = self.src[start]
        end = formula_end(self.src, start, len(self.src), self.closers) if opener in "$\\" else 0
        return end or (start + 1 if opener == "$" else 0)

    def formula(self, _found: re.Match[str], start: int, end: int) -> int:
        self.tokens.append(LeanToken("math_inline", "math", 0, [start], self.src[start:end]))
        return end

    def code(self, found: re.Match[str], start: int, end: int) -> int:
        """One blank on either side is taken off, but of nothing but blanks."""
        inner = found[1]
        if inner[0] == inner[-1] == " " and inner.strip(" "):
            inner = inner[1:-1]
        self.tokens.append(LeanToken("code_inline", "code", 0, [start], inner, "`"))
        return end

    def link(self, found: re.Match[str], start: int, end: int) -> int:
        """A link, but for one whose text is an address."""
        text, at = found[2], start + 1
        if "://" in text or "www." in text:
            return 0
        opened = LeanToken("link_open", "a", 1, [at])
        opened.attrs = {"href": found[3]}
        closed = LeanToken("link_close", "a", -1, [at + len(text)])
        self.tokens += opened, LeanToken("text", "", 0, [at], text), closed
        return end

    def emphasis(self, found: re.Match[str], start: int, end: int) -> int:
        """Two runs of stars with nothing but text between, or the first of them."""
        size, text = 1 + len(found[4]), found[5]
        if self.openers or not self._is_emphasis(start, end, size):
            return self.run(found, start, start + size)
        if "www." in text:
            return 0
        self.tokens += _strong(start, text) if size == 2 else _em(start, text)
        return end

    def _is_emphasis(self, start: int, end: int, size: int) -> bool:
        """Whether the first of two runs opens, and the other closes."""
        src = self.src
        after = src[end] if end < len(src) else " "
        opens, _ = flanking(character_before(src, start), src[start + size], True)
        return opens and flanking(character_before(src, end - size), after, True)[1]

    def run(self, _found: re.Match[str], start: int, end: int) -> int:
        """One or two markers, but for those whose partner is not the run that opened last.

        So no question arises which of several runs is meant: runs nest, and partners are equally long.
        """
        src, tokens, openers = self.src, self.tokens, self.openers
        run, first = src[start:end], len(tokens)
        opens, closes = flanking(character_before(src, start), src[end] if end < len(src) else " ", run[0] == "*")
        tokens += [LeanToken("text", "", 0, [place], run[0]) for place in range(start, end)]
        if closes and any(markers[0] == run[0] for _, markers in openers):
            opener, markers = openers.pop()
            if markers != run:
                return 0
            _pair(tokens[opener : opener + len(run)], tokens[first:])
        elif opens:
            openers.append((first, run))
        return end if len(openers) <= _MOST_OPEN else 0

    def line_end(self, _found: re.Match[str], start: int, end: int) -> int:
        self.tokens.append(LeanToken("hardbreak" if self.breaks else "softbreak", "br", 0, [start]))
        return end

    def note(self, found: re.Match[str], start: int, end: int) -> int:
        self.tokens.append(LeanToken("footnote_mark", "", 0, [start], found[8], found[0]))
        return end


# By the last group that matched.
_KINDS: dict[int, Callable[[_Reading, re.Match[str], int, int], int]] = {
    0: _Reading.formula,
    1: _Reading.code,
    3: _Reading.link,
    5: _Reading.emphasis,
    6: _Reading.run,
    _BREAK: _Reading.line_end,
    8: _Reading.note,
}


def _strong(start: int, text: str) -> tuple[Token, ...]:
    """Of two markers the inner one says that it is emphasis, and the outer one is empty."""
    end = start + 2 + len(text)
    return (
        LeanToken("text", "", 0, [start]),
        LeanToken("strong_open", "strong", 1, [start + 1], "", "**"),
        LeanToken("text", "", 0, [start + 2], text),
        LeanToken("strong_close", "strong", -1, [end], "", "**"),
        LeanToken("text", "", 0, [end + 1]),
    )


def _em(start: int, text: str) -> tuple[Token, ...]:
    return (
        LeanToken("em_open", "em", 1, [start], "", "*"),
        LeanToken("text", "", 0, [start + 1], text),
        LeanToken("em_close", "em", -1, [start + 1 + len(text)], "", "*"),
    )


def _pair(opening: list[Token], closing: list[Token]) -> None:
    """What was text becomes emphasis; of two markers the inner one says so and the outer one is empty."""
    name = "strong" if len(opening) == 2 else "em"
    for token, kind, nesting in ((opening[-1], "open", 1), (closing[0], "close", -1)):
        token.type, token.tag, token.nesting = f"{name}_{kind}", name, nesting  # type: ignore[assignment] # a literal
        token.markup = opening[0].content * len(opening)
    for token in (*opening, *closing):
        token.content = ""
