"""Tiny scanners: where markup begins and ends. They find, and judge nothing.

Each runs in time linear in the text, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["character_data", "is_speakable", "is_ssml"]

_MARKUP = re.compile(
    r"""
    <!-- | <\? | <!\[CDATA\[                                     # openers, whose closers are searched for
  | </?[A-Za-z_:] (?: [^<>"']++ | "[^"<]*+" | '[^'<]*+' )*+ >   # a tag; no attribute value may hold "<"
    """,
    re.VERBOSE,
)
_CLOSERS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}

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
    return "".join(ssml[start:end] for start, end in _data(ssml))


def _data(ssml: str) -> Iterator[tuple[int, int]]:
    """The stretches that are spoken. A comment or the like that never closes is text: it is not under-counted."""
    at = begun = 0
    closers = dict(_CLOSERS)
    while found := _MARKUP.search(ssml, at):
        start, at = found.span()
        opener = found[0]
        if opener in _CLOSERS:
            closer = closers.get(opener, "")
            end = ssml.find(closer, at) if closer else -1
            if end < 0:  # nor does a later one
                closers.pop(opener, None)
                continue
            if opener == "<![CDATA[":
                yield begun, start
                begun, start = at, end
            at = end + len(closer)
        yield begun, start
        begun = at
    yield begun, len(ssml)


_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def is_speakable(text: str) -> bool:
    """Whether there is a letter, a digit or an ideograph to speak; marks and emoji alone are not (FLW-12).

    >>> is_speakable("——！"), is_speakable("7"), is_speakable("<speak>……</speak>")
    (False, True, False)
    """
    return _LETTER_OR_DIGIT.search(character_data(text) if is_ssml(text) else text) is not None
