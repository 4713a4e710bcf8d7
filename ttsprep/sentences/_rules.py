"""The rules: whether a mark ends a sentence. `RULES` are asked in order; the first that knows, decides.

What a rule reads to the right of its mark is bounded: the next visible character, a word, or the few characters that
its pattern can match. Where that touches the end of an unfinished text it says `HOLD`. To the left it reads nothing
before the sentence. The docstring of a rule is what `explain` prints.
"""

from __future__ import annotations

from functools import cache

from ttsprep.sentences._any_mark import (
    citations,
    clause_goes_on,
    dash_goes_on,
    ellipsis_before_i,
    full_width,
    inside_brackets,
    inside_title,
    left_out,
    ordinary_word,
    small_letter,
    spaced_ellipsis,
)
from ttsprep.sentences._blank_behind import (
    blank,
    date,
    doubtful_word,
    item_number,
    next_item,
    number_word,
    quotation_goes_on,
    title,
)
from ttsprep.sentences._mark import Mark, Rule, last_word
from ttsprep.sentences._no_blank import (
    before_cjk,
    behind_cjk,
    closed_quotation,
    full_width_dot,
    glued,
    no_blank,
    note_number,
    stammer,
)

__all__ = ["RULES", "decide"]

# What a mark must be for a rule to be asked. A full stop is a single one with nothing that closes it.
STOP, OTHER, BLANK, NO_BLANK, CAPITAL, NO_CAPITAL, NO_LETTER = 1, 2, 4, 8, 16, 32, 64
ANY = 0

RULES: tuple[tuple[Rule, int], ...] = (
    # any mark, and first the most frequent
    (ordinary_word, STOP | BLANK | CAPITAL),
    (spaced_ellipsis, STOP),
    (clause_goes_on, NO_LETTER),
    (inside_title, OTHER),
    (inside_brackets, NO_LETTER),
    (left_out, OTHER),
    (full_width, OTHER),
    (dash_goes_on, NO_LETTER),
    (small_letter, NO_CAPITAL),
    (ellipsis_before_i, OTHER | BLANK | CAPITAL),
    (citations, BLANK | NO_LETTER),
    # in lists, behind abbreviations, initials and numbers
    (item_number, BLANK),
    (next_item, BLANK),
    (title, STOP),
    (number_word, STOP | NO_LETTER),
    (date, STOP | BLANK | NO_LETTER),
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
def _rules_for(situation: int) -> tuple[Rule, ...]:
    return tuple(rule for rule, needs in RULES if needs & ~situation == 0)


def decide(mark: Mark) -> tuple[int, Rule]:
    """Where the sentence ends, `NO` or `HOLD`, and the rule that says so."""
    run, following, situation = mark.run, mark.following, OTHER
    if run[0] in ".．!?":
        mark.word = last_word(mark.text, mark.begin, mark.start)
        if run in (".", "．") and not mark.closed:
            situation = STOP
    situation |= BLANK if mark.apart else NO_BLANK
    if not following.isalpha():
        situation |= NO_LETTER
    situation |= CAPITAL if following.isupper() else NO_CAPITAL
    for rule in _rules_for(situation):
        verdict = rule(mark)
        if verdict is not None:
            return verdict, rule
    raise AssertionError("the last rule always decides")
