"""What stands inside phoneme and say-as, against what their attributes say.

A content check is made once for a tag; `suits` is the quick question that nearly every element answers with yes.
Content with tags in it is not looked at: they are faults themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Protocol

from ttsprep.counting import HAN
from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.late import late_pattern
from ttsprep.pinyin import is_syllable, near, normalize
from ttsprep.rules import ssml_empty_element, ssml_say_as_content, ssml_syllable_count, ssml_unknown_syllable
from ttsprep.ssml.datatypes import Datatype, collapse
from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.references import clip, decode
from ttsprep.ssml.say_as_forms import Kind, fits, kinds
from ttsprep.ssml.scanner import BLANK, Tag, list_items

__all__ = ["ContentCheck", "content_check"]


class ContentCheck(Protocol):
    """What the attributes of one tag ask of the text inside."""

    def flaws(self, tag: Tag) -> Iterator[Diagnostic]:
        """What is wrong with what they ask; counts from the "<" of the tag."""

    def suits(self, content: str) -> bool:
        """Whether there is nothing to object to the text, as it stands in the source."""

    def objections(self, content: str, tag: Tag, start: int, inside: int) -> Iterator[Diagnostic]:
        """What is wrong; the tag begins at `start`, its content at `inside`."""


def content_check(element: str, tag: Tag) -> ContentCheck | None:
    """The check of the content of a tag; None where anything suits."""
    if element == "phoneme":
        syllables = _pinyin_syllables(tag)
        return None if syllables is None else _Pinyin(syllables)
    if element == "say-as":
        kind = kinds().get(collapse(tag.attributes.get("interpret-as", "")))
        return _SayAs(kind) if kind else None
    return None


def _pinyin_syllables(tag: Tag) -> list[str] | None:
    """The syllables of a phoneme in pinyin, as they are or as they were meant; None for any other."""
    reading = tag.attributes.get("ph", "")
    if collapse(tag.attributes.get("alphabet", _PINYIN)) != _PINYIN:
        return None
    datatype = _pinyin_reading()
    if datatype.usual(reading):
        return reading.split(" ")
    if not datatype.accepts(reading):
        reading = normalize(reading) or ""
    return collapse(reading).split(" ") if datatype.accepts(reading) else None


_PINYIN = "py"
_is_syllable = lru_cache(4096)(is_syllable)


@cache
def _pinyin_reading() -> Datatype:
    branches = grammar().elements["phoneme"].branches
    return next(branch["ph"].datatype for branch in branches if branch["alphabet"].datatype.accepts(_PINYIN))


_HAN = late_pattern(f"[{HAN}]")
_HAN_ONLY = late_pattern(f"[{HAN}]+")


class _Pinyin:
    """As many Chinese characters as syllables."""

    def __init__(self, syllables: list[str]) -> None:
        self._syllables = len(syllables)
        self._unknown = [syllable for syllable in syllables if not _is_syllable(syllable)]

    def flaws(self, tag: Tag) -> Iterator[Diagnostic]:
        value = tag.places["ph"].value
        places = {item.of(tag.source): item for item in reversed(list_items(value, tag.source))}
        for syllable in self._unknown:
            meant = near(syllable)
            hint = f"; did you mean {meant!r}?" if meant else ""
            what = f"{clip(syllable)!r} is no pinyin syllable{hint}"
            yield ssml_unknown_syllable.RULE.at(places.get(syllable, value), what)

    def suits(self, content: str) -> bool:
        if len(content) == self._syllables and _HAN_ONLY.fullmatch(content):
            return True
        return "<" in content or len(_HAN.findall(decode(content))) == self._syllables

    def objections(self, content: str, tag: Tag, start: int, _inside: int) -> Iterator[Diagnostic]:
        value = tag.places["ph"].value
        characters = len(_HAN.findall(decode(content)))
        of = f"{characters} Chinese character{'s' * (characters != 1)}"
        what = f"{self._syllables} syllable{'s' * (self._syllables != 1)} for {of} in {clip(content)!r}"
        yield ssml_syllable_count.RULE.at(Span(start + value.start, start + value.end), what)


class _SayAs:
    """One of the documented forms of its kind."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind

    def flaws(self, _tag: Tag) -> Iterator[Diagnostic]:
        yield from ()

    def suits(self, content: str) -> bool:
        return "<" in content or self._kind.fits(decode(content).strip(BLANK))

    def objections(self, content: str, _tag: Tag, _start: int, inside: int) -> Iterator[Diagnostic]:
        span = Span(inside, inside + len(content))
        text = decode(content).strip(BLANK)
        if not text:
            yield ssml_empty_element.RULE.at(span, "there is nothing to read in <say-as>")
        else:
            yield ssml_say_as_content.RULE.at(span, fits(self._kind.name, text) or "")
