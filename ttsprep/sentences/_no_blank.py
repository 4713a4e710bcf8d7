"""Rules for a mark with no blank behind it: numbers and addresses, other scripts, blanks that are missing."""

from __future__ import annotations

import re

from ttsprep.sentences._mark import HOLD, IS_CJK, NO, WORD_WIDTH, Mark, Verdict
from ttsprep.sentences._signs import CLOSERS, DOTS, PLAIN_QUOTES
from ttsprep.sentences._words import is_initials

__all__ = [
    "before_cjk",
    "behind_cjk",
    "closed_quotation",
    "full_width_dot",
    "glued",
    "no_blank",
    "note_number",
    "stammer",
]

_NOTE_NUMBER = re.compile(r"[0-9]{1,3}[^\S\r\n]++(?=\S)")
_NOTE_WIDTH = 6
_FOREWORD = re.compile(r"[\"“«‘(]?([^\W\d_]++)")
_BEHIND_FOREWORD = frozenset(" \t\n\r\u00a0,;:!?’'\"”)-–—")
_IDENTIFIER = re.compile(r"[@/\\_#=<>|~]|\.[^\s.]*\Z")


def stammer(mark: Mark) -> Verdict:
    """somebody stammers: 我……我不知道"""
    again = mark.run[0] in DOTS and mark.start > mark.begin and mark.text[mark.start - 1] == mark.following
    return NO if again and IS_CJK.match(mark.following) else None


def before_cjk(mark: Mark) -> Verdict:
    """a Western mark with Chinese, Japanese or Korean right behind it: 增长15.7%.下降"""
    if not IS_CJK.match(mark.following):
        return None
    if mark.run not in ".．":
        return mark.end
    if mark.word.isdigit():
        return mark.end if len(mark.word) > 2 else NO  # 1.苹果 2.香蕉
    return NO if is_initials(mark.word or ".") or mark.word in mark.words.titles else mark.end  # J.K.罗琳, Dr.王


def note_number(mark: Mark) -> Verdict:
    """the number of a note: the end.10 And then"""
    if not mark.following.isdigit() or not mark.run.endswith("."):
        return None
    before = mark.text[mark.start - 1] if mark.start > mark.begin else " "
    plain = len(mark.word) > 3 and mark.word.isalpha() and mark.word not in mark.words.number
    if (mark.word and not plain) or not (plain or before in CLOSERS):
        return None
    found = _NOTE_NUMBER.match(mark.text, mark.end, mark.end + _NOTE_WIDTH)
    if mark.short_of(_NOTE_WIDTH) and not found:
        return HOLD
    return found.end() if found and mark.text[found.end()].isupper() else None


def behind_cjk(mark: Mark) -> Verdict:
    """a Western mark with Chinese, Japanese or Korean right before it: 好!OK"""
    if mark.start == mark.begin or not IS_CJK.match(mark.text, mark.start - 1):
        return None
    return mark.end if mark.run[0] in "!?" or (mark.run == "." and mark.following.isupper()) else None


def full_width_dot(mark: Mark) -> Verdict:
    """a full-width full stop between words"""
    return mark.end if mark.run == "．" and mark.word and not mark.word[-1].isdigit() else None


def closed_quotation(mark: Mark) -> Verdict:
    """a quotation ended, and a capital letter follows"""
    return mark.end if mark.quoted and mark.following.isupper() else None


def glued(mark: Mark) -> Verdict:
    """the blank is missing: the end.Then"""
    if not mark.glued or mark.run[0] not in ".!?…" or not (mark.following.isupper() or mark.following in '"“«‘('):
        return None
    found = _FOREWORD.match(mark.text, mark.end, mark.end + WORD_WIDTH)
    if mark.short_of(WORD_WIDTH) and (found.end() if found else mark.end + 1) == len(mark.text):
        return HOLD
    return mark.end if found and _is_glued(mark, found) else None


def _is_glued(mark: Mark, found: re.Match[str]) -> bool:
    word, words, text = found[1], mark.words, mark.text
    behind = text[found.end() : found.end() + 1]
    known = word in words.starters or word in mark.words.titles
    if not word[0].isupper() or not (word[1:].islower() or known):
        return False
    if behind and behind not in _BEHIND_FOREWORD and not (behind == "." and known and len(word) > 1):
        return False
    if _IDENTIFIER.search(_token(text, mark.begin, mark.start)):
        return False
    last = text[mark.start - 1 : mark.start] if mark.start > mark.begin else ""
    if mark.word.isalpha() and mark.word.islower() and len(mark.word) > 1:
        return not mark.words.is_doubtful(mark.word) and mark.word not in mark.words.titles
    return known or found[0] != word if last.isalnum() else (mark.closed or last) in CLOSERS + PLAIN_QUOTES + "%"


def _token(text: str, begin: int, end: int) -> str:
    """What stands before `end` without a blank; of numbers only the letters."""
    token = text[max(begin, end - 2 * WORD_WIDTH) : end].split()
    return re.sub(r"(?<=\d)[.,](?=\d)", "", token[-1]) if token else ""


def no_blank(_mark: Mark) -> Verdict:
    """no blank behind it: part of a number, a name or an address"""
    return NO
