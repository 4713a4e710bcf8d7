"""Rules for a mark with a blank behind it: lists, abbreviations, initials, numbers, quotations."""

from __future__ import annotations

import re

from ttsprep.sentences._mark import HOLD, IS_CJK, NO, WORD_WIDTH, Mark, Verdict, after_quotation, last_word
from ttsprep.sentences._words import Words

__all__ = [
    "blank",
    "date",
    "doubtful_word",
    "item_number",
    "item_start",
    "next_item",
    "number_word",
    "quotation_goes_on",
    "title",
]

_OPENING_WIDTH = 48
_DATE_PART = re.compile(r"[0-9]{1,2}(?:\.|\Z)")  # 2024. 5. 1.
_ITEM = re.compile(
    r"\s*+(?P<shape>(?:[•◦▪‣⁃*-][ \t]*+)?[(（]?)(?P<value>\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})(?P<close>\.?[)）]?)"
)
_LAST_ITEM = re.compile(r"(?<=\s)(?:[•◦▪‣⁃*-][ \t]*+)?[(（]?(?:\d{1,3}|[a-zA-Z])\.?\Z")
_ITEM_IN_LINE = re.compile(r"(?:[:;]\s++|[：；]\s*+)[(（]?\d{1,2}\Z")
ITEM_WIDTH = 8
_LONGEST_ITEM = 5  # viiii: the longest word that may be the number of an item
_FIRST_WORD = re.compile(r"\W{0,4}+([^\W\d_]++)")


def item_number(mark: Mark) -> Verdict:
    """the marker of a list item, at the beginning or behind a clause mark: 1. one; 2. two"""
    if mark.run != "." or len(mark.word) > _LONGEST_ITEM or mark.closed not in ("", ")"):
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


def title(mark: Mark) -> Verdict:
    """the abbreviation before it always has something behind it: Mr., z. B., ул."""
    word = mark.word or last_word(mark.text, mark.begin, mark.start - 1)  # Mr . Robinson
    return NO if word in mark.words.titles else None


def number_word(mark: Mark) -> Verdict:
    """the abbreviation before it has a number behind it: No. 5, 5 ft. 6 in."""
    if not mark.following.isdigit():
        return None
    words, word = mark.words, mark.word
    if word in words.number or (word.isupper() and word.lower() in words.number):
        return NO
    if word.endswith(tuple(words.number_endings)):
        return NO
    before = mark.text[max(mark.begin, mark.start - len(word) - 2) : mark.start].strip()
    return NO if word in words.units and before[:1].isdigit() else None


def date(mark: Mark) -> Verdict:
    """a date: 2024. 5. 1."""
    if not mark.word.isdigit():
        return None
    part = _DATE_PART.match(mark.text, mark.end)
    if part and part[0].endswith("."):
        return NO
    return HOLD if part and not mark.final else None


def doubtful_word(mark: Mark) -> Verdict:
    """a sentence may end in the abbreviation, initial or number before it: the next word tells"""
    word, words = mark.word, mark.words
    if not word:
        return None
    often = word in words.often
    if not often and (not mark.words.is_doubtful(word) or _is_amount(mark)):
        return None
    if mark.following in "(（":
        return NO  # Acme Inc. ("Acme")
    follower = mark.next_word()
    if follower is None:
        return HOLD
    if len(follower) == 1 and mark.text.startswith(".", mark.end + 1):
        return NO  # J. K. Rowling, z. B.
    if often:
        return NO if follower in words.companies or _has_said_when(mark, follower) else mark.end
    return mark.end if _begins_sentence(word, follower, words, mark.language) else NO


def _has_said_when(mark: Mark, follower: str) -> bool:
    """At 5 a.m. Mr. Smith went: nothing but the time was said so far."""
    if mark.word not in mark.words.times or mark.start - mark.begin > _OPENING_WIDTH:
        return False
    first = _FIRST_WORD.match(mark.text, mark.begin)
    known = follower in mark.words.starters and follower not in mark.words.titles
    return first is not None and first[1] in mark.words.openers and not known


def _is_amount(mark: Mark) -> bool:
    """$5 and b=1 are no ordinals."""
    before = mark.start - len(mark.word) - 1
    return mark.word.isdigit() and before >= mark.begin and not mark.text[before].isspace()


def _begins_sentence(word: str, follower: str, words: Words, language: str | None) -> bool:
    """Whether `follower`, in capitals, begins a sentence after the doubtful `word` and its stop."""
    if word.isdigit():
        return follower not in words.ordinal_followers and (language != "de" or follower in words.starters)
    if len(word) == 1 and word.islower() and word not in words.sometimes:
        return len(follower) != 1  # z. B., but vitamin c. It
    return follower in words.starters


def quotation_goes_on(mark: Mark) -> Verdict:
    """a quotation ended, and the sentence around it goes on"""
    return after_quotation(mark) if mark.closed and (mark.apart or IS_CJK.match(mark.following)) else None


def blank(mark: Mark) -> Verdict:
    """a mark, a blank, and the next sentence"""
    return mark.end
