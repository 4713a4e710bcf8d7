"""Character references and the five predefined entities: what they stand for, and what is wrong with one.

>>> decode("1 &lt; 2 &#x4F60; &nbsp;")
'1 < 2 你 \\xa0'
>>> [str(fault) for fault in reference_faults("Q&A &nbsp;")][0]
"SSM015 error: '&' has to be written '&amp;'"

`decode` reads on where there is a fault: an entity of HTML stands for its character, everything else for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ttsprep.diagnostics import Diagnostic, Fix, Span
from ttsprep.rules import ssml_character_reference, ssml_unescaped_ampersand, ssml_unknown_entity

__all__ = ["clip", "decode", "escape", "reference_faults"]

_PREDEFINED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_REFERENCE = re.compile(
    r"&(?:#(?:(?P<decimal>[0-9]+)|x(?P<hex>[0-9A-Fa-f]+));|(?P<name>[A-Za-z][A-Za-z0-9]*);|(?P<odd>#[^;&<>\s]{0,20};)?)"
)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
_ESCAPED = re.compile("[&<>\"']")


_SHOWN = 60


def clip(text: str) -> str:
    """As much of a text as a message shows.

    >>> clip("a" * 100) == "a" * 60 + "…"
    True
    """
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def escape(text: str) -> str:
    """The text with the five characters written as entities: fit for text and for attribute values.

    >>> escape('Tom & "Jerry"')
    'Tom &amp; &quot;Jerry&quot;'
    """
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text)


def decode(text: str) -> str:
    """The text with its references replaced by what they stand for."""
    return _REFERENCE.sub(lambda found: _character(found) or found[0], text) if "&" in text else text


def reference_faults(text: str, start: int = 0) -> Iterator[Diagnostic]:
    """What is wrong with the references of a text that begins at `start`."""
    for found in _REFERENCE.finditer(text):
        span = Span(start + found.start(), start + found.end())
        if found["name"]:
            if found["name"] not in _PREDEFINED:
                yield _unknown(found["name"], span)
        elif found["decimal"] or found["hex"] or found["odd"]:
            if not _legal(_character(found)):
                yield _impossible(found[0], span)
        else:
            yield _bare(_FORGOTTEN.match(text, found.end()), span)


def _character(found: re.Match[str]) -> str:
    """What a reference stands for; "" for what stands for nothing."""
    if found["name"]:
        return _PREDEFINED.get(found["name"]) or _of_html(found["name"])
    digits, base = (found["decimal"], 10) if found["decimal"] else (found["hex"] or "", 16)
    digits = digits.lstrip("0")
    code = int(digits, base) if 0 < len(digits) <= 7 else 0
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def _of_html(name: str) -> str:
    from html.entities import html5

    return html5.get(f"{name};", "")


def _legal(character: str) -> bool:
    """Whether XML allows the character in a document."""
    return bool(character) and (character >= " " or character in "\t\n\r") and character not in "\ufffe\uffff"


def _unknown(name: str, span: Span) -> Diagnostic:
    known = "&lt; &gt; &amp; &quot; and &apos;"
    character = _of_html(name)
    if _legal(character):
        what = f"&{clip(name)}; is an entity of HTML; SSML knows only {known}"
        return ssml_unknown_entity.RULE.at(span, what, fix=Fix.replace(span, escape(character), safe=True))
    what = f"&{clip(name)}; is no entity; SSML knows only {known}"
    return ssml_unknown_entity.RULE.at(span, what, fix=Fix.replace(span, f"&amp;{name};", safe=False))


def _impossible(reference: str, span: Span) -> Diagnostic:
    what = f"{clip(reference)} refers to no character that XML allows"
    return ssml_character_reference.RULE.at(span, what, fix=Fix.replace(span, "", safe=False))


_FORGOTTEN = re.compile(r"(lt|gt|amp|quot|apos)\b")


def _bare(forgotten: re.Match[str] | None, span: Span) -> Diagnostic:
    if forgotten:
        what = f"'&{forgotten[0]}' lacks its semicolon"
        end = Span(span.end + len(forgotten[0]), span.end + len(forgotten[0]))
        fix = Fix.replace(end, ";", safe=False, title=f"write '&{forgotten[0]};'")
        return ssml_unescaped_ampersand.RULE.at(Span(span.start, end.start), what, fix=fix)
    what = "'&' has to be written '&amp;'"
    return ssml_unescaped_ampersand.RULE.at(span, what, fix=Fix.replace(span, "&amp;", safe=True))
