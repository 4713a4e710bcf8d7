"""Tiny scanners: where markup begins and ends. They find, and judge nothing.

Each runs in time linear in the text, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ttsprep.late import late_pattern

__all__ = ["character_data", "data_spans", "formula_end", "formulas", "is_speakable", "is_ssml", "speak_tag"]

_MARKUP = re.compile(
    r"""
    <!-- | <\? | <!\[CDATA\[                                     # openers, whose closers are searched for
  | </?[A-Za-z_:] (?: [^<>"']++ | "[^"<]*+" | '[^'<]*+' )*+ >   # a tag; no attribute value may hold "<"
    """,
    re.VERBOSE,
)
_CLOSERS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}

_BEFORE = r"\s*+(?:<\?.*?\?>\s*+|<!--.*?-->\s*+)*+"
_SPEAK = re.compile(rf"{_BEFORE}<speak[\s/>]", re.DOTALL)
_MEANT_SPEAK = re.compile(rf"{_BEFORE}(<[sS][pP][eE][aA][kK])[\s/>]", re.DOTALL)


def is_ssml(text: str) -> bool:
    """Whether the first element of `text` is ``<speak>`` (TXT-04); an XML declaration and comments may precede.

    >>> is_ssml(" <speak>你好</speak>"), is_ssml("a <speak>"), is_ssml("<speaker>")
    (True, False, False)
    """
    return _SPEAK.match(text) is not None


def speak_tag(text: str) -> tuple[int, int] | None:
    """Where ``<speak`` stands if it is the first element, in any case: SSML is meant, and may be faulty.

    Only `is_ssml` decides what counts.

    >>> speak_tag(" <Speak>你好</Speak>"), speak_tag("a <speak>")
    ((1, 7), None)
    """
    found = _MEANT_SPEAK.match(text)
    return found and found.span(1)


def character_data(ssml: str) -> str:
    """What stands between the tags, with character references as written.

    >>> character_data('<speak rate="1.2">1 &lt; 2<break/><!-- no --><![CDATA[<3]]></speak>')
    '1 &lt; 2<3'
    """
    return "".join(ssml[start:end] for start, end in data_spans(ssml))


def data_spans(ssml: str) -> Iterator[tuple[int, int]]:
    """Where character data begins and ends. What never closes (a comment) is text: nothing is under-counted."""
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


_HEARD = re.compile(r"(?:&(?:lt|gt|amp|quot|apos);|[\W_])*+[^\W_]")
"""The same behind marks, escaped ones too: the name of an entity is not spoken."""
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# Marks are spoken where a say-as spells them out, and a sub speaks its alias.
_READ_OUT = late_pattern(
    r"""<say-as[\s/][^<>]*>[^<]*[^<\s] | \salias\s*=\s*(?: "[^"<]*[^\W_] | '[^'<]*[^\W_] )""", re.VERBOSE
)


def is_speakable(text: str) -> bool:
    """Whether there is a letter, a digit or an ideograph to speak; marks and emoji alone are not (FLW-12).

    In SSML marks in a ``say-as`` are spoken, too, and the alias of a ``sub``.

    >>> is_speakable("——！"), is_speakable("7"), is_speakable("<speak>……</speak>")
    (False, True, False)
    >>> is_speakable('<speak><say-as interpret-as="punctuation">./:</say-as></speak>')
    True
    >>> is_speakable("<speak>&lt;</speak>")
    False
    """
    if not is_ssml(text):
        return _LETTER_OR_DIGIT.search(text) is not None
    return _HEARD.match(character_data(text)) is not None or _READ_OUT.search(text) is not None


# --- formulas

_FORMULA = (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"))
_FORMULA_OPENER = re.compile(r"(?<!\\)(?:\\\\)*+(\$|\\[(\[])")
_NOTHING = " \t\r\n\\"  # no formula is made of these alone
_OPERATOR = re.compile(r"[\\^_{}=<>+*/]")
_NOTE = late_pattern("[^\\W\\d_]{2}|[\u3400-\u9fff]|\\A[0-9, ]+\\Z")
_WORDS = late_pattern("[\\s\u3001-\u303f\u3400-\u9fff\uff00-\uffef]")


def formulas(text: str) -> Iterator[tuple[int, int]]:
    """Where the LaTeX formulas of a text begin and end, with their delimiters (TXT-07).

    >>> [r"Is $a^2$ worth $5 and $6?"[start:end] for start, end in formulas(r"Is $a^2$ worth $5 and $6?")]
    ['$a^2$']
    """
    if "$" not in text and "\\" not in text:
        return
    last: dict[str, int] = {}
    at = 0
    while found := _FORMULA_OPENER.search(text, at):
        start = found.start(1)
        end = formula_end(text, start, len(text), last)
        if end:
            yield start, end
        at = end or found.end()


def formula_end(text: str, start: int, stop: int, last: dict[str, int]) -> int:
    """Where the formula that opens at `start` ends, at most at `stop`; 0 if none opens there.

    The delimiters are ``$…$``, ``$$…$$``, ``\\(…\\)`` and ``\\[…\\]``. `last` remembers where each closer stands
    last in the text, so that searches in vain stay cheap; give the same dictionary for the same text.
    """
    for opener, closer in _FORMULA:
        if not text.startswith(opener, start):
            continue
        if closer not in last:
            last[closer] = text.rfind(closer)
        if last[closer] <= start:
            continue
        end = text.find(closer, start + len(opener), stop)
        while end > 0 and closer[0] == "$" and _is_escaped(text, end):
            end = text.find(closer, end + 1, stop)
        inner = text[start + len(opener) : end] if end > 0 else ""
        prose = _is_price(text, start, end, inner) if opener == "$" and inner else opener == "\\[" and _is_note(inner)
        if inner.strip(_NOTHING) and not prose:
            return end + len(closer)
    return 0


def _is_escaped(text: str, at: int) -> bool:
    before = text[max(0, at - 8) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _is_note(inner: str) -> bool:
    """Escaped brackets around words or a number, ``\\[sic\\]``, not a formula: no blank at their edges, no operator."""
    return inner == inner.strip() and not _OPERATOR.search(inner) and _NOTE.search(inner) is not None


def _is_price(text: str, start: int, end: int, inner: str) -> bool:
    """Two dollars that are money, not a formula: a blank inside them, a digit outside, or words after a sum."""
    outside = text[start - 1 : start] + text[end + 1 : end + 2]
    inside = inner[0] + inner[-1]
    spaced = any(map(str.isspace, inside)) or any(map(str.isdigit, outside))
    words = inner[0].isdigit() and not _OPERATOR.search(inner) and _WORDS.search(inner) is not None
    return spaced or words or "\n\n" in inner
