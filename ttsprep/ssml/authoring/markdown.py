"""From Markdown to SSML: what the stripper leaves, with pauses between the blocks and with pronunciations.

>>> print(from_markdown("# 当铺\\n\\n去{典当行|dian3 dang4 hang2}。"))
<speak>当铺。<break time="700ms"/>
去<phoneme alphabet="py" ph="dian3 dang4 hang2">典当行</phoneme>。</speak>

A pronunciation stands in braces behind the text: pinyin for Chinese, phones of the CMU dictionary for English
(``{sin|S AY N}``). ``\\{`` is a brace. Between a text and its pronunciation in a table write ``\\|``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property

from ttsprep.diagnostics import Edit, Fix, Span
from ttsprep.markdown import MarkdownOptions, strip
from ttsprep.rules import pronunciation_not_understood
from ttsprep.source import Source
from ttsprep.ssml.authoring import Authored
from ttsprep.ssml.authoring.escaping import escapes
from ttsprep.ssml.authoring.outline import Kind, Outline, read_outline
from ttsprep.ssml.authoring.pronunciation import pronounced
from ttsprep.ssml.authoring.speakable import silence
from ttsprep.ssml.build import Leaf, Speak, break_, speak
from ttsprep.ssml.phones import arpabet

__all__ = ["Pauses", "SsmlOptions", "from_markdown"]


@dataclass(frozen=True, slots=True)
class Pauses:
    """Milliseconds of pause between two blocks, more than what the full stop gives; 0 is none.

    What stands behind a block and what stands before the next do not add up: the longer one is heard. Raises
    ValueError for a length that the service does not take.
    """

    heading: int = 700
    """Behind a heading."""
    before_heading: int = 1000
    paragraph: int = 500
    item: int = 300
    """Behind a paragraph in a list."""
    row: int = 300
    """Behind a row of a table."""
    code: int = 500
    line: int = 200
    """Where a line ends inside a block: a verse."""
    rule: int = 1500
    """Where a thematic break (``---``) stands."""

    def __post_init__(self) -> None:
        for each in fields(self):
            if getattr(self, each.name) != 0:
                self.element(each.name)

    def element(self, name: str) -> Leaf:
        """The pause of one of the fields."""
        return break_(ms=getattr(self, name))

    def between(self, before: Kind, after: Kind, *, rule: bool) -> Leaf | None:
        """The pause between two blocks; None for none."""
        names = [before.value, *["before_heading"] * (after is Kind.HEADING), *["rule"] * rule]
        longest = max(names, key=lambda name: int(getattr(self, name)))
        return self.element(longest) if getattr(self, longest) else None


@dataclass(frozen=True, slots=True)
class SsmlOptions:
    """What a Markdown text sounds like."""

    pauses: Pauses = field(default_factory=Pauses)
    markdown: MarkdownOptions = field(default_factory=MarkdownOptions)
    """What is heard of links, code, tables and the like."""
    root: Speak = speak
    """The element round all of it, for its attributes: ``speak(voice="longanyang", rate=0.9)``."""

    def __post_init__(self) -> None:
        if self.root.children:
            raise ValueError(f"the root brings its attributes only, not {self.root.text!r:.60}")


def from_markdown(source: Source | str, options: SsmlOptions | None = None) -> Authored:
    """The SSML document that says what a Markdown text says.

    Diagnostics are those of `ttsprep.markdown.strip`, SSM060 for a pronunciation that is none (it is spoken as text),
    SSM061 for a character that SSML cannot hold, and PAY001 where there is nothing to speak. Offsets count without a
    byte order mark at the start.
    """
    return _Authoring(Source.of(source).text, options or SsmlOptions()).authored()


_PRONUNCIATION = re.compile(r"\{([^{}|\n]{0,200})\|([^{}\n]{0,1000})(\}?)")
_UNCLOSED = re.compile(r"\s*[^\W\d_]+[1-5](?!\w)")


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A pronunciation in the text: the brace, the bar, the end, and its element."""

    start: int
    bar: int
    end: int
    leaf: Leaf


class _Authoring:
    def __init__(self, source: str, options: SsmlOptions) -> None:
        self._source, self._options = source, options
        self._text, found = strip(source, options.markdown)
        self._found = list(found)

    def authored(self) -> Authored:
        root, spoken = self._options.root, list(self._pronunciations())
        edits = [(0, 0, root.start_tag), *self._pauses(), (len(self._text), len(self._text), root.end_tag)]
        for each in spoken:
            edits += [(each.start, each.start + 1, each.leaf.start_tag), (each.bar, each.end, each.leaf.end_tag)]
        edits += self._escapes(spoken)
        edits.sort(key=lambda edit: edit[:2])
        document = self._text.edit(edits)
        self._found += silence(document)
        return Authored(document, tuple(sorted(self._found, key=lambda found: found.span or Span(0, 0))))

    @cached_property
    def _outline(self) -> Outline:
        return read_outline(self._source)

    def _escapes(self, spoken: list[_Spoken]) -> Iterator[tuple[int, int, str]]:
        """The characters to be escaped, but not in readings."""
        readings = iter([*spoken, _Spoken(len(self._text), len(self._text), len(self._text) + 1, break_)])
        reading = next(readings)
        for start, end, text in escapes(self._text, self._found):
            while start >= reading.end:
                reading = next(readings)
            if start < reading.bar:
                yield start, end, text

    # --- pauses

    def _pauses(self) -> Iterator[tuple[int, int, str]]:
        """A pause before each line ending; it is heard where the line ends in the source."""
        text = self._text.text
        cuts = [0, *(found.end() for found in re.finditer("\n", text)), len(text)]
        places = [span.start for span in self._text.source_spans(cuts)]
        for cut, before, after in zip(cuts[1:], places, places[1:], strict=False):
            pause = self._pause(before, after)
            if pause:
                yield cut - 1, cut - 1, str(pause)

    def _pause(self, before: int, after: int) -> Leaf | None:
        outline, pauses = self._outline, self._options.pauses
        if outline.block(before) == outline.block(after):
            return pauses.element("line") if pauses.line else None
        return pauses.between(outline.kind(before), outline.kind(after), rule=outline.has_rule(before, after))

    # --- pronunciations

    def _pronunciations(self) -> Iterator[_Spoken]:
        for found in _PRONUNCIATION.finditer(self._text.text):
            if not self._is_meant(found):
                continue
            try:
                if not found[3]:
                    raise ValueError("'}' is missing")
                if not found[1].strip():
                    raise ValueError("there is no text before '|'")
                leaf = _pronounced(found[1], found[2].strip())
            except ValueError as error:
                self._object(found, str(error))
            else:
                yield _Spoken(found.start(), found.end(1), found.end(), leaf)

    def _is_meant(self, found: re.Match[str]) -> bool:
        """Whether it is a pronunciation, not a brace that is written otherwise, stands in code, or never closes."""
        span = self._text.source_span(found.start(), found.start() + 1)
        if len(span):  # else it is heard elsewhere than where it stands
            before = self._source[max(span.start - 20, 0) : span.start]
            escaped = (len(before) - len(before.rstrip("\\"))) % 2 == 1
            if span.of(self._source) != "{" or escaped or self._outline.is_literal(span.start):
                return False
        return bool(found[3]) or _UNCLOSED.match(found[2]) is not None

    def _object(self, found: re.Match[str], why: str) -> None:
        span = self._text.source_span(*found.span())
        what = f"{found[0]!r:.60} is no pronunciation: {why}; spoken as text"
        fix = Fix("write '\\{' for a brace", (Edit(Span(span.start, span.start), "\\"),), safe=False)
        self._found.append(pronunciation_not_understood.RULE.at(span, what, fix=fix))


def _pronounced(text: str, reading: str) -> Leaf:
    """The element; stricter than `pronounced` with phones, for people write ``{a|b}`` for other ends too."""
    leaf = pronounced(text, reading)
    phones = [phone.rstrip("012") for phone in leaf.attributes["ph"].split()]
    if leaf.attributes["alphabet"] == "cmu" and not (
        reading.isupper() and any(arpabet().get(phone) for phone in phones)
    ):
        raise ValueError("phones of the CMU dictionary are in capitals, with a vowel among them (S AY N)")
    return leaf
