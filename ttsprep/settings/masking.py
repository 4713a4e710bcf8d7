"""What looks like an API key is not shown (HDR-06)."""

from __future__ import annotations

import re

__all__ = ["like_a_key", "masked"]

_KEY = re.compile(r"(?<![\w-])(?:sk-[\w%-]{6,}|(?i:bearer)\s+[\w.%-]{16,})")
_HEADER = re.compile(r"\s*+(?i:bearer)\s+\S++\s*+")
_MASK = "[key]"


def like_a_key(text: str) -> bool:
    """Whether something in the text looks like an API key, or the value of an Authorization header.

    >>> like_a_key("sk-0123456789"), like_a_key("Bearer x"), like_a_key("ask-anybody"), like_a_key("sk-SK")
    (True, True, False, False)
    >>> like_a_key("the bearer of news")
    False
    """
    return _KEY.search(text) is not None or _HEADER.fullmatch(text) is not None


def masked(text: str) -> str:
    """The text without what looks like an API key.

    >>> masked("no sk-0123456789 here")
    'no [key] here'
    """
    return _KEY.sub(_MASK, text)
