"""Did you mean? How alike two words are, and which known word a misspelt one stands for."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from itertools import takewhile

__all__ = ["distance", "folded", "likeness", "suggest"]

_LETTERS_PER_SLIP = 4
_SHORTEST_BEGINNING = 4
_FAR = (sys.maxsize, 0, "")


def distance(one: str, other: str) -> int:
    """How many characters must be put in, left out, replaced or swapped with their neighbour to make one the other.

    >>> distance("fromat", "format"), distance("longanyan", "longanyang"), distance("", "abc")
    (1, 1, 3)

    One pass over `other`; the columns of the usual table are bits (Hyyrö 2003).
    """
    if not one:
        return len(other)
    places: dict[str, int] = {}
    for at, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << at
    every, last = (1 << len(one)) - 1, 1 << len(one) - 1
    up, down, diagonal, before, score = every, 0, 0, 0, len(one)
    for character in other:
        same = places.get(character, 0)
        swapped = (~diagonal & same) << 1 & before
        diagonal = (((same & up) + up) ^ up) | same | down | swapped
        right, left = (down | ~(diagonal | up)) & every, diagonal & up
        score += (right & last != 0) - (left & last != 0)
        right = right << 1 | 1
        up, down, before = (left << 1 | ~(diagonal | right)) & every, right & diagonal & every, same
    return score


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same but for case).

    >>> likeness("Format", "format"), likeness("fromat", "format") > 0.8
    (1.0, True)
    """
    one, other = one.casefold(), other.casefold()
    return 1 - distance(one, other) / max(len(one), len(other), 1)


def folded(word: str) -> str:
    """Without case, and without what people put between the parts of a name.

    >>> folded("CosyVoice v3-Flash") == folded("cosyvoice_v3_flash")
    True
    """
    return re.sub(r"[\s_-]+", "", word.casefold())


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def suggest(word: str, candidates: Iterable[str], aliases: Mapping[str, str] | None = None) -> str | None:
    """The candidate that was probably meant, or ``None``; `aliases` maps what people write instead to candidates.

    First comes what differs in case and joints only, then a slip of the keyboard for every four characters, then the
    only candidate that begins so.

    >>> suggest("MP3", ["pcm", "wav", "mp3", "opus"]), suggest("ogg", ["opus"], {"ogg": "opus"})
    ('mp3', 'opus')
    >>> suggest("long an yang", ["longanyang", "longanhuan"]), suggest("longanyan", ["longanyang", "longanhuan"])
    ('longanyang', 'longanyang')
    >>> suggest("something else", ["opus"])
    """
    known = {folded(candidate): candidate for candidate in candidates}
    known |= {folded(alias): meant for alias, meant in (aliases or {}).items()}
    wanted = folded(word)
    if wanted in known:
        return known[wanted]
    most = (len(wanted) + 1) // _LETTERS_PER_SLIP
    alike = [other for other in known if abs(len(other) - len(wanted)) <= most]
    slips, _, near = min(((distance(wanted, other), -_shared(wanted, other), other) for other in alike), default=_FAR)
    if slips <= most:
        return known[near]
    begun = {meant for other, meant in known.items() if other.startswith(wanted)}
    return begun.pop() if len(begun) == 1 and len(wanted) >= _SHORTEST_BEGINNING else None
