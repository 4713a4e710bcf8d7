"""The fast lane of running text: what most of it is made of, read by one pattern.

Plain text, line endings, ``*emphasis*``, code, plain links and formulas are read here; where anything else stands the
parser's own rules read the whole. The tokens are those that the rules would give, one by one.
"""

from __future__ import annotations

import re

from markdown_it.token import Token

from ttsprep.markdown._flanking import character_before, flanking
from ttsprep.markdown._tokens import LeanToken
from ttsprep.markup import formula_end

__all__ = ["simple_inlines"]

_CODE, _LINK, _EMPHASIS, _RUN, _BREAK, _NOTE, _BRACKETS, _FORMULA = 1, 3, 5, 6, 7, 8, 9, 0
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


def simple_inlines(src: str, *, defined: bool = False) -> list[Token] | None:
    """The tokens of running text, or None where something in it is not simple.

    `defined` is whether there are link definitions: without any, brackets are text.
    """
    tokens: list[Token] = []
    openers: list[tuple[int, str]] = []  # runs that may open: the index of the first token, the markers
    closers: dict[str, int] = {}  # for `formula_end`
    done = at = 0
    addressed = "www." in src
    while found := _MARK.search(src, at):
        (start, at), kind = found.span(), found.lastindex
        if kind is None:
            at = formula_end(src, start, len(src), closers) if src[start] in "$\\" else 0
            if not at:
                if src[start] != "$":
                    return None
                at = start + 1
                continue
            kind = _FORMULA
        if kind == _BRACKETS:
            if defined:
                return None
            at = start + 1
            continue
        text = src[done:start]
        if text and not (addressed and "www." in text):
            if kind != _BREAK or (text := text.rstrip(" ")):
                tokens.append(LeanToken("text", "", 0, [done], text))
        elif text:
            return None
        if kind == _EMPHASIS and (openers or not _is_emphasis(src, start, at, 1 + len(found[4]))):
            at, kind = start + 1 + len(found[4]), _RUN
        if kind == _EMPHASIS:
            if addressed and "www." in found[5]:
                return None
            tokens += _strong(start, found[5]) if found[4] else _em(start, found[5])
        elif kind == _RUN:
            if not _emphasis(src, start, at, tokens, openers):
                return None
        elif kind == _BREAK:
            hard = start - done > 1 and src.startswith("  ", start - 2)
            tokens.append(LeanToken("hardbreak" if hard else "softbreak", "br", 0, [start]))
        elif kind == _CODE:
            tokens.append(LeanToken("code_inline", "code", 0, [start], _code(found[1]), "`"))
        elif kind == _FORMULA:
            tokens.append(LeanToken("math_inline", "math", 0, [start], src[start:at]))
        elif kind == _NOTE:
            tokens.append(LeanToken("footnote_mark", "", 0, [start], found[8], found[0]))
        elif not _link(tokens, start, found[2], found[3]):
            return None
        done = at
    if openers or (addressed and "www." in src[done:]):
        return None
    if done < len(src):
        tokens.append(LeanToken("text", "", 0, [done], src[done:]))
    return tokens


def _code(inner: str) -> str:
    """One blank on either side is taken off, but of nothing but blanks."""
    return inner[1:-1] if inner[0] == inner[-1] == " " and inner.strip(" ") else inner


def _link(tokens: list[Token], start: int, label: str, address: str) -> bool:
    """Add a link; false where its text is an address."""
    if "://" in label or "www." in label:
        return False
    opened = LeanToken("link_open", "a", 1, [start + 1])
    opened.attrs = {"href": address}
    end = start + 1 + len(label)
    tokens += opened, LeanToken("text", "", 0, [start + 1], label), LeanToken("link_close", "a", -1, [end])
    return True


def _is_emphasis(src: str, start: int, end: int, size: int) -> bool:
    """Whether the first run of stars of what has nothing but text between two of them opens, and the other closes."""
    after = src[end] if end < len(src) else " "
    opens, _ = flanking(character_before(src, start), src[start + size], True)
    return opens and flanking(character_before(src, end - size), after, True)[1]


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


def _emphasis(src: str, start: int, end: int, tokens: list[Token], openers: list[tuple[int, str]]) -> bool:
    """Add a run of one or two markers; false where its partner is not the run that opened last.

    So no question arises which of several runs is meant: runs nest, and partners are equally long.
    """
    run, first = src[start:end], len(tokens)
    opens, closes = flanking(character_before(src, start), src[end] if end < len(src) else " ", run[0] == "*")
    tokens += [LeanToken("text", "", 0, [place], run[0]) for place in range(start, end)]
    if closes and any(markers[0] == run[0] for _, markers in openers):
        opener, markers = openers.pop()
        if markers != run:
            return False
        _pair(tokens[opener : opener + len(run)], tokens[first:])
    elif opens:
        openers.append((first, run))
    return True


def _pair(opening: list[Token], closing: list[Token]) -> None:
    """What was text becomes emphasis; of two markers the inner one says so and the outer one is empty."""
    name = "strong" if len(opening) == 2 else "em"
    for token, kind, nesting in ((opening[-1], "open", 1), (closing[0], "close", -1)):
        token.type, token.tag, token.nesting = f"{name}_{kind}", name, nesting  # type: ignore[assignment] # a literal
        token.markup = opening[0].content * len(opening)
    for token in (*opening, *closing):
        token.content = ""
