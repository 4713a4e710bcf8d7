"""Rules for any mark: what follows it, and what it stands in."""

from __future__ import annotations

import re

from ttsprep.sentences._mark import HOLD, NO, WORD_WIDTH, Mark, Verdict, after_quotation
from ttsprep.sentences._signs import DOTS, FULL, MARKS

__all__ = [
    "TITLE_WIDTH",
    "citations",
    "clause_goes_on",
    "dash_goes_on",
    "ellipsis_before_i",
    "full_width",
    "inside_brackets",
    "inside_title",
    "left_out",
    "ordinary_word",
    "small_letter",
    "spaced_ellipsis",
]

TITLE_WIDTH = 24
_BRACKET_WIDTH = 24
_QUOTATION_WIDTH = 200
_NO_END_BEFORE = frozenset(",;:，、；：" + MARKS)
_FULL = frozenset(FULL)
_TITLE_CLOSERS = frozenset("》〉")
_ASIDE_CLOSERS = frozenset(")）")
_SMALL_ITEM = re.compile(r"[a-z]\)\s")
_DASH = re.compile(r"[-–—−]{1,3}[^\S\r\n]{0,3}+")
_CITATIONS = re.compile(r"(?:\[[0-9]{1,3}\][ ]?){1,8}+")
_MORE_CITATIONS = re.compile(r"(?:\[[0-9]{1,3}\][ ]?){0,8}+(?:\[[0-9]{0,3})?+")
_FIRST_SIGN = re.compile(r"[\W_]{0,12}+(\w)")


def ordinary_word(mark: Mark) -> Verdict:
    """a full stop behind an ordinary word, a blank, and a capital letter"""
    word = mark.word
    plain = word.islower() and len(word) > 1 and mark.start - mark.begin > WORD_WIDTH and word.isalpha()
    return mark.end if plain and word not in mark.words.known else None


def clause_goes_on(mark: Mark) -> Verdict:
    """a comma, a colon or another mark follows"""
    if mark.following in _NO_END_BEFORE and not (mark.apart and mark.following == "．"):
        return _before_ellipsis(mark) if mark.following == mark.run == "." and not mark.closed else NO
    return None


def _before_ellipsis(mark: Mark) -> int:
    """A full stop, and ". . ." for what is left out before the next sentence, which begins with a capital letter."""
    rest = mark.text[mark.end : mark.end + 7]
    if not mark.final and len(rest) < 7 and ". . . X".startswith(rest[:6]):
        return HOLD
    told = mark.apart and mark.word and rest.startswith(". . . ") and rest[6:].isupper()
    return mark.end if told else NO


def spaced_ellipsis(mark: Mark) -> Verdict:
    """three spaced dots leave something out; a fourth ends the sentence"""
    if mark.run != "." or mark.text[mark.start - 1 : mark.start] != " ":
        return None
    before = mark.text[max(mark.begin, mark.start - 6) : mark.start]
    if before.endswith(". . "):
        return mark.end if before.endswith(". . . ") else NO
    return None


def inside_title(mark: Mark) -> Verdict:
    """inside a title 《…》"""
    if mark.run[0] == ".":
        return None
    text, opened = mark.text, mark.text.rfind("《", max(mark.begin, mark.start - TITLE_WIDTH), mark.start)
    if opened < 0 or text.find("》", opened, mark.end) >= 0:
        return None
    if text.find("》", mark.end, mark.end + TITLE_WIDTH) >= 0:
        return NO
    return HOLD if mark.short_of(TITLE_WIDTH) else None


def inside_brackets(mark: Mark) -> Verdict:
    """inside a reference [page. 42]"""
    if not mark.following.isdigit():
        return None
    text, opened = mark.text, mark.text.rfind("[", max(mark.begin, mark.start - _BRACKET_WIDTH), mark.start)
    if opened < 0 or text.find("]", opened, mark.end) >= 0:
        return None
    if text.find("]", mark.end, mark.end + _BRACKET_WIDTH) >= 0:
        return NO
    return HOLD if mark.short_of(_BRACKET_WIDTH) else None


def left_out(mark: Mark) -> Verdict:
    """[...] stands for words that were left out"""
    if not mark.closed:
        return None
    opened = mark.text[mark.start - 1 : mark.start] if mark.start > mark.begin else ""
    omission = mark.run in ("...", "…", "……") and (opened + mark.closed[:1]) in ("[]", "()", "（）", "［］")
    return NO if omission and mark.following != "\n" else None


def full_width(mark: Mark) -> Verdict:
    """a full-width mark ends the sentence, unless it belongs to a title, an aside or a quotation that goes on"""
    if _FULL.isdisjoint(mark.run):
        return None
    if not mark.closed or mark.apart:
        return mark.end
    if mark.closed[0] in _TITLE_CLOSERS or (mark.closed[0] in _ASIDE_CLOSERS and mark.run[-1] in "！？"):
        return NO  # 《你好，李焕英！》很好看; 他（真的吗？）走了
    return after_quotation(mark)


def dash_goes_on(mark: Mark) -> Verdict:
    """a dash follows, and the sentence goes on in small letters, or within the same guillemets"""
    if mark.following not in "-–—−" or not (mark.apart or mark.closed):
        return None
    found = _DASH.match(mark.text, mark.end)
    stop = found.end() if found else mark.end
    if stop == len(mark.text):
        return mark.end if mark.final else HOLD
    if mark.text[stop].islower():
        return NO
    begin = max(mark.begin, mark.start - _QUOTATION_WIDTH)
    return NO if mark.text.rfind("«", begin, mark.start) > mark.text.rfind("»", begin, mark.end) else None


def small_letter(mark: Mark) -> Verdict:
    """a small letter follows, and this sentence began with a capital one"""
    if not mark.following.islower():
        return None
    if not mark.apart:
        return None if mark.run[0] in FULL else NO
    if mark.short_of(3) and not mark.text.startswith(" ", mark.end + 1):
        return HOLD
    if _SMALL_ITEM.match(mark.text, mark.end):
        return mark.end
    if mark.closed or mark.run[0] in DOTS or mark.run.startswith("..") or mark.word in mark.words.often:
        return NO
    first = _FIRST_SIGN.match(mark.text, mark.begin, mark.start)
    return None if first and first[1].islower() and (mark.run[0] != "." or len(mark.word) > 1) else NO


def ellipsis_before_i(mark: Mark) -> Verdict:
    """dots, and an I, which is a capital letter anywhere"""
    if mark.following != "I" or (mark.run[0] not in DOTS and not mark.run.startswith("..")):
        return None
    follower = mark.next_word()
    return HOLD if follower is None else NO if follower == "I" else None


def citations(mark: Mark) -> Verdict:
    """references such as [1] behind a blank belong to the sentence before, if the next begins behind them"""
    if mark.following != "[":
        return None
    if not mark.final and _MORE_CITATIONS.fullmatch(mark.text, mark.end):
        return HOLD
    found = _CITATIONS.match(mark.text, mark.end)
    stop = found.end() if found else mark.end
    return stop if found and (stop == len(mark.text) or mark.text[stop].isupper()) else None
