"""The scanner: from candidate to candidate, cut or not, or wait for more text.

There is one scanner, and a whole text is one chunk that is final. Nothing left of the sentence is ever read; to its
right each rule reads what is bounded (`_rules`). Where that touches the end of an unfinished text, the candidate is
held back.
"""

from __future__ import annotations

import re
from array import array
from functools import cache

from ttsprep.sentences import _signs as signs
from ttsprep.sentences._blank_behind import item_start
from ttsprep.sentences._mark import HOLD, NO, Mark
from ttsprep.sentences._options import Options
from ttsprep.sentences._plain import plainly
from ttsprep.sentences._rules import decide
from ttsprep.sentences._words import Words, words_for

__all__ = ["Scanner"]

TERMINATOR, NEWLINE, LENGTH = 0, 1, 2

_QUOTES = re.compile(f"[{signs.PLAIN_QUOTES}\n]")
_EAGER = "。！？｡"
_OPENERS, _CLOSERS = "“「『（《〈【(［", "”」』）》〉】)］"
_BRACKETS_WIDTH = 400
_ONLY_MARKS = re.compile(rf"[\s{signs.MARKS}{signs.CLOSERS}{signs.SIGNS}{signs.EITHER_WAY}]*+\Z")
_SPACED_QUOTE = re.compile(r"(?<=\S[ ])(?:''|``|['\"])(?=[ ](?![ ])|\Z)")
_QUOTE_OR_TAG = f"<'`{signs.PLAIN_QUOTES}"
_PART_OF_QUOTE = ("'", "`", '"', "''", "``")
_SPACED = re.compile(r"(?<!\S)(?:''|``|')(?!\S)")
_LIST_ITEM = re.compile(r"[^\S\r\n]*+(?:[-*+•◦▪‣⁃][ \t]|[(（]?(?:\d{1,3}|[a-zA-Z])[.)）][ \t]|\#{1,6}[ ]|[>|])")
_ITEM_WIDTH = 12
_THAI = re.compile(f"[{signs.THAI}]")
_THAI_ABBREVIATION = re.compile(rf"[{signs.THAI}]{{1,3}}+\.")
_CONTINUER_WIDTH = 9
_LONG_LINE = 60
_PAUSE_AFTER = 20
"""So many characters a stretch of Thai has at least, where a blank ends it."""

_MARKS = (signs.MARK, signs.MARKED_LINE)
_WHY = {
    0: "a mark, and the next sentence begins without any doubt",
    signs.LINE: "a line ends",
    signs.LINE_END: "a line ends, and the next one goes on or there was nothing in it",
    signs.OPAQUE: "a tag or a formula, or what may be one",
    signs.ENUMERATOR: "the marker of an item of a list",
    signs.PAUSE: "a blank between two Thai words",
    signs.MARK: "a mark at the end of the text",
    signs.MARKED_LINE: "a mark at the end of a line",
}

# What leaves a candidate at the end of the text just as undecided as it was.
_MORE_OF_THE_SAME = (
    re.compile(f"[{signs.MARKS}]*+"),
    re.compile(f"[{signs.CLOSERS}{signs.SIGNS}{signs.EITHER_WAY}]*+"),
    re.compile(r"[^\S\r\n]*+"),
)


@cache
def _tools(language: str | None, wrapped: bool) -> tuple[Words, re.Pattern[str]]:
    return words_for(language), signs.candidates(wrapped, language)


_NOTHING = array("q"), bytearray()


class Scanner:
    """Finds the cuts of a text that may still grow; positions count in the text handed to `scan`."""

    # Where the open sentence begins; where to look for the next candidate.
    start = at = 0
    # Up to where the open sentence was searched for something visible.
    _seen, _visible = 0, False
    # Up to where the plain quotes of the line were looked at.
    _quotes_at, _quote_open = 0, False
    # Brackets that sentences before left open, and for how many characters.
    _open = _open_for = 0
    # Up to here the open sentence has nothing but marks.
    _marks_to = 0
    # The last character that was forgotten.
    _before = " "
    # The length of the text when it ended with a candidate held back.
    _held_to = -1
    # The rule that decided last.
    _why = ""

    def __init__(self, options: Options, trace: list[tuple[int, int, str]] | None = None) -> None:
        self._options = options
        self._words, self._candidates = _tools(options.language, options.wrapped)
        self._trace = trace

    def scan(self, text: str, final: bool) -> tuple[array[int], bytearray]:
        """Every cut that is certain, and why it is one; with `final`, all but the end of the text."""
        if not final:
            if self._held_to >= 0 and self._still_held(text):
                return _NOTHING
            if self._candidates.search(text, self.at) is None:  # most tokens of a stream
                self.at = len(text)
                return _NOTHING
        cuts, reasons = array("q"), bytearray()
        add, because = cuts.append, reasons.append
        start, at_once, is_plain = self.start, self._options.eager, not self._options.eager and self._trace is None
        begin, length, words = self.at, len(text), self._words
        while begin >= 0:
            again, begin = begin, -1
            for candidate in self._candidates.finditer(text, again):
                kind = candidate.lastindex
                if is_plain:  # the most frequent of all, as short as can be
                    cut: int | None = None
                    if kind is None:
                        cut = candidate.end()
                    elif kind == signs.MARKED_LINE:
                        cut = candidate.end(kind)
                    elif kind == signs.MARK:
                        end, (behind, closed) = candidate.end(), candidate.span(kind)
                        if end == length:
                            cut = end if final else None
                        elif behind == closed:
                            cut = plainly(text, start, candidate.start(), behind, end, words)
                            if cut == NO:
                                continue
                    elif kind == signs.LINE and candidate.start() > start:
                        start = candidate.start() + 1
                        add(start)
                        because(NEWLINE)
                        continue
                    elif kind == signs.OPAQUE and final:
                        continue
                    if cut is not None:
                        start = cut
                        add(cut)
                        because(TERMINATOR)
                        continue
                at = candidate.start()
                self.start = start
                if is_plain and kind == signs.MARK:
                    cut = self._mark(text, candidate, final)
                    reason = TERMINATOR if cut > at else NEWLINE
                else:
                    cut, reason = self._decide(text, candidate, kind or 0, final)
                if cut == HOLD:
                    self.at = at if kind != signs.PAUSE else candidate.start(signs.PAUSE) - 1
                    self._held_to = len(text) if candidate.end() == len(text) and kind == signs.MARK else -1
                    return cuts, reasons
                if cut != NO:
                    add(cut)
                    because(reason)
                    if at_once:
                        self._carry(text, start, cut)
                    start = cut
                    if cut > candidate.end() or at_once:
                        begin = cut
                        break
                elif at_once and kind in _MARKS:
                    begin = at + 1
                    break
        self.start = start
        self.at = len(text)
        return cuts, reasons

    @property
    def settled(self) -> int:
        """No cut to come lies before: the marker of a list item, which a cut may precede, is short."""
        return max(self.start, self.at - _ITEM_WIDTH)

    def _still_held(self, text: str) -> bool:
        """Whether only more of the same came: a row of 200,000 dots is not read anew for each of them."""
        at, self._held_to = self._held_to, -1
        if (
            at < 1
            or text[-1].isalpha()
            or not any(more.fullmatch(text, at) for more in _MORE_OF_THE_SAME if more.fullmatch(text, at - 1, at))
        ):
            return False
        self._held_to = len(text)
        return True

    def forget(self, text: str, before: int) -> None:
        """`text` loses what stands before the last cut, `before`."""
        if self._quotes_at < before:
            self._quoted(text, before)
        self._before = text[before - 1]
        self.start -= before
        if self._held_to >= 0:
            self._held_to -= before
        self.at = max(self.at - before, 0)
        self._seen -= before
        self._marks_to -= before
        self._quotes_at -= before

    def _decide(self, text: str, candidate: re.Match[str], kind: int, final: bool) -> tuple[int, int]:
        """The cut, `NO` or `HOLD`, and the reason; noted where somebody wants to know why."""
        if self._trace is None:
            return self._decided(text, candidate, kind, final)
        self._why = ""
        cut, reason = self._decided(text, candidate, kind, final)
        if candidate[0] not in "<$\\":
            self._trace.append((candidate.start(), cut, self._why or _WHY[kind]))
        return cut, reason

    def _decided(self, text: str, candidate: re.Match[str], kind: int, final: bool) -> tuple[int, int]:
        at = candidate.start()
        if self._options.eager and kind in (0, *_MARKS) and (cut := self._at_once(text, at)):
            return cut, TERMINATOR
        if kind == signs.MARK:
            cut = self._mark(text, candidate, final)
            return cut, TERMINATOR if cut > at else NEWLINE
        if not kind or kind == signs.MARKED_LINE:
            return candidate.end(kind), TERMINATOR
        if kind == signs.LINE and at > self.start:
            return at + 1, NEWLINE
        if kind in (signs.LINE, signs.LINE_END):
            return self._line_end(text, at, final), NEWLINE
        if kind == signs.PAUSE:
            return self._pause(text, candidate, final), LENGTH
        if kind == signs.OPAQUE:
            return self._opaque(text, candidate, final), NEWLINE
        if candidate.end() == len(text) and not final:
            return HOLD, NEWLINE
        start = item_start(text, self.start, candidate.end())
        return start if start > self.start else NO, NEWLINE

    def _opaque(self, text: str, candidate: re.Match[str], final: bool) -> int:
        """Tags and formulas are no places for an end; wait while it is not known whether this is one."""
        if final or (candidate.end() < len(text) and candidate[signs.OPAQUE]):
            return NO
        return HOLD if signs.UNFINISHED.fullmatch(text, candidate.start()) else NO

    def _pause(self, text: str, candidate: re.Match[str], final: bool) -> int:
        """Thai has no marks: between two Thai words a blank ends what is long enough, if the next word goes on."""
        end = candidate.end()
        if end == len(text):
            return NO if final else HOLD
        if candidate.start(signs.PAUSE) == end or not _THAI.match(text, end):
            return NO
        if len(text[self.start : end].strip()) < _PAUSE_AFTER:
            return NO
        if not final and len(text) < end + _CONTINUER_WIDTH:
            return HOLD
        goes_on = text.startswith(tuple(self._words.continuers), end) or _THAI_ABBREVIATION.match(text, end)
        return NO if goes_on else end

    # --- ends of lines

    def _line_end(self, text: str, at: int, final: bool) -> int:
        end = _after_line_end(text, at, final)
        if end == HOLD:
            return end
        if self._seen <= self.start:
            self._seen, self._visible = self.start, False
        self._visible = self._visible or bool(text[self._seen : at].strip())
        if self._visible:
            goes_on = self._goes_on(text, at, end, final)
            if goes_on == HOLD:
                return HOLD
            if goes_on == NO:
                return NO
        self._seen = end
        return end if self._visible else NO

    def _goes_on(self, text: str, at: int, end: int, final: bool) -> int:
        """`NO` where the line goes on in the next: all do where text is wrapped, else those that end in a blank."""
        if self._options.wrapped:
            return self._wrapped_on(text, end, final)
        if text[at - 1] != " " or text[at - 2 : at - 1].isspace() or at - 1 <= self.start:
            return end
        if end == len(text):
            return end if final else HOLD
        long = at - max(self.start, text.rfind("\n", self.start, at) + 1) >= _LONG_LINE
        return NO if text[end].islower() or (long and text[end].isalnum()) else end

    def _wrapped_on(self, text: str, end: int, final: bool) -> int:
        """`NO` where the next line neither is blank nor begins a list item."""
        if not final and not text[end : end + _ITEM_WIDTH].strip() and "\n" not in text[end:]:
            return HOLD
        if not final and len(text) < end + _ITEM_WIDTH:
            return HOLD
        ends = signs.BLANK_LINE.match(text, end) or _LIST_ITEM.match(text, end, end + _ITEM_WIDTH)
        return end if ends else NO

    # --- marks

    def _mark(self, text: str, candidate: re.Match[str], final: bool) -> int:
        closed, end = candidate[signs.MARK], candidate.end()
        if end == len(text):
            return end if final else HOLD
        if text[end] in "\r\n":
            end = _after_line_end(text, end, final)
            if end == HOLD or not self._options.wrapped:
                return end
            goes_on = self._wrapped_on(text, end, final)
            if goes_on != NO:
                return goes_on
            while text[end].isspace():
                end += 1
        return self._ruled(text, candidate, closed, end, final)

    def _ruled(self, text: str, candidate: re.Match[str], closed: str, end: int, final: bool) -> int:
        start, behind = candidate.start(), candidate.end(signs.MARK)
        quoted, apart = False, end > behind
        if text[end] not in _QUOTE_OR_TAG:
            return self._by_rules(text, candidate, closed, end, apart, final, quoted)
        if text[end] == "<" and not (apart or final) and signs.UNFINISHED.fullmatch(text, end):
            return HOLD
        if text[end] in signs.PLAIN_QUOTES and not apart and '"' not in closed and self._quoted(text, start):
            closed, end, quoted = closed + text[end], end + 1, True
        elif apart and not final and len(text) < end + 3 and text[end:] in _PART_OF_QUOTE:
            return HOLD
        elif apart and text[end] in "'`\"" and (spaced := _SPACED_QUOTE.match(text, end)):
            if spaced.end() == len(text) and not final:
                return HOLD
            if self._quoted(text, start) if text[end] == '"' else _closes(text, self.start, start):
                closed, end = closed + spaced[0], spaced.end()
                while end < len(text) and text[end] in " \t":
                    end += 1
        if end == len(text):
            return end if final else HOLD
        return self._by_rules(text, candidate, closed, end, apart, final, quoted)

    def _by_rules(
        self, text: str, candidate: re.Match[str], closed: str, end: int, apart: bool, final: bool, quoted: bool
    ) -> int:
        """What the rules say of the mark, with `end` where the visible text behind it begins."""
        start, options = candidate.start(), self._options
        mark = Mark(
            text, self.start, start, text[start : candidate.start(signs.MARK)], closed, end, text[end], apart, final,
            quoted, options.glued, self._words, options.language,
        )  # fmt: skip
        cut, rule = decide(mark)
        if self._trace is not None:
            self._why = rule.__doc__ or ""
        return cut

    def _quoted(self, text: str, upto: int) -> bool:
        """Whether a plain quotation is open before `upto`: the last quote with a blank on one side only tells, and
        every one since then turns it round.
        """
        for found in _QUOTES.finditer(text, self._quotes_at, upto):
            at = found.start()
            before, after = (text[at - 1] if at else self._before).isspace(), text[at + 1 : at + 2].isspace()
            if text[at] == "\n":
                self._quote_open = False
            elif before != after:
                self._quote_open = before
            else:
                self._quote_open = not self._quote_open
        self._quotes_at = upto
        return self._quote_open

    def _at_once(self, text: str, at: int) -> int:
        """The cut right behind an eager mark; `NO` in a row of marks; 0 where others decide."""
        known = max(self.start, self._marks_to)
        if _ONLY_MARKS.fullmatch(text, known, at):
            self._marks_to = at
            return NO
        return at + 1 if text[at] in _EAGER and self._nothing_open(text, at) else 0

    def _nothing_open(self, text: str, at: int) -> bool:
        """Whether every bracket and quotation is closed before `at`."""
        begin = max(self.start, at - _BRACKETS_WIDTH)
        plain = all(text.count(quote, begin, at) % 2 == 0 for quote in signs.PLAIN_QUOTES)
        return plain and self._open + _opened(text, begin, at) <= 0

    def _carry(self, text: str, start: int, cut: int) -> None:
        """What a sentence left open is open in the next one on the line, but not for ever."""
        self._open = max(0, self._open + _opened(text, max(start, cut - _BRACKETS_WIDTH), cut))
        self._open_for = self._open_for + cut - start if self._open else 0
        if text[cut - 1] in "\r\n" or self._open_for > _BRACKETS_WIDTH:
            self._open = self._open_for = 0


def _opened(text: str, begin: int, end: int) -> int:
    """How many brackets and directed quotes more were opened than closed."""
    opened = sum(text.count(sign, begin, end) for sign in _OPENERS)
    return opened - sum(text.count(sign, begin, end) for sign in _CLOSERS)


def _closes(text: str, begin: int, end: int) -> bool:
    """Whether a quote with a blank on both sides closes: it opens where as many as before make pairs."""
    before = len(_SPACED.findall(text, begin, end))
    return before % 2 == 1 or not before


def _after_line_end(text: str, at: int, final: bool) -> int:
    """Behind the line ending at `at`: LF, CR LF or CR."""
    if text[at] == "\r":
        if at + 1 == len(text) and not final:
            return HOLD
        return at + 2 if text[at + 1 : at + 2] == "\n" else at + 1
    return at + 1
