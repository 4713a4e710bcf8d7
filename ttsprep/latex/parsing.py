"""LaTeX mathematics → `Row` of nodes. Any text is read: what is wrong becomes a diagnostic, and reading goes on.

Recursive descent with a limit of depth, behind which braces are transparent; each token is looked at a bounded number
of times.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from ttsprep.diagnostics import Diagnostic, Rule, Span
from ttsprep.latex.commands import reader_of
from ttsprep.latex.lexicon import kinds, sign, silent
from ttsprep.latex.nodes import Fraction, Letter, Node, Number, Row, Scripts, Symbol, Word
from ttsprep.latex.tokens import Token, inside, quoted, tokens
from ttsprep.rules import formula_command_unknown, formula_malformed, formula_too_deep

__all__ = ["Parser"]

_DEPTH = 32
_MOST = 100
_END = Token("end", "", 0, 0)
_PRIMES = {"'": 1, "′": 1, "’": 1, "″": 2, "‴": 3}


class Parser:
    """One formula. `row()` gives its parts; `diagnostics` are what was found."""

    def __init__(self, source: str) -> None:
        self.source = source
        start, end = inside(source)
        self.tokens = tokens(source, start, end)
        self.stop = end
        self.at = 0
        self.depth = 0
        self.cut = (-1, 0)  # the token whose first digit was an argument, and where that digit ended
        self.lefts: list[Token] = []
        self.diagnostics: list[Diagnostic] = []

    # --- tokens

    def peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else _END

    def take(self) -> Token:
        token = self.peek()
        self.at += token is not _END
        return token

    def here(self) -> int:
        """Where the next token begins."""
        return self.tokens[self.at].start if self.at < len(self.tokens) else self.stop

    def last(self) -> int:
        """Where the last taken token ended."""
        if self.cut[0] == self.at:
            return self.cut[1]
        return self.tokens[self.at - 1].end if self.at else self.here()

    def report(self, rule: Rule, start: int, end: int, message: str) -> None:
        """Add a diagnostic; after `_MOST` of them only that there are more."""
        if len(self.diagnostics) == _MOST:
            message = "more faults follow, which are not listed"
        if len(self.diagnostics) <= _MOST:
            self.diagnostics.append(rule.at(Span(start, end), message))

    def malformed(self, start: int, end: int, message: str) -> None:
        self.report(formula_malformed.RULE, start, end, message)

    # --- rows

    def whole(self) -> Row:
        """The formula."""
        items: list[Node] = []
        start = self.here()
        while True:
            items += self.row(frozenset()).items
            token = self.take()
            if token is _END:
                break
            self.malformed(token.start, token.end, f"{quoted(token.text)} closes nothing")
        for left in self.lefts:
            self.malformed(left.start, left.end, "\\left has no \\right")
        return Row(start, self.last(), items)

    def row(self, ends: frozenset[str]) -> Row:
        """Parts up to one of `ends` or an unexpected closer, which is left."""
        start = self.here()
        items: list[Node] = []
        above: tuple[Token, list[Node]] | None = None
        while (token := self.peek()) is not _END and token.text not in ends:
            if token.text == "}" or token.text == "\\end":
                break
            if token.text in kinds("infix") and above is None:
                above, items = (self.take(), items), []
                continue
            item = self.item()
            if item is not None:
                items.append(item)
        if above is not None:
            items = [self._infix(start, *above, items)]
        return Row(start, max(start, self.last()), items)

    def _infix(self, start: int, command: Token, above: list[Node], below: list[Node]) -> Fraction:
        upper, lower = Row(start, command.start, above), Row(command.end, self.last(), below)
        return Fraction(start, max(start, self.last()), upper, lower, command.text == "\\choose")

    def item(self) -> Node | None:
        """One part with its scripts."""
        start = self.here()
        base = None if self.peek().text in _SCRIPT_STARTS else self.atom()
        while self.peek().text in ("\\limits", "\\nolimits"):
            self.take()
        if self.peek().text not in _SCRIPT_STARTS:
            return base
        return self.scripts(start, base)

    def scripts(self, start: int, base: Node | None) -> Node:
        below: Row | None = None
        above: Row | None = None
        primes = 0
        while (mark := self.peek()).text in _SCRIPT_STARTS:
            self.take()
            if mark.text in _PRIMES:
                primes += _PRIMES[mark.text]
            elif mark.text == "^":
                above = self._script(mark, above)
            else:
                below = self._script(mark, below)
        return Scripts(start, self.last(), base, below, above, primes)

    def _script(self, mark: Token, before: Row | None) -> Row:
        script = self.argument(mark)
        if before is None:
            return script
        self.malformed(mark.start, mark.end, f"a second {quoted(mark.text)} on one base")
        before.items.extend(script.items)
        before.end = script.end
        return before

    # --- arguments

    def argument(self, command: Token) -> Row:
        """A group, or the next token alone; an empty row and a diagnostic where there is none."""
        token = self.peek()
        if token is _END or token.text in ("}", "^", "_", "&", "\\\\", "\\end", "\\right"):
            self.malformed(command.start, command.end, f"{quoted(command.text)} has no argument")
            return Row(command.end, command.end, [])
        if token.text == "{":
            return self.group()
        if token.kind == "number" and len(token.text) > 1:
            first, rest = token.start + 1, token.text[1:]
            self.tokens[self.at] = Token("number", rest, first, token.end)
            self.cut = (self.at, first)
            return Row(token.start, first, [Number(token.start, first, token.text[0])])
        item = self.nested(self.atom)
        return Row(token.start, self.last(), [] if item is None else [item])

    def group(self) -> Row:
        """``{…}``."""
        opening = self.take()
        if self.depth >= _DEPTH:
            return self.flat(opening)
        self.depth += 1
        found = self.row(frozenset("}"))
        self.depth -= 1
        if self.peek().text == "}":
            self.take()
        else:
            self.malformed(opening.start, opening.end, "'{' is not closed")
        return Row(opening.start, self.last(), found.items)

    def nested(self, read: Callable[[], Node | None]) -> Node | None:
        if self.depth >= _DEPTH:
            return self.leaf(self.take())
        self.depth += 1
        item = read()
        self.depth -= 1
        return item

    def flat(self, opening: Token) -> Row:
        """A group below the limit of depth: its leaves in a row."""
        message = f"nested deeper than {_DEPTH} levels: what follows is read in a row"
        self.report(formula_too_deep.RULE, opening.start, opening.end, message)
        items: list[Node] = []
        level = 1
        while level and (token := self.take()) is not _END:
            level += (token.text == "{") - (token.text == "}")
            if token.text not in ("{", "}", "&", "\\\\", "^", "_"):
                leaf = self.leaf(token)
                items += [] if leaf is None else [leaf]
        return Row(opening.start, self.last(), items)

    # --- parts

    def atom(self) -> Node | None:
        """One part without scripts; None for what is silent."""
        token = self.peek()
        if token.text == "{":
            return self.group()
        self.take()
        if token.kind == "command":
            return self.command(token)
        if token.text == "&":
            self.malformed(token.start, token.end, "'&' outside of a table")
            return None
        return self.leaf(token)

    def leaf(self, token: Token) -> Node | None:
        """A token by itself."""
        if token.kind == "number":
            return Number(token.start, token.end, token.text)
        if token.kind == "letter":
            return Letter(token.start, token.end, token.text)
        if token.text in silent() or token is _END or token.text[1:].isspace():
            return None
        if token.text in ("%", "\\%"):
            return Symbol(token.start, token.end, "\\%", "percent")
        known = sign(token.text)
        if known:
            return Symbol(token.start, token.end, known.key, known.kind)
        name = token.text.lstrip("\\")
        if unicodedata.category(token.text[-1])[0] == "S" and token.text not in ("^", "$"):
            message = f"{quoted(token.text)} is not known: it is left as it stands"
            self.report(formula_command_unknown.RULE, token.start, token.end, message)
        return Word(token.start, token.end, name) if name.strip("{}$^_&") else None

    def command(self, token: Token) -> Node | None:
        """A command with its arguments."""
        return reader_of(token.text)(self, token)

    def optional(self) -> Row | None:
        """``[…]``."""
        if self.peek().text != "[" or self.depth >= _DEPTH:
            return None
        opening = self.take()
        self.depth += 1
        found = self.row(frozenset("]"))
        self.depth -= 1
        if self.peek().text == "]":
            self.take()
        else:
            self.malformed(opening.start, opening.end, "'[' is not closed")
        return found

    def raw(self, token: Token) -> tuple[int, int]:
        """Where the inside of a group begins and ends; nothing in it is looked at."""
        if self.peek().text != "{":
            self.malformed(token.start, token.end, f"{quoted(token.text)} has no argument")
            return token.end, token.end
        opening = self.take()
        level = 1
        while level and (found := self.take()) is not _END:
            level += (found.text == "{") - (found.text == "}")
        if level:
            self.malformed(opening.start, opening.end, "'{' is not closed")
            return opening.end, max(opening.end, self.last())
        return opening.end, self.last() - 1

    @property
    def full(self) -> bool:
        """Whether nothing may nest deeper."""
        return self.depth >= _DEPTH


_SCRIPT_STARTS = frozenset(("^", "_", *_PRIMES))
