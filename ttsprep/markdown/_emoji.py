"""Emoji in running text, and their names."""

from __future__ import annotations

import regex

__all__ = ["EMOJI", "name"]

_ONE = r"(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)\p{Emoji_Modifier}?\ufe0f?[\U000e0020-\U000e007f]*+"
EMOJI = regex.compile(
    rf"\p{{Regional_Indicator}}{{2}}|[0-9#*]\ufe0f?\u20e3|{_ONE}(?:\u200d(?:{_ONE}|\p{{Extended_Pictographic}}))*+"
)
"""One emoji, with what is joined to it. A sign that is text by default (©, ✓) is none without its selector."""


def name(sign: str, *, chinese: bool) -> str:
    """What an emoji is called; the sign itself where it has no name."""
    import emoji

    named = emoji.demojize(sign, language="zh" if chinese else "en", delimiters=("\0", "\0"))
    return named.replace("\0", " ").replace("_", " ").strip()
