"""Tiny scanners: where markup begins and ends. They find, and judge nothing.

Each runs in time linear in the text, whatever the text.
"""

from __future__ import annotations

import re

__all__ = ["TAG", "character_data", "is_speakable", "is_ssml"]

TAG = re.compile(
    r"""
      <!-- .*? -->                                              # comment
    | <\? .*? \?>                                               # processing instruction, XML declaration
    | </?[A-Za-z_:] (?: [^<>"']++ | "[^"<]*+" | '[^'<]*+' )*+ > # a tag; no attribute value may hold "<"
    """,
    re.VERBOSE | re.DOTALL,
)
"""One piece of SSML markup that is not spoken."""

_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_SPEAK = re.compile(r"\s*+(?:<\?.*?\?>\s*+|<!--.*?-->\s*+)*+<speak[\s/>]", re.DOTALL)


def is_ssml(text: str) -> bool:
    """Whether the first element of `text` is ``<speak>`` (TXT-04); an XML declaration and comments may precede.

    >>> is_ssml(" <speak>你好</speak>"), is_ssml("a <speak>"), is_ssml("<speaker>")
    (True, False, False)
    """
    return _SPEAK.match(text) is not None


def character_data(ssml: str) -> str:
    """What stands between the tags, with character references as written.

    >>> character_data('<speak rate="1.2">1 &lt; 2<break/><!-- no --><![CDATA[<3]]></speak>')
    '1 &lt; 2<3'
    """
    parts = _CDATA.split(ssml)
    parts[::2] = [TAG.sub("", outside) for outside in parts[::2]]
    return "".join(parts)


_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def is_speakable(text: str) -> bool:
    """Whether there is a letter, a digit or an ideograph to speak; marks and emoji alone are not (FLW-12).

    >>> is_speakable("——！"), is_speakable("7"), is_speakable("<speak>……</speak>")
    (False, True, False)
    """
    return _LETTER_OR_DIGIT.search(character_data(text) if is_ssml(text) else text) is not None
