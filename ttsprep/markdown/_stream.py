"""Markdown that is still being written: what is certain is released, the rest is read again when it has grown."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any

from ttsprep.diagnostics import Diagnostic
from ttsprep.mapped import MappedText
from ttsprep.markdown._front_matter import front_matter_end
from ttsprep.markdown._open import NEXT_SENTENCE, begins_text
from ttsprep.markdown._options import MarkdownOptions
from ttsprep.source import BOM

if TYPE_CHECKING:
    from markdown_it.token import Token

    from ttsprep.latex import ReadsFormulas
    from ttsprep.markdown._places import Original

__all__ = ["MarkdownStream"]

_NOTHING = MappedText.verbatim("")


class MarkdownStream:
    """`strip` for a text that comes in chunks: the texts joined are what `strip` gives of the whole.

    The one exception: a link used before its definition is heard as it is written. Text is released as soon as no
    further text can change it: a block or list item when it is closed, of an open paragraph its sentences, each when
    the next has begun. The newline between two lines comes with the second.

    >>> stream = MarkdownStream()
    >>> [stream.feed(chunk).text for chunk in ("# Ti", "tle\\n\\nSome *text* ", "here. A", "nd more.\\n- a\\n- b")]
    ['', 'Title.', '', '\\nSome text here. And more.\\na.']
    >>> stream.close().text
    '\\nb.'
    """

    def __init__(self, options: MarkdownOptions | None = None, settings: ReadsFormulas | None = None) -> None:
        from ttsprep.markdown._reading import Reader  # markdown-it-py takes a while to import

        self._reader = Reader(options or MarkdownOptions(), settings)
        self._tail = ""
        self._at = 0  # where the tail begins in the source
        self._spoken = 0  # how many tokens of the tail are spoken for good
        self._within = 0  # up to where the content of the next token is spoken for good
        self._released = 0  # how much of what is heard behind them has been released
        self._marked: bool | None = None  # whether the text began with a byte order mark, which is dropped
        self._begun = False
        self._searched = 0  # up to where the tail was searched for a reason to look at it
        self._line = 0  # where the line begins that is being written
        self._line_begun = False  # whether that line has been seen to begin with text
        self._open = ""  # the kind of the last block, if it is open
        self._wait = 0  # how long the tail must be to be looked at again
        self._ends_line = False
        self._closed = False

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found so far."""
        return self._reader.diagnostics

    @property
    def ends_line(self) -> bool:
        """Whether what was released ends a line: whatever comes begins with a newline."""
        return self._ends_line

    def feed(self, chunk: str) -> MappedText:
        """What the chunk makes certain. Raises ValueError after `close`."""
        if self._closed:
            raise ValueError("the stream is closed")
        # With no second reference to it the tail grows in place.
        tail, self._tail = self._tail, ""
        tail += chunk
        self._tail = tail
        if not self._is_worth_a_look(chunk) or not self._begin(final=False):
            return _NOTHING
        return self._look()

    def close(self) -> MappedText:
        """What is left; the stream takes no more. Closing again gives nothing."""
        if self._closed:
            return _NOTHING
        self._closed = True
        self._begin(final=True)
        rest = self._reader.read(self._tail, self._at, self._spoken, self._within)[self._released :]
        self._reader.end()
        return rest

    def _begin(self, final: bool) -> bool:
        """Drop the byte order mark and the front matter; false while it is open whether there is any."""
        if self._begun:
            return True
        if self._marked is None and self._tail:
            self._marked = self._tail[0] == BOM
            self._drop(int(self._marked))
            self._at = 0
        front = front_matter_end(self._tail, final)
        if front is None:
            return False
        self._drop(front)
        self._begun = True
        return True

    def _drop(self, size: int) -> None:
        """So much of the tail is done with."""
        self._tail, self._at = self._tail[size:], self._at + size
        self._line, self._searched = max(self._line - size, 0), max(self._searched - size, 0)

    # --- when to look ---------------------------------------------------------------------------------------------

    def _is_worth_a_look(self, chunk: str) -> bool:
        """Whether something may have become certain, and a long tail has grown enough: else it is quadratic."""
        chance = "\r" in chunk or ("\n" in chunk and self._ends_lines())
        chance = self._begins_line() or chance
        chance = self._begins_sentence() or chance
        return chance and len(self._tail) >= self._wait

    def _begins_sentence(self) -> bool:
        """Whether a sentence has ended and the first word of another been written."""
        found = None
        while more := NEXT_SENTENCE.search(self._tail, self._searched):
            found, self._searched = more, more.start() + 1
        self._searched = max(self._searched, len(self._tail) - _LONGEST_END)
        return found is not None

    def _ends_lines(self) -> bool:
        """Whether one of the lines that ended is more than text that goes on: blank, a heading, a fence, …"""
        begun, self._line = self._line, self._tail.rfind("\n") + 1
        lines = self._tail[begun : self._line].splitlines()
        closes = self._closes(already=self._line_begun) or (len(lines) > 1 and self._open in _CLOSED_BY_TEXT)
        self._line_begun = False
        return closes or not all(map(begins_text, lines))

    def _begins_line(self) -> bool:
        """Whether the line that is being written has just begun with text."""
        if self._line_begun or not begins_text(self._tail[self._line : self._line + _LONGEST_BEGINNING]):
            return False
        self._line_begun = True
        return self._closes(already=False)

    def _closes(self, *, already: bool) -> bool:
        """Whether the text of a line may close what was open, if it has not `already`."""
        if not self._open:
            self._open = "paragraph_open"
            return False
        return not already and self._open in _CLOSED_BY_TEXT

    def _view(self) -> str:
        """The lines of the tail; the last one too where its first characters tell what it is."""
        tail = self._tail.removesuffix("\r")
        line = max(tail.rfind("\n"), tail.rfind("\r")) + 1
        return tail if begins_text(tail[line:]) else tail[:line]

    # --- what is certain ------------------------------------------------------------------------------------------

    def _look(self) -> MappedText:
        from ttsprep.markdown._certain import certain_tokens, last_leaf
        from ttsprep.markdown._places import Original

        original = Original(self._view(), self._at)
        env: dict[str, Any] = {"references": ChainMap({}, self._reader.references), "growing": True}
        tokens, lines = self._reader.blocks(original, env), original.text.count("\n")
        open_math = bool(env.get("open_math"))
        closed, leaf = certain_tokens(tokens, lines, open_math=open_math), last_leaf(tokens, len(tokens))
        self._open = tokens[leaf].type if leaf >= closed else ""
        certain = max(closed, self._spoken)
        fresh = tokens[self._spoken : certain]
        if fresh:
            self._reader.inlines(fresh, env, self._within)
            self._within = 0
        opened, resume = self._opened(tokens, leaf, lines, env) if self._open and not open_math else ([], 0)
        if opened:
            opened = [*tokens[certain:leaf], *opened]
        if resume:
            fresh, opened, certain, self._within = [*fresh, *opened], [], leaf + 1, resume
        heard = self._reader.speak(fresh, original) if fresh else _NOTHING
        speaker = self._reader.speaker.copy()
        more = speaker.speak(opened, original) if opened else _NOTHING
        self._spoken = certain
        self._settle(tokens, leaf, original, env)
        return self._release(heard, more, ends_line=speaker.is_between_lines)

    def _opened(self, tokens: list[Token], leaf: int, lines: int, env: dict[str, Any]) -> tuple[list[Token], int]:
        """What is certain of the last leaf while it is open, and from where on the rest of it can be read by itself."""
        from ttsprep.markdown._certain import certain_rows
        from ttsprep.markdown._open import certain_children, shorn

        if tokens[leaf].type == "table_open":
            rows = certain_rows(tokens[leaf:], lines)
            self._reader.inlines(rows, env)
            return rows, 0
        if tokens[leaf].type != "paragraph_open":
            return [], 0
        inline = tokens[leaf + 1]
        content, whole = shorn(inline.content)
        if whole and len(content) == len(inline.content) and self._tail[-1] in " \t":
            content += " "  # the parser cut it off, but it ends the last word
        if len(content) <= self._within:
            return [], 0
        defined = bool(env["references"].maps[0] or env.get("duplicate_refs")) and not self._within
        children = self._reader.inline(content, env, self._within)
        inline.children, resume = certain_children(content, children, definitions=defined, whole=whole)
        return tokens[leaf : leaf + 2] if inline.children else [], resume

    def _settle(self, tokens: list[Token], leaf: int, original: Original, env: dict[str, Any]) -> None:
        """Cut the tail behind what need not be looked at again."""
        from ttsprep.markdown._certain import settled_tokens

        settled, line, in_list = settled_tokens(tokens, self._spoken)
        begun = (tokens[leaf].map or [0])[0] if self._open else line
        known = [*env["references"].maps[0].values(), *env.get("duplicate_refs", ())]
        if not settled or any(found["map"][0] < line <= begun <= found["map"][1] for found in known):
            return  # the open paragraph may become the title of a definition
        at = 0
        for _ in range(line):
            at = original.text.find("\n", at) + 1
        self._reader.report_cuts(original, env, at)
        for label, found in env["references"].maps[0].items():
            if found["map"][1] <= line:
                self._reader.references[label] = found
        self._drop(original.at(at) - self._at)
        self._spoken -= settled - in_list  # the list will be opened again

    def _release(self, heard: MappedText, more: MappedText, *, ends_line: bool) -> MappedText:
        """What is new of what is heard: of the open leaf something may have been released before."""
        size = len(self._tail)
        long = _LONG_TABLE if self._open == "table_open" else _LONG
        self._wait = size + size // (_SHORT_GROWTH if size < long else _LONG_GROWTH) if size > _SMALL else 0
        now, before = len(heard) + len(more), self._released
        self._released = max(now, before) - len(heard)
        self._ends_line = ends_line and now >= before
        return (MappedText.concat((heard, more)) if heard else more)[before:]


_LONGEST_END = 32
"""A sentence end with the first word behind it that is longer than this may be noticed later."""

_LONGEST_BEGINNING = 64
"""A line that has not begun after so many characters is read when it ends."""

_CLOSED_BY_TEXT = frozenset(("code_block", "html_block", "list_item_open", "paragraph_open", "table_open"))
"""Blocks that a line of text may close or lead on to the next item; what closes a fence is no text."""

_SMALL, _LONG, _LONG_TABLE = 512, 4096, 1024
_SHORT_GROWTH, _LONG_GROWTH = 32, 8
"""A tail longer than `_SMALL` is read again only when it has grown by a 32nd, a long one by an eighth: a table sooner,
which is read as a whole.
"""
