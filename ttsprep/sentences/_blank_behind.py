"""Rules for a mark with a blank behind it: lists, quotations."""

from __future__ import annotations

import re

from ttsprep.sentences._mark import HOLD, IS_CJK, NO, QUOTES, WORD_WIDTH, Mark, Verdict, after_quotation

__all__ = [
    "blank",
    "item_number",
    "item_start",
    "next_item",
    "quotation_goes_on",
]

_ITEM = re.compile(
    r"\s*+(?P<shape>(?:[•◦▪‣⁃*-][ \t]*+)?[(（]?)(?P<value>\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})(?P<close>\.?[)）]?)"
)
_LAST_ITEM = re.compile(r"(?<=\s)(?:[•◦▪‣⁃*-][ \t]*+)?[(（]?(?:\d{1,3}|[a-zA-Z])\.?\Z")
_ITEM_IN_LINE = re.compile(r"(?:[:;]\s++|[：；]\s*+)[(（]?\d{1,2}\Z")
ITEM_WIDTH = 8
_TWO_WORDS = re.compile(r"[^\W\d_]+ ([a-z]+)(?![a-z])")
_MORE_WORDS = re.compile(r"[^\W\d_]+(?: [a-z]*)?")
_REPORTER_WIDTH = 28
_LONGEST_ITEM = 5  # viiii: the longest word that may be the number of an item


def item_number(mark: Mark) -> Verdict:
    """the marker of a list item, at the beginning or behind a clause mark: 1. one; 2. two"""
    if mark.run not in ".．" or len(mark.word) > _LONGEST_ITEM or mark.closed not in ("", ")"):
        return None
    if mark.start - mark.begin <= WORD_WIDTH and _ITEM.fullmatch(mark.text, mark.begin, mark.start):
        return NO
    return (
        NO
        if mark.word.isdigit()
        and _ITEM_IN_LINE.search(mark.text[max(mark.begin, mark.start - ITEM_WIDTH) : mark.start])
        else None
    )


def next_item(mark: Mark) -> Verdict:
    """the next item of a list that began on the same line: 1. one 2. two"""
    if mark.run != "." or len(mark.word) > _LONGEST_ITEM or mark.closed not in ("", ")"):
        return None
    start = item_start(mark.text, mark.begin, mark.start + len(mark.run + mark.closed))
    return start if start > mark.begin else None


def item_start(text: str, begin: int, end: int) -> int:
    """Where the list marker that ends at `end` starts, if it is the successor of the one at `begin`; else 0."""
    head = _ITEM.match(text, begin, begin + WORD_WIDTH)
    if not head or not head["close"]:
        return 0
    last = _LAST_ITEM.search(text[max(begin, end - ITEM_WIDTH - 4) : end].rstrip(".)"))
    if not last:
        return 0
    start = end - len(text[max(begin, end - ITEM_WIDTH - 4) : end]) + last.start()
    this = _ITEM.fullmatch(text, start, end)
    if not text[head.end() : min(start, head.end() + WORD_WIDTH)].strip() or not this or not _same_shape(head, this):
        return 0
    return start if _value(this) == _value(head) + 1 else 0


def _same_shape(one: re.Match[str], other: re.Match[str]) -> bool:
    same = one["value"].isdigit() == other["value"].isdigit()
    initials = one["value"].isupper() and one["close"] == "."  # A. Smith and B. Jones
    return same and not initials and one["close"] == other["close"] and one["shape"].strip() == other["shape"].strip()


def _value(item: re.Match[str]) -> int:
    return int(item["value"]) if item["value"].isdigit() else ord(item["value"][-1])


def quotation_goes_on(mark: Mark) -> Verdict:
    """a quotation ended, and the sentence around it goes on"""
    if not mark.closed or not (mark.apart or IS_CJK.match(mark.following)):
        return None
    if mark.run[0] in "!?" and mark.closed[-1] in QUOTES and mark.following.isupper():
        return _before_reporter(mark)
    return after_quotation(mark)


def _before_reporter(mark: Mark) -> Verdict:
    """Whether who speaks and a verb of saying follow: "Stop!" Tom cried."""
    if mark.short_of(_REPORTER_WIDTH) and _MORE_WORDS.fullmatch(mark.text, mark.end):
        return HOLD
    found = _TWO_WORDS.match(mark.text, mark.end, mark.end + _REPORTER_WIDTH)
    return NO if found and found[1] in mark.words.reporters else mark.end


def blank(mark: Mark) -> Verdict:
    """a mark, a blank, and the next sentence"""
    return mark.end
