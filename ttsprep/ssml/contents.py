"""What stands inside phoneme and say-as, against what their attributes say.

A content check is made once for a tag; `suits` is the quick question that nearly every element answers with yes.
Content with tags in it is not looked at: they are faults themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from ttsprep.counting import HAN
from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.rules import ssml_empty_element, ssml_say_as_content, ssml_syllable_count
from ttsprep.ssml.datatypes import collapse
from ttsprep.ssml.references import decode
from ttsprep.ssml.scanner import Tag

__all__ = ["ContentCheck", "content_check"]


class ContentCheck(Protocol):
    """What the attributes of one tag ask of the text inside."""

    def suits(self, content: str) -> bool:
        """Whether there is nothing to object to the text, as it stands in the source."""

    def objections(self, content: str, tag: Tag, start: int, inside: int) -> Iterator[Diagnostic]:
        """What is wrong; the tag begins at `start`, its content at `inside`."""


def content_check(element: str, tag: Tag) -> ContentCheck | None:
    """The check of the content of a tag; None where anything suits."""
    if element == "phoneme":
        return _Pinyin.of(tag)
    if element == "say-as":
        return _SayAs(collapse(tag.attributes.get("interpret-as", "")))
    return None


_HAN = re.compile(f"[{HAN}]")
_HAN_ONLY = re.compile(f"[{HAN}]+")


class _Pinyin:
    """As many Chinese characters as syllables."""

    def __init__(self, syllables: int) -> None:
        self._syllables = syllables

    @classmethod
    def of(cls, tag: Tag) -> _Pinyin | None:
        reading = tag.attributes.get("ph", "")
        if collapse(tag.attributes.get("alphabet", "")) != "py" or not reading:
            return None
        return cls(reading.count(" ") + 1 if reading == collapse(reading) else len(collapse(reading).split(" ")))

    def suits(self, content: str) -> bool:
        if len(content) == self._syllables and _HAN_ONLY.fullmatch(content):
            return True
        return "<" in content or len(_HAN.findall(decode(content))) == self._syllables

    def objections(self, content: str, tag: Tag, start: int, _inside: int) -> Iterator[Diagnostic]:
        value = tag.places["ph"].value
        characters = len(_HAN.findall(decode(content)))
        of = f"{characters} Chinese character{'s' * (characters != 1)}"
        what = f"{self._syllables} syllable{'s' * (self._syllables != 1)} for {of} in {_shown(content)}"
        yield ssml_syllable_count.RULE.at(Span(start + value.start, start + value.end), what)


class _SayAs:
    """One of the documented forms of its kind."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def suits(self, content: str) -> bool:
        return "<" in content or not self._objection(content)

    def objections(self, content: str, _tag: Tag, _start: int, inside: int) -> Iterator[Diagnostic]:
        span = Span(inside, inside + len(content))
        if not content.strip():
            yield ssml_empty_element.RULE.at(span, "there is nothing to read in <say-as>")
        else:
            yield ssml_say_as_content.RULE.at(span, self._objection(content))

    def _objection(self, content: str) -> str:
        from ttsprep.ssml.say_as import fits

        text = decode(content).strip()
        return (fits(self._kind, text) or "") if text else "nothing"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 20 else f"{text[:20]}…")
