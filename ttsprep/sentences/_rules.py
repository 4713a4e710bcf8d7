"""The rules: whether a mark ends a sentence. `RULES` are asked in order; the first that knows, decides.

What a rule reads to the right of its mark is bounded: the next visible character, a word of at most `_WORD_WIDTH`, or
the few characters that its pattern can match. Where that touches the end of an unfinished text it says `HOLD`. To the
left it reads nothing before the sentence. The first line of its docstring is what `explain` prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from ttsprep.sentences._signs import CJK, CLOSERS, DOTS, FULL, MARKS, PLAIN_QUOTES
from ttsprep.sentences._words import Words

__all__ = ["HOLD", "NO", "RULES", "Mark", "Rule", "decide", "item_start"]

NO, HOLD = -1, -2


@dataclass(slots=True)
class Mark:
    """A run of marks with what surrounds it. Positions count in `text`."""

    text: str
    begin: int
    """Where the sentence began."""
    start: int
    """Where the run begins."""
    run: str
    closed: str
    """The closers right behind the run."""
    end: int
    """Where what follows begins; there is always something."""
    apart: bool
    """Whether a blank stands between."""
    final: bool
    quoted: bool
    """Whether the text ended a plain quotation between run and `end`."""
    glued: bool
    """Whether a Western mark may end a sentence with no blank behind it."""
    words: Words
    language: str | None
    word: str = ""
    """The last word before a single full stop."""

    @property
    def following(self) -> str:
        """The first character behind the mark, its closers and blanks."""
        return self.text[self.end]

    @property
    def is_dot(self) -> bool:
        """Whether it is a single full stop with nothing that closes."""
        return self.run in ".．" and not self.closed

    def next_word(self) -> str | None:
        """The letters that follow; None where more may come."""
        found = _NEXT_WORD.match(self.text, self.end, self.end + _WORD_WIDTH)
        stop = found.end() if found else self.end
        if not self.final and stop == len(self.text) < self.end + _WORD_WIDTH:
            return None
        return found[0] if found else ""

    def short_of(self, width: int) -> bool:
        """Whether less than `width` characters follow, and more may come."""
        return not self.final and len(self.text) < self.end + width


Verdict: TypeAlias = "int | None"
Rule: TypeAlias = Callable[[Mark], Verdict]

_WORD_WIDTH = 32
_TITLE_WIDTH = 24
_BRACKET_WIDTH = 24
_QUOTATION_WIDTH = 200
_OPENING_WIDTH = 48
_NO_END_BEFORE = frozenset(",;:，、；：" + MARKS)
_FULL = frozenset(FULL)
_TITLE_CLOSERS = frozenset("》〉")
_ASIDE_CLOSERS = frozenset(")）")
_LETTER = "0-9A-Za-z\u00c0-\u052f\u0e00-\u0e4e\u1e00-\u1fff"
_LAST_WORD = re.compile(rf"[{_LETTER}№](?:[{_LETTER}°’'-]|\.(?=[{_LETTER}]))*+\Z")
_NEXT_WORD = re.compile(r"[^\W\d_]++")
_IS_CJK = re.compile(f"[{CJK}「『“‘《〈【（［〔]")
# The sentence around a quotation goes on: 「はい。」と言った, “救命！”的声音, "안녕."이라고
_QUOTED_ON = re.compile(
    "は(?![いじっ])|が(?![んっ])|と(?!ころ|ても|にかく|もか)|っ[てと]|を|の(?!ち)|的(?![确士])|이?라(?:고|는|며|면서)|하고(?![가-힣])"
)
_QUOTED_ON_FIRST = "はがとっの的이라하"
_QUOTED_ON_WIDTH = 4
_DATE_PART = re.compile(r"[0-9]{1,2}(?:\.|\Z)")  # 2024. 5. 1.
_ITEM = re.compile(
    r"\s*+(?P<shape>(?:[•◦▪‣⁃*-][ \t]*+)?[(（]?)(?P<value>\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})(?P<close>\.?[)）]?)"
)
_LAST_ITEM = re.compile(r"(?<=\s)(?:[•◦▪‣⁃*-][ \t]*+)?[(（]?(?:\d{1,3}|[a-zA-Z])\.?\Z")
_ITEM_IN_LINE = re.compile(r"(?:[:;]\s++|[：；]\s*+)[(（]?\d{1,2}\Z")
_ITEM_WIDTH = 8
_SMALL_ITEM = re.compile(r"[a-z]\)\s")
_DASH = re.compile(r"[-–—−]{1,3}[^\S\r\n]{0,3}+")
_DASH_WIDTH = 7
_CITATIONS = re.compile(r"(?:\[[0-9]{1,3}\][ ]?){1,8}+")
_MORE_CITATIONS = re.compile(r"(?:\[[0-9]{1,3}\][ ]?){0,8}+(?:\[[0-9]{0,3})?+")
_NOTE_NUMBER = re.compile(r"[0-9]{1,3}[^\S\r\n]++(?=\S)")
_NOTE_WIDTH = 6
_FIRST_SIGN = re.compile(r"[\W_]{0,12}+(\w)")
_FIRST_WORD = re.compile(r"\W{0,4}+([^\W\d_]++)")
_FOREWORD = re.compile(r"[\"“«‘(]?([^\W\d_]++)")
_BEHIND_FOREWORD = frozenset(" \t\n\r\u00a0,;:!?’'\"”)-–—")
_IDENTIFIER = re.compile(r"[@/\\_#=<>|~]|\.[^\s.]*\Z")


# --- any mark


def ordinary_word(mark: Mark) -> Verdict:
    """a full stop behind an ordinary word, a blank, and a capital letter"""
    word = mark.word
    plain = word.islower() and len(word) > 1 and mark.start - mark.begin > _WORD_WIDTH and word.isalpha()
    return mark.end if plain and word not in mark.words.known else None


def clause_goes_on(mark: Mark) -> Verdict:
    """a comma, a colon or another mark follows"""
    if mark.following in _NO_END_BEFORE and not (mark.apart and mark.following == "．"):
        return _before_ellipsis(mark) if mark.following == "." and mark.is_dot else NO
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
    before = mark.text[max(mark.begin, mark.start - 6) : mark.start]
    if mark.run == "." and before.endswith(". . "):
        return mark.end if before.endswith(". . . ") else NO
    return None


def inside_title(mark: Mark) -> Verdict:
    """inside a title 《…》"""
    if mark.run[0] == ".":
        return None
    text, opened = mark.text, mark.text.rfind("《", max(mark.begin, mark.start - _TITLE_WIDTH), mark.start)
    if opened < 0 or text.find("》", opened, mark.end) >= 0:
        return None
    if text.find("》", mark.end, mark.end + _TITLE_WIDTH) >= 0:
        return NO
    return HOLD if mark.short_of(_TITLE_WIDTH) else None


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
    return _after_quotation(mark)


def _after_quotation(mark: Mark) -> int:
    """A quotation that ends in its own mark may be part of a sentence that goes on."""
    if mark.following in _QUOTED_ON_FIRST and mark.short_of(_QUOTED_ON_WIDTH):
        return HOLD
    return NO if _QUOTED_ON.match(mark.text, mark.end) else mark.end


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


# --- a full stop with a blank behind it, and what follows is not in small letters


def item_number(mark: Mark) -> Verdict:
    """the marker of a list item, at the beginning or behind a clause mark: 1. one; 2. two"""
    if mark.run != "." or mark.closed not in ("", ")"):
        return None
    if mark.start - mark.begin <= _WORD_WIDTH and _ITEM.fullmatch(mark.text, mark.begin, mark.start):
        return NO
    return (
        NO
        if mark.word.isdigit()
        and _ITEM_IN_LINE.search(mark.text[max(mark.begin, mark.start - _ITEM_WIDTH) : mark.start])
        else None
    )


def next_item(mark: Mark) -> Verdict:
    """the next item of a list that began on the same line: 1. one 2. two"""
    if mark.run != "." or mark.closed not in ("", ")"):
        return None
    start = item_start(mark.text, mark.begin, mark.start + len(mark.run + mark.closed))
    return start if start > mark.begin else None


def item_start(text: str, begin: int, end: int) -> int:
    """Where the list marker that ends at `end` starts, if it is the successor of the one at `begin`; else 0."""
    head = _ITEM.match(text, begin, begin + _WORD_WIDTH)
    last = _LAST_ITEM.search(text[max(begin, end - _ITEM_WIDTH - 4) : end].rstrip(".)"))
    if not head or not last or not head["close"]:
        return 0
    start = end - len(text[max(begin, end - _ITEM_WIDTH - 4) : end]) + last.start()
    this = _ITEM.fullmatch(text, start, end)
    if not text[head.end() : max(start, 0)].strip() or not this or not _same_shape(head, this):
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
    word = mark.word or _last_word(mark.text, mark.begin, mark.start - 1)  # Mr . Robinson
    return NO if _is_title(word, mark.words) else None


def _is_title(word: str, words: Words) -> bool:
    return word in words.never or word[:1].lower() + word[1:] in words.never or _shouted(word) in words.never


def _shouted(word: str) -> str:
    """MR. as Mr."""
    return word.capitalize() if word.isupper() and len(word) > 1 else ""


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
    """a sentence may end in the abbreviation, initial or number before it: what follows begins no other"""
    word, words = mark.word, mark.words
    if not word:
        return None
    often = word in words.often
    if not often and (not _doubtful(word, words) or _is_amount(mark)):
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


def _is_initials(word: str) -> bool:
    """J, J.K, U.S; also p.m and z.B: letters with a stop behind each."""
    return all(len(part) == 1 and part.isalpha() for part in word.split("."))


def _doubtful(word: str, words: Words) -> bool:
    return word in words.sometimes or _is_initials(word) or (word.isdigit() and len(word) < 3)


def _has_said_when(mark: Mark, follower: str) -> bool:
    """At 5 a.m. Mr. Smith went: nothing but the time was said so far."""
    if mark.word not in mark.words.times or mark.start - mark.begin > _OPENING_WIDTH:
        return False
    first = _FIRST_WORD.match(mark.text, mark.begin)
    known = follower in mark.words.starters and not _is_title(follower, mark.words)
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
    return _after_quotation(mark) if mark.closed and (mark.apart or _IS_CJK.match(mark.following)) else None


def blank(mark: Mark) -> Verdict:
    """a mark, a blank, and the next sentence"""
    return mark.end


# --- no blank behind it


def stammer(mark: Mark) -> Verdict:
    """somebody stammers: 我……我不知道"""
    again = mark.run[0] in DOTS and mark.start > mark.begin and mark.text[mark.start - 1] == mark.following
    return NO if again and _IS_CJK.match(mark.following) else None


def before_cjk(mark: Mark) -> Verdict:
    """a Western mark with Chinese, Japanese or Korean right behind it: 增长15.7%.下降"""
    if not _IS_CJK.match(mark.following):
        return None
    if mark.run not in ".．":
        return mark.end
    if mark.word.isdigit():
        return mark.end if len(mark.word) > 2 else NO  # 1.苹果 2.香蕉
    return NO if _is_initials(mark.word or ".") or _is_title(mark.word, mark.words) else mark.end  # J.K.罗琳, Dr.王


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
    if mark.start == mark.begin or not _IS_CJK.match(mark.text, mark.start - 1):
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
    found = _FOREWORD.match(mark.text, mark.end, mark.end + _WORD_WIDTH)
    if mark.short_of(_WORD_WIDTH) and (found.end() if found else mark.end + 1) == len(mark.text):
        return HOLD
    return mark.end if found and _is_glued(mark, found) else None


def _is_glued(mark: Mark, found: re.Match[str]) -> bool:
    word, words, text = found[1], mark.words, mark.text
    behind = text[found.end() : found.end() + 1]
    known = word in words.starters or _is_title(word, words)
    if not word[0].isupper() or not (word[1:].islower() or known):
        return False
    if behind and behind not in _BEHIND_FOREWORD and not (behind == "." and known and len(word) > 1):
        return False
    if _IDENTIFIER.search(_token(text, mark.begin, mark.start)):
        return False
    last = text[mark.start - 1 : mark.start] if mark.start > mark.begin else ""
    if mark.word.isalpha() and mark.word.islower() and len(mark.word) > 1:
        return not _doubtful(mark.word, words) and not _is_title(mark.word, words)
    return known or found[0] != word if last.isalnum() else (mark.closed or last) in CLOSERS + PLAIN_QUOTES + "%"


def _token(text: str, begin: int, end: int) -> str:
    """What stands before `end` without a blank; of numbers only the letters."""
    token = text[max(begin, end - 2 * _WORD_WIDTH) : end].split()
    return re.sub(r"(?<=\d)[.,](?=\d)", "", token[-1]) if token else ""


def _last_word(text: str, begin: int, end: int) -> str:
    tail = text[max(begin, end - _WORD_WIDTH, 0) : max(end, 0)]
    word = tail[tail.rfind(" ") + 1 :]
    if word.isascii() and word.isalpha():
        return word
    found = _LAST_WORD.search(word)
    return found[0] if found else ""


def no_blank(_mark: Mark) -> Verdict:
    """no blank behind it: part of a number, a name or an address"""
    return NO


# What a mark must be for a rule to be asked. A full stop is a single one with nothing that closes it.
STOP, OTHER, BLANK, NO_BLANK, CAPITAL, NO_CAPITAL = 1, 2, 4, 8, 16, 32
ANY = 0

RULES: tuple[tuple[Rule, int], ...] = (
    # any mark, and first the most frequent
    (ordinary_word, STOP | BLANK | CAPITAL),
    (spaced_ellipsis, STOP),
    (clause_goes_on, NO_CAPITAL),
    (inside_title, OTHER),
    (inside_brackets, NO_CAPITAL),
    (left_out, OTHER),
    (full_width, OTHER),
    (dash_goes_on, NO_CAPITAL),
    (small_letter, NO_CAPITAL),
    (ellipsis_before_i, OTHER | BLANK | CAPITAL),
    (citations, BLANK | NO_CAPITAL),
    # in lists, behind abbreviations, initials and numbers
    (item_number, BLANK),
    (next_item, BLANK),
    (title, STOP),
    (number_word, STOP | NO_CAPITAL),
    (date, STOP | BLANK | NO_CAPITAL),
    (doubtful_word, STOP | BLANK),
    # at a blank, or with none
    (stammer, OTHER | NO_BLANK),
    (quotation_goes_on, OTHER),
    (blank, BLANK),
    (before_cjk, NO_BLANK | NO_CAPITAL),
    (behind_cjk, NO_BLANK),
    (full_width_dot, STOP | NO_BLANK),
    (note_number, NO_BLANK | NO_CAPITAL),
    (closed_quotation, OTHER | NO_BLANK | CAPITAL),
    (glued, NO_BLANK),
    (no_blank, NO_BLANK),
)
"""Whether a mark ends a sentence: each rule, and the marks it is asked about."""


@cache
def _rules_for(is_stop: bool, apart: bool, capital: bool) -> tuple[Rule, ...]:
    situation = (STOP if is_stop else OTHER) | (BLANK if apart else NO_BLANK) | (CAPITAL if capital else NO_CAPITAL)
    return tuple(rule for rule, needs in RULES if needs & ~situation == 0)


def decide(mark: Mark) -> tuple[int, Rule]:
    """Where the sentence ends, `NO` or `HOLD`, and the rule that says so."""
    is_stop = mark.is_dot
    if is_stop or mark.run[0] in ".!?":
        mark.word = _last_word(mark.text, mark.begin, mark.start)
    for rule in _rules_for(is_stop, mark.apart, mark.text[mark.end].isupper()):
        verdict = rule(mark)
        if verdict is not None:
            return verdict, rule
    raise AssertionError("the last rule always decides")
