"""The scanner: from candidate to candidate, cut or not, or wait for more text.

What a decision reads to the right of its candidate is bounded: the next visible character, a word of at most
`_WORD_WIDTH`, or `_QUOTED_ON_WIDTH` or (inside 《) `_TITLE_WIDTH` characters. Where that touches the end of an
unfinished text, the candidate is held back. Nothing left of the last cut is ever read, except the parity of plain
quotes on the line.
"""

from __future__ import annotations

import re

from ttsprep.counting import HAN
from ttsprep.sentences._words import Words, words_for

__all__ = ["NEWLINE", "TERMINATOR", "Scanner"]

TERMINATOR, NEWLINE = 0, 1

_FULL = "。！？｡‼⁇⁈⁉।॥؟۔"  # end a sentence whatever follows
_FULL_MARKS = frozenset(_FULL)
_DOTS = "…‥⋯"
_MARKS = _FULL + _DOTS + ".!?．"
_CLOSERS = r")\]}）］】〕〗〙〛｝」』”’›»》〉＞"
_PLAIN_QUOTES = '"＂'
# Signs that nobody speaks: they stay with the mark they stand right behind.
_SIGNS = "\u2600-\u2775\u2794-\u27bf\u2b05-\u2b55\u200d\u20e3\ufe0f\U0001f000-\U0001faff"
_EITHER_WAY = "\"'＂＇“‘«‹"  # close in one language, open in another
_CJK = re.compile(f"[{HAN}\u3040-\u30ff\uac00-\ud7af「『“‘《〈【（［〔]")

# The first class stands bare so that `re` searches for it fast; the look-behind keeps a candidate from beginning
# inside a run, without which a row of 200,000 dots would be read from each dot anew.
_CANDIDATE = re.compile(
    rf"""
    [\n\r{_MARKS}] (?<! [{_MARKS}][{_MARKS}] )
    (?: (?<= 。 ) (?= [{HAN}] )   # the most frequent end of all, which needs no look: no group takes part
      | (?<= [\n\r] ) ()
      | [{_MARKS}]*+
        ( (?: [{_CLOSERS}{_SIGNS}]
            | \[[0-9]{{0,3}} (?: \] | \Z )   # a reference: [1]
            | [{_EITHER_WAY}] (?= [\s{_CLOSERS}{_EITHER_WAY},;:，、；：{_MARKS}] | \Z )
            | [\u00a0\u202f\x20] [»›] (?= [\s,;:.] | \Z )
          )*+ )
        [^\S\r\n]*+
    )
    """,
    re.VERBOSE,
)
_LINE_END, _CLOSED = 1, 2

_NO_END_BEFORE = frozenset(",;:，、；：" + _MARKS)
_TITLE_CLOSERS = frozenset("》〉")
_ASIDE_CLOSERS = frozenset(")）")
# The sentence around a quotation goes on: 「はい。」と言った, “救命！”的声音, "안녕."이라고
_QUOTED_ON = re.compile(
    "と(?!ころ|ても|にかく|もか)|っ[てと]|を|の(?!ち)|的(?![确士])|이?라(?:고|는|며|면서)|하고(?![가-힣])"
)
_QUOTED_ON_FIRST = "とっの的이라하"
_QUOTED_ON_WIDTH = 4
_TITLE_WIDTH = 24
_WORD_WIDTH = 32
_LETTER = "0-9A-Za-z\u00c0-\u052f\u0e00-\u0e4e\u1e00-\u1fff"
_LAST_WORD = re.compile(rf"[{_LETTER}№](?:[{_LETTER}’'-]|\.(?=[{_LETTER}]))*+\Z")
_NEXT_WORD = re.compile(r"[^\W\d_]++")
_DATE_PART = re.compile(r"[0-9]{1,2}(?:\.|\Z)")  # 2024. 5. 1.
_LIST_MARKER = re.compile(r"\s*+(?:[•◦▪‣⁃*-][ \t]*+)?[(（]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\Z")

# What leaves a candidate at the end of the text just as undecided as it was.
_MORE_OF_THE_SAME = (
    re.compile(f"[{_MARKS}]*+"),
    re.compile(f"[{_CLOSERS}{_SIGNS}{_EITHER_WAY}]*+"),
    re.compile(r"[^\S\r\n]*+"),
)

_NO, _HOLD = -1, -2


class Scanner:
    """Finds the cuts of a text that may still grow; positions count in the text handed to `scan`."""

    def __init__(self, language: str | None) -> None:
        self._language = language
        self._start = 0  # of the open segment
        self._at = 0  # where to look for the next candidate
        self._seen = 0  # up to where the open segment was searched for something visible
        self._visible = False
        self._quotes_at = 0  # up to where the plain quotes of the line were counted
        self._quote_open = False
        self._held_to = -1  # the length of the text when it ended with a candidate held back

    def scan(self, text: str, final: bool) -> list[tuple[int, int]]:
        """Every (cut, reason) that is certain; with `final`, all but the end of the text."""
        found: list[tuple[int, int]] = []
        if not final and self._still_held(text):
            return found
        for candidate in _CANDIDATE.finditer(text, self._at):
            if candidate.start() < self._start:
                continue
            kind, reason = candidate.lastindex, TERMINATOR
            if kind is None:
                cut = candidate.end()
            elif kind == _LINE_END:
                cut, reason = self._line_end(text, candidate, final), NEWLINE
            else:
                cut = self._decide(text, candidate, final)
            if cut == _HOLD:
                self._at = candidate.start()
                self._held_to = len(text) if candidate.end() == len(text) else -1
                return found
            if cut != _NO:
                found.append((cut, reason))
                self._start = self._seen = cut
                self._visible = False
            self._at = candidate.end()
        self._at = len(text)
        return found

    def _still_held(self, text: str) -> bool:
        """Whether only more of the same came: a row of 200,000 dots is not read anew for each of them."""
        at, self._held_to = self._held_to, -1
        if at < 1 or not any(
            more.fullmatch(text, at) for more in _MORE_OF_THE_SAME if more.fullmatch(text, at - 1, at)
        ):
            return False
        self._held_to = len(text)
        return True

    def forget(self, text: str, before: int) -> None:
        """`text` loses what stands before the last cut, `before`."""
        if self._quotes_at < before:
            self._quoted(text, before)
        self._start -= before
        if self._held_to >= 0:
            self._held_to -= before
        self._at -= before
        self._seen -= before
        self._quotes_at -= before

    def _line_end(self, text: str, candidate: re.Match[str], final: bool) -> int:
        end = _after_line_end(text, candidate.start(), final)
        if end == _HOLD:
            return end
        self._quotes_at, self._quote_open = end, False
        self._visible = self._visible or bool(text[self._seen : candidate.start()].strip())
        self._seen = end
        return end if self._visible else _NO

    def _decide(self, text: str, candidate: re.Match[str], final: bool) -> int:
        start, closed, end = candidate.start(), candidate[_CLOSED], candidate.end()
        if end == len(text):
            return end if final else _HOLD
        following = text[end]
        if following in "\r\n":
            end = _after_line_end(text, end, final)
            if end != _HOLD:
                self._quotes_at, self._quote_open = end, False
            return end
        if following in _PLAIN_QUOTES and end == candidate.end(_CLOSED) and self._quoted(text, start):
            closed, end = closed + following, end + 1
            following = text[end]
        if following in _NO_END_BEFORE:
            return _NO
        if text[start] != "." and (inside := self._in_title(text, start, end, final)):
            return inside
        run = text[start : candidate.start(_CLOSED)]
        apart = end > candidate.end(_CLOSED) + (len(closed) > len(candidate[_CLOSED]))
        if not _FULL_MARKS.isdisjoint(run):
            return _after_full(text, run, closed, end, apart, final)
        if following.islower():
            return _NO
        if apart:
            if run in ".．" and not closed:
                return self._after_dot(text, start, end, final)
            if run == "." and closed == ")" and self._is_list_marker(text, start):
                return _NO
            return _after_quotation(text, end, final) if closed else end
        if _CJK.match(following):
            return self._glued(text, start, run, closed, end, final)
        return end if closed and following.isupper() and len(closed) > len(candidate[_CLOSED]) else _NO

    def _quoted(self, text: str, upto: int) -> bool:
        """Whether a plain quote stands open before `upto`."""
        quotes = sum(text.count(quote, self._quotes_at, upto) for quote in _PLAIN_QUOTES)
        self._quotes_at, self._quote_open = upto, self._quote_open ^ (quotes % 2 == 1)
        return self._quote_open

    def _in_title(self, text: str, start: int, end: int, final: bool) -> int:
        """No cut inside 《…》, as in 《摔跤吧！爸爸》; 0 where the mark at `start` stands in none."""
        opened = text.rfind("《", max(self._start, start - _TITLE_WIDTH), start)
        if opened < 0 or text.find("》", opened, end) >= 0:
            return 0
        if text.find("》", end, end + _TITLE_WIDTH) >= 0:
            return _NO
        return 0 if final or len(text) >= end + _TITLE_WIDTH else _HOLD

    def _glued(self, text: str, start: int, run: str, closed: str, end: int, final: bool) -> int:
        """A Western mark with a Chinese, Japanese or Korean character right behind it."""
        if run[0] in _DOTS and start > self._start and text[start - 1] == text[end]:
            return _NO  # 我……我不知道
        if closed:
            return _after_quotation(text, end, final)
        if run not in ".．":
            return end
        word = self._last_word(text, start)
        if word.isdigit():
            return end if len(word) > 2 else _NO  # 1.苹果 2.香蕉
        return _NO if _is_initials(word) or self._is_title(word) else end  # J.K.罗琳, Dr.王

    def _last_word(self, text: str, end: int) -> str:
        found = _LAST_WORD.search(text[max(self._start, end - _WORD_WIDTH) : end])
        return found[0] if found else ""

    def _is_title(self, word: str) -> bool:
        never = words_for(self._language).never
        return word in never or word[:1].lower() + word[1:] in never

    def _is_list_marker(self, text: str, dot: int) -> bool:
        return dot - self._start <= _WORD_WIDTH and _LIST_MARKER.match(text[self._start : dot]) is not None

    def _after_dot(self, text: str, dot: int, end: int, final: bool) -> int:
        """A single dot with a blank behind it, and what follows is not in lower case."""
        word = self._last_word(text, dot)
        if not word:
            return end
        if self._is_list_marker(text, dot):
            return _NO
        words = words_for(self._language)
        if self._is_title(word):
            return _NO
        if word in words.number and text[end].isdigit():
            return _NO
        part = _DATE_PART.match(text, end) if word.isdigit() else None
        if part and (part[0].endswith(".") or not final):
            return _NO if part[0].endswith(".") else _HOLD
        if word in words.often or not _doubtful(word, words):
            return end
        follower = _NEXT_WORD.match(text, end, end + _WORD_WIDTH)
        if not final and (follower.end() if follower else end) == len(text) < end + _WORD_WIDTH:
            return _HOLD
        if follower and len(follower[0]) == 1 and text.startswith(".", follower.end()):
            return _NO  # J. K. Rowling, z. B.
        return end if _begins_sentence(word, follower[0] if follower else "", words, self._language) else _NO


def _after_line_end(text: str, at: int, final: bool) -> int:
    """Behind the line ending at `at`: LF, CR LF or CR."""
    if text[at] == "\r":
        if at + 1 == len(text) and not final:
            return _HOLD
        return at + 2 if text[at + 1 : at + 2] == "\n" else at + 1
    return at + 1


def _after_full(text: str, run: str, closed: str, end: int, apart: bool, final: bool) -> int:
    """A full-width mark: only what its closers tell can keep it from ending the sentence."""
    if not closed or apart:
        return end
    if closed[0] in _TITLE_CLOSERS or (closed[0] in _ASIDE_CLOSERS and run[-1] in "！？"):
        return _NO  # 《你好，李焕英！》很好看; 他（真的吗？）走了
    return _after_quotation(text, end, final)


def _after_quotation(text: str, end: int, final: bool) -> int:
    """A quotation that ends in its own mark may be part of a sentence that goes on."""
    if len(text) < end + _QUOTED_ON_WIDTH and not final and text[end] in _QUOTED_ON_FIRST:
        return _HOLD
    return _NO if _QUOTED_ON.match(text, end) else end


def _is_initials(word: str) -> bool:
    """J, J.K, U.S; also p.m and z.B: letters with a stop behind each."""
    return all(len(part) == 1 and part.isalpha() for part in word.split("."))


def _doubtful(word: str, words: Words) -> bool:
    return word in words.sometimes or _is_initials(word) or (word.isdigit() and len(word) < 3)


def _begins_sentence(word: str, follower: str, words: Words, language: str | None) -> bool:
    """Whether `follower`, in capitals, begins a sentence after the doubtful `word` and its stop."""
    if word.isdigit():
        return follower not in words.ordinal_followers and (language != "de" or follower in words.starters)
    if len(word) == 1 and word.islower() and word not in words.sometimes:
        return len(follower) != 1  # z. B., but vitamin c. It
    return follower in words.starters
