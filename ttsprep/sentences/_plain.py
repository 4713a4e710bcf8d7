"""The plain marks: what the rules say of most marks, told by the letters around alone and without a `Mark`."""

from __future__ import annotations

from ttsprep.sentences._any_mark import TITLE_WIDTH
from ttsprep.sentences._mark import NO, Verdict
from ttsprep.sentences._words import Words

__all__ = ["plainly"]

_DOTS = frozenset(("..", "...", "....", "....."))
_RUNS = _DOTS | {".", "!", "?", "!!", "!!!", "??", "???", "!?", "?!"}
_ITEM_WIDTH = 8
_TAIL = 16


def plainly(text: str, begin: int, start: int, behind: int, end: int, words: Words) -> Verdict:
    """The verdict on the run from `start` to `behind`, which nothing closes, in the sentence from `begin` on; at `end`
    stands what follows. None where only the rules can tell.
    """
    run, following = text[start:behind], text[end]
    if run not in _RUNS or not following.isalpha() or (run == "." and text[start - 1] == " "):
        return None
    if following.islower():
        return _before_small(text, begin, start, run, end, end > behind, words)
    if end == behind or not following.isupper() or (run in _DOTS and following == "I"):
        return None
    if run == ".":
        return end if _is_ordinary(text, begin, start, words) else None
    return None if _in_title(text, begin, start) else end


def _before_small(text: str, begin: int, start: int, run: str, end: int, apart: bool, words: Words) -> Verdict:
    if text[end + 1 : end + 2] in ("", ")"):
        return None  # an item, or what may be one: a) one b) two
    if not apart or run in _DOTS:
        return NO
    first = text[begin : begin + 2].lstrip()[:1]  # a blank line leads the sentence
    if not first.islower():
        return NO if first.isupper() and first.isalpha() else None
    ends = _is_ordinary(text, begin, start, words) and (run == "." or not _in_title(text, begin, start))
    return end if ends else None


def _in_title(text: str, begin: int, start: int) -> bool:
    return text.rfind("《", max(begin, start - TITLE_WIDTH), start) >= 0


def _is_ordinary(text: str, begin: int, end: int, words: Words) -> bool:
    """Whether a word ends at `end` that is no abbreviation and no number of an item."""
    if end - begin <= _ITEM_WIDTH:
        return False
    tail = text[max(end - _TAIL, 0) : end]
    word = tail[tail.rfind(" ") + 1 :]
    return 2 < len(word) < _TAIL and word.islower() and word.isascii() and word.isalpha() and word not in words.known
