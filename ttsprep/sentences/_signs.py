"""The signs that matter to sentences, and the pattern that finds every place where one may end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ttsprep.counting import HAN
from ttsprep.sentences._words import words_for

__all__ = [
    "BLANK_LINE",
    "CJK",
    "CLOSERS",
    "DOTS",
    "EITHER_WAY",
    "ENUMERATOR",
    "FULL",
    "LETTER",
    "LINE",
    "LINE_END",
    "MARK",
    "MARKED_LINE",
    "MARKS",
    "OPAQUE",
    "PAUSE",
    "PLAIN_QUOTES",
    "SIGNS",
    "THAI",
    "UNFINISHED",
    "candidates",
]  # fmt: skip

FULL = "。！？｡‼⁇⁈⁉।॥؟۔"
"""They end a sentence whatever follows."""
DOTS = "…‥⋯"
MARKS = FULL + DOTS + ".!?．"
CLOSERS = r")\]}）］】〕〗〙〛｝」』”’›»》〉＞"
PLAIN_QUOTES = '"＂'
EITHER_WAY = "\"'`＂＇“‘«‹"
"""They close in one language and open in another."""
SIGNS = "\u2600-\u2775\u2794-\u27bf\u2b05-\u2b55\u200d\u20e3\ufe0f\U0001f000-\U0001faff"
"""Emoji and the like: nobody speaks them; they stay with the mark they stand right behind."""
SMALL = "a-zà-öø-ÿа-яё"
CAPITAL = "A-ZÀ-ÖØ-ÞА-ЯЁ"
LETTER = "0-9A-Za-z\u00c0-\u052f\u0e00-\u0e4e\u1e00-\u1fff"
"""What a word may begin with that has a full stop behind it."""
CJK = f"{HAN}\u3040-\u30ff\uac00-\ud7af"
THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"

MARK, MARKED_LINE, LINE, LINE_END, OPAQUE, ENUMERATOR, PAUSE = range(1, 8)
"""The last group that took part in a candidate says what it is; where none did, a sentence ends with it."""

# Tags and formulas. What is opened must be closed within a bounded number of characters; a tag has no mark of a
# sentence outside its quotes, so that a stray "<" never holds up a stream for long.
_INSIDE_TAG = rf"""(?: [^<>"'{MARKS}]{{1,200}}+ | "[^"<]{{0,400}}+" | '[^'<]{{0,400}}+' ){{0,16}}+"""
_INSIDE_PARENS, _INSIDE_BRACKETS = (r"(?: [^\\] | \\[^()] ){0,400}+", r"(?: [^\\] | \\[^\[\]] ){0,400}+")
_OPAQUE = rf"""
      (?<= < ) (?: [A-Za-z/] {_INSIDE_TAG} > | !-- (?: [^-] | -(?!->) ){{0,400}}+ --> )
    | (?<= \$ ) (?<! \$\$ ) (?: \$ [^$]{{1,400}}+ \$\$ | [A-Za-z\\({{|-] [^$\n\r]{{0,200}}+ (?<! [\s\\] ) \$ (?!\d)
                  | \d [!-#%-~]{{0,200}}+ (?<! \\ ) \$ (?!\d) )
    | (?<= \\ ) (?: \( {_INSIDE_PARENS} \\\) | \[ {_INSIDE_BRACKETS} \\\] )
"""
UNFINISHED = re.compile(
    rf"""
      < (?: [A-Za-z/] {_INSIDE_TAG} (?: "[^"<]{{0,400}}+ | '[^'<]{{0,400}}+ )?
          | ! -? | !-- (?: [^-] | -(?!->) ){{0,400}}+ )?
    | (?<! \$ ) \$ (?: \$ [^$]{{0,400}}+ \$? | [A-Za-z\\({{|-] [^$\n\r]{{0,200}}+ \$? | \d [!-#%-~]{{0,200}}+ \$? )?
    | \\ (?: \( {_INSIDE_PARENS} \\? | \[ {_INSIDE_BRACKETS} \\? )?
    """,
    re.VERBOSE,
)
"""What may become a tag or a formula when more text comes."""

BLANK_LINE = re.compile(r"[^\S\r\n]*+(?:\r\n?|\n|\Z)")

# A single class stands first so that `re` searches for it fast; then a look behind tells the kind, the most frequent
# first, and of marks comes first what needs no second look, then what ends nothing. The look-behind for two marks keeps
# a candidate from beginning inside a run, without which a row of 200,000 dots would be read from each dot anew.
_CANDIDATE = rf"""
    [\n\r<$\\){THAI}{MARKS}]
    (?: (?<= [{MARKS}] )
        (?: (?= [ ]["“(]?[{CAPITAL}][{SMALL}\x20'] )
            (?: (?<= [{SMALL}{CAPITAL}][{SMALL}]{{2}}\. ) NO_ABBREVIATION
              | (?= [ ][{CAPITAL}] )
                (?: (?<= [ ][a-z]{{2}}\. ) NO_SHORT_ONE
                  | (?<= [{SMALL}][!?] )
                  | (?<= [A-HJ-UWYZ][A-Z]{{2}}\. ) NO_SHOUTED_ONE
                  | (?<= [0-9]{{4}}\. ) | (?<= [a-z]{{3}}[)"”]\. ) | (?<= [a-z]'[a-z]\. ) )
            ) [ ]
          | (?<= [^{MARKS}]。 ) (?= [0-9A-Za-z{CJK}] )
          | (?<! [{MARKS}][{MARKS}] )
            (?! (?<= [^\s][.!?] ) (?: [.!?…]*+ [a-z@] | [ ] [,;:!?] )     # a.b, so...so, me...@x, yes. ? no
              | (?<= [^\s]\. ) [.]++ [ ] [a-z](?!\)|\Z)                   # well... yes
              | (?<= [0-9]\. ) [0-9] | (?<= [A-Z]\. ) [A-Z]\.            # 3.14, U.S.
              | (?<= [a-z]\. ) [0-9]++ [a-z] )                            # www.4ever
            (?: (?<= [{SMALL}]{{3}}[.!?] ) [)"”’] [ ] (?= [{CAPITAL}][{SMALL}\x20'] )
              | [{MARKS}]*+
                ( (?: [{CLOSERS}{SIGNS}]
                    | [ ] [{SIGNS}]++ (?= \s | \Z )
                    | </ [A-Za-z][\w-]{{0,32}}+ >
                    | \[ [0-9]{{1,3}} \] | \[ [0-9]{{0,3}} \Z    # a reference: [1]
                    | [{EITHER_WAY}] (?= [\s{CLOSERS}{EITHER_WAY},;:，、；：{MARKS}] | \Z )
                    | [\u00a0\u202f\x20] (?: [»›)\]}}”] (?= [\s,;:.] | \Z ) | (?: "|''|`` ) (?= [,;:.–-] | \Z ) )
                  )*+ )
                [^\S\r\n]*+ (?: (\n) ON_ONE_LINE \s*+ )?
            )
        )
      | (?<= [\n\r] ) (?: (?<= ON_ONE_LINE \n ) () \s*+ | () )
      | (?<= [<$\\] ) ( {_OPAQUE} | )
      | (?: (?<= \s[0-9a-z]\) ) | (?<= \s[0-9][0-9]\) ) ) ( (?=\s) | \Z )
      | (?<= [{THAI}] ) [{THAI}]*+ ( [ ]*+ )
    )
"""


@cache
def candidates(wrapped: bool = False, language: str | None = None) -> re.Pattern[str]:
    """Every place where a sentence may end; where lines are `wrapped`, no line ending does so at first sight."""
    words = words_for(language)
    pattern = _CANDIDATE.replace("NO_ABBREVIATION", _not_behind(words.like_words))
    pattern = pattern.replace("NO_SHORT_ONE", _not_behind(word for word in words.before_capitals if len(word) == 2))
    shouted = (word.upper() for word in words.before_capitals if len(word) > 2 and word[-3:].isalpha())
    pattern = pattern.replace("NO_SHOUTED_ONE", _not_behind(shouted))
    never = r"(?!)"
    pattern = pattern.replace(r"(?<= ON_ONE_LINE \n )", never if wrapped else r"(?<= \S\n )")
    return re.compile(pattern.replace("ON_ONE_LINE", never if wrapped else ""), re.VERBOSE)


def _not_behind(words: Iterable[str]) -> str:
    """A pattern that fails behind any of the words and its stop; those of one width in one look-behind."""
    by_width: dict[int, list[str]] = {}
    for word in sorted(set(words)):
        by_width.setdefault(len(word), []).append(re.escape(word))
    return "".join(rf"(?<! (?<! [{LETTER}] ) (?:{'|'.join(same)})\. )" for same in by_width.values())
