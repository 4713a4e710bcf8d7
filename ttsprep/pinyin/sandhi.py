"""Tones that change beside others: where a reading writes them as they are spoken.

>>> spoken_tones("一定", "yi2 ding4")
["'yi2' for 一 is its tone as spoken before 'ding4': dictionaries write 'yi1'"]
>>> spoken_tones("你好", "ni2 hao3")
["'ni2' for 你 is its tone as spoken before 'hao3': dictionaries write 'ni3'"]
>>> spoken_tones("第一", "di4 yi1"), spoken_tones("一个", "yi1 ge4")
([], [])

Dictionaries and the orthography write the tone that a character has alone, and voices make the change themselves. What
the service expects is nowhere said, so this is worth a note, no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ttsprep.catalog import tables

__all__ = ["spoken_tones"]

_CHANGED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "一": ("yi1", {"yi2": "4", "yi4": "123"}),
    "不": ("bu4", {"bu2": "4"}),
}
"""A character → its syllable, and each changed one with the tones before which it is heard."""


_CHANGES = re.compile("2 [^ ]+3")


@cache
def _third() -> frozenset[tuple[str, str]]:
    """Characters with a syllable that they have in the third tone, and not in the second."""
    rows = tables("pinyin")["sandhi"]["third"].items()
    return frozenset((character, letters) for letters, row in rows for character in row)


def spoken_tones(text: str, reading: str) -> list[str]:
    """A sentence for each syllable of `reading`, in canonical form, whose tone is that of running speech.

    Nothing where text and reading do not have the same length.
    """
    if not _CHANGES.search(reading) and _CHANGED.keys().isdisjoint(text):
        return []
    syllables = reading.split(" ")
    if len(syllables) != len(text):
        return []
    found = []
    for character, syllable, following in zip(text, syllables, syllables[1:], strict=False):
        plain = _plain(character, syllable, following)
        if plain:
            found.append(
                f"'{syllable}' for {character} is its tone as spoken before '{following}': dictionaries write '{plain}'"
            )
    return found


def _plain(character: str, syllable: str, following: str) -> str:
    """The syllable that dictionaries write, if this is another."""
    if character in _CHANGED:
        plain, changed = _CHANGED[character]
        return plain if following[-1] in changed.get(syllable, "") else ""
    if syllable.endswith("2") and following.endswith("3") and (character, syllable[:-1]) in _third():
        return syllable[:-1] + "3"
    return ""
