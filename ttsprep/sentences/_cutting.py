"""Cuts inside a sentence that is too long to be sent at once."""

from __future__ import annotations

import re
from itertools import accumulate

from ttsprep.counting import fitting
from ttsprep.late import late_pattern
from ttsprep.sentences._options import Segmenter

__all__ = ["LOOK_AHEAD", "best_cut", "cut"]

# What no cut may fall into, clause marks with the closers and blanks behind them, and blanks. Each alternative runs
# possessively from a place where none of its kind came before, so that the search is linear in any text.
_PLACES = late_pattern(
    r"""
    (?: (?:https?|ftp|wss?)://|(?<![\w.])www\. ) [^\s<>"，。、；：！？（）《》「」“”]++    # URL
  | (?<![\w.+-]) [\w.+-]++ @ [\w.-]++                                                      # e-mail
  | \d++ (?: [.,:/٫٬．，] \d++ )*+ [%％‰°]?+                                                # number, time, date
  | (?P<clause> (?: [，、；：﹐､，]|——?|[–⸺]|[,;:](?=\s|[^\x00-\x7f]) )++ [)\]」』”’》）】"']*+ ) \s*+
  | (?P<blank> \s++ )
    """,
    re.VERBOSE,
)
LOOK_AHEAD = 64  # enough to see that what begins before a limit goes on behind it
_SIMPLE = late_pattern("[0-9A-Za-z ,.\u3001\u3002\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uac00-\ud7a3\uff0c]{2}")
_BACK = 256  # how far back to look for two characters that no cluster joins
_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def cut(text: str, limit: int, *, segmenter: Segmenter | None = None) -> list[int]:
    """Where to cut `text` so that no part counts more than `limit` (TXT-01): ascending offsets, the ends left out.

    Each part ends at the last clause mark that fits, else at the last blank, else with the last word of `segmenter`
    where there is one, else at a grapheme cluster; no cut falls into a number, a URL or an e-mail address unless that
    alone is longer than the limit, nor into a combining sequence unless that alone is. Every character counts as it
    stands. `segmenter` takes a text and gives its words, which joined are the text. Raises ValueError for a limit below
    2, and where the words are not the text.

    >>> cut("一二三，四五六 seven", 9)
    [4, 8]
    >>> cut("costs 1,234.5 dollars", 10)
    [6, 14]
    >>> cut("上海自来水来自海上", 9, segmenter=lambda text: re.findall("上海|自来水|来自|海上|.", text))
    [2, 5]
    """
    if limit < 2:
        raise ValueError(f"no Han character fits into a limit of {limit}")
    cuts: list[int] = []
    start, end = 0, fitting(text, limit)
    while end < len(text):
        start = best_cut(text, start, end, len(text), segmenter)
        cuts.append(start)
        end = fitting(text, limit, start)
    return cuts


def best_cut(text: str, start: int, end: int, stop: int, segmenter: Segmenter | None = None) -> int:
    """The best cut in ``start < cut <= end`` of a sentence that goes on to `stop`, which is behind `end`."""
    clause = blank = 0
    whole = end  # the start of what no cut may fall into, if it straddles `end`
    for found in _PLACES.finditer(text, start, min(end + LOOK_AHEAD, stop)):
        if found.start() >= end:
            break
        if found["clause"]:
            if found.end("clause") <= end:
                clause = min(found.end(), end)
        elif found["blank"]:
            blank = min(found.end(), end)
        elif found.end() > end:
            whole = found.start()
    word = 0
    if segmenter and not (clause or blank):
        word = start + _word_end(text[start : min(end + LOOK_AHEAD, stop)], end - start, segmenter)
    for best in (clause, blank, min(word, whole), whole, end):
        if best > start and (at := _cluster_end(text, start, best)) > start:
            return at
    return end


def _word_end(text: str, limit: int, segmenter: Segmenter) -> int:
    """Where the last word ends that fits."""
    words = list(segmenter(text))
    if "".join(words) != text:
        raise ValueError(f"the words of the segmenter are not its text: {words!r}")
    return max((end for end in accumulate(map(len, words)) if end <= limit), default=0)


def _cluster_end(text: str, start: int, end: int) -> int:
    """The last end of a grapheme cluster up to `end`; `start` where one cluster fills it all."""
    if text[end] in _FLAG_LETTERS:  # pairs from the start of their row: found here, for `regex` counts back each time
        row = text[start:end]
        odd = (len(row) - len(row.rstrip(_FLAG_LETTERS))) % 2
        return end - odd
    before = start
    for pair in _SIMPLE.finditer(text, max(start, end - _BACK), end):
        before = pair.start() + 1
    import regex  # takes a while to import, and hardly any sentence is so long

    last = before
    for cluster in regex.finditer(r"\X", text, pos=before, endpos=min(end + 1, len(text))):
        if cluster.end() > end:
            break
        last = cluster.end()
    return last
