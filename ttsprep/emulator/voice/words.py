"""Which words a sentence has, and when each is heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import regex

from ttsprep.counting import HAN

__all__ = ["Token", "timed", "tokens"]

# One Han character; or letters, marks and digits, joined by an apostrophe, hyphen or point between them (don't,
# 3.14, U.S); or a sign that is read out.
_TOKEN = regex.compile(
    rf"[{HAN}]\p{{M}}*"
    rf"|[\p{{L}}\p{{N}}--[{HAN}]][\p{{L}}\p{{M}}\p{{N}}--[{HAN}]]*"
    rf"(?:['’.,:/_-][\p{{L}}\p{{N}}--[{HAN}]][\p{{L}}\p{{M}}\p{{N}}--[{HAN}]]*)*"
    rf"|[\p{{Sc}}\p{{So}}%‰&@+=×÷±]\p{{M}}*",
    regex.V1,
)


class Token(NamedTuple):
    """Where a word stands in its sentence, in code points."""

    begin: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text.

    >>> [("中A文 don't 3.14。")[a:b] for a, b in tokens("中A文 don't 3.14。")]
    ['中', 'A', '文', "don't", '3.14']
    """
    return [Token(*found.span()) for found in _TOKEN.finditer(text)]


def timed(words: Sequence[Token], heard: Iterable[tuple[int, float]], length: float) -> list[tuple[float, float]]:
    """When each word begins and ends, from what the engine reported.

    `heard` are (position in the text, time); several for one word count once, and a word without any shares
    the time up to the next by its length. Times ascend and stay within `length`.

    >>> timed([Token(0, 1), Token(1, 2), Token(3, 4)], [(0, 0.0), (3, 0.5)], 0.8)
    [(0.0, 0.25), (0.25, 0.5), (0.5, 0.8)]
    """
    if not words:
        return []
    begins: list[float | None] = [None] * len(words)
    at = 0
    for position, time in sorted(heard):
        while at < len(words) and words[at].end <= position:
            at += 1
        if at < len(words) and begins[at] is None and words[at].begin <= position:
            begins[at] = time
    begins[0] = begins[0] or 0.0
    return _filled(words, begins, length)


def _filled(words: Sequence[Token], begins: list[float | None], length: float) -> list[tuple[float, float]]:
    known = [index for index, time in enumerate(begins) if time is not None]
    edges: list[float] = []
    latest = 0.0
    for index, after in zip(known, [*known[1:], len(words)], strict=True):
        start = min(max(latest, begins[index] or 0.0), length)
        stop = length if after == len(words) else min(max(start, begins[after] or 0.0), length)
        sizes = [word.end - word.begin for word in words[index:after]]
        done = 0
        for size in sizes:
            edges.append(start + (stop - start) * done / sum(sizes))
            done += size
        latest = stop
    return list(zip(edges, [*edges[1:], length], strict=True))
