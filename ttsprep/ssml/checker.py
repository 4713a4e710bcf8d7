"""Every fault of an SSML document at once: where it is, why, and the fix.

>>> for found in validate('<speak>你好<brake time="1s"/>，<sub>W3C</sub></speak>'):
...     print(found.span.start, found.rule.code, found.rule.name)
10 SSM030 ssml-unknown-element
29 SSM036 ssml-missing-attribute

One walk over the tokens with the open elements on a stack. After a fault the walk goes on as the author meant it, so
that one slip is one report: an unknown element is looked through, an end tag closes what it can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from ttsprep.diagnostics import Diagnostic, Fix, Span
from ttsprep.likeness import suggest
from ttsprep.rules import (
    ssml_cdata_end,
    ssml_long_pause,
    ssml_misplaced_element,
    ssml_nested_speak,
    ssml_stray_end_tag,
    ssml_too_many_faults,
    ssml_unclosed_element,
    ssml_unknown_element,
)
from ttsprep.source import Source
from ttsprep.ssml.characters import forbidden
from ttsprep.ssml.grammar import Element, grammar
from ttsprep.ssml.judging import LONGEST_PAUSE, Judge, Verdict
from ttsprep.ssml.references import clip, decode, reference_faults
from ttsprep.ssml.repairs import (
    Opened,
    joins,
    no_root,
    not_empty,
    outside_root,
    spoken_markup,
    trimmed,
    unnested,
    with_name,
)
from ttsprep.ssml.scanner import BLANK, Kind, Tag, doubtful, moved, scan

if TYPE_CHECKING:
    from ttsprep.settings import TaskSettings

__all__ = ["MOST_FAULTS", "validate"]

_OPEN, _CLOSE, _EMPTY = Kind.OPEN, Kind.CLOSE, Kind.EMPTY

MOST_FAULTS = 200
"""The check stops when it has found so many."""


def validate(source: Source | str, settings: TaskSettings | None = None) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with an SSML document, in order of position.

    `settings` are those of the request: with them the voice and the sample rate are checked too. Where an error is
    found the service may refuse the document or read it otherwise than meant. After 200 findings the check stops
    and says so.
    """
    walk = _Walk(Source.of(source).text, settings)
    try:
        walk.run()
    except _TooMany as stop:
        walk.found.append(stop.note)
    return tuple(sorted(walk.found, key=_position))


def _position(found: Diagnostic) -> tuple[int, int]:
    return (found.span.start, found.span.end) if found.span else (0, 0)


class _TooMany(Exception):
    def __init__(self, at: int) -> None:
        what = f"there are more than {MOST_FAULTS} faults: what stands behind this place was not checked"
        self.note = ssml_too_many_faults.RULE.at(Span(at, at), what)


class _Walk:
    """One walk over a document."""

    def __init__(self, text: str, settings: TaskSettings | None) -> None:
        root = grammar().elements[grammar().root]
        self.found: list[Diagnostic] = []
        self._text = text
        self._judge = Judge(settings)
        self._top = Element("", {}, (), frozenset([root.name]), False)
        self._rules: Element = self._top
        self._stack: list[Opened] = []
        self._roots = 0
        self._outside: list[Span] = []
        self._pause = 0
        self._lost = False
        """Whether a tag did not end, perhaps for want of a quote: what is a tag behind it, nobody knows."""
        self._shaky = False
        """Whether a broken tag stands before this one, or this one where text alone belongs."""
        self._looks_at_texts = "&" in text or "]]>" in text

    def run(self) -> None:
        """The walk. Raises _TooMany.

        Nearly every tag is a pause or half of an element with text alone inside, and right: these two are looked at
        here, without a place on the stack; all others in the methods below.
        """
        self._report(forbidden(self._text))
        self._report(spoken_markup(self._text))
        verdicts: dict[Tag, Verdict] = {}
        text, judge, looks_at_texts = self._text, self._judge.verdict, self._looks_at_texts
        leaf: tuple[Tag, Verdict, int, int] | None = None
        broken = False
        for tag, start, begin, end in scan(text):
            verdict = verdicts.get(tag)
            if verdict is None:
                verdict = verdicts[tag] = judge(tag)
            kind = tag.kind
            if leaf is not None:
                if kind is _CLOSE and tag.name == leaf[0].name and not verdict.flaws:
                    content = leaf[1].content
                    if content is not None and not content.suits(text[leaf[3] : start]):
                        self._report(content.objections(text[leaf[3] : start], leaf[0], leaf[2], leaf[3]))
                    leaf = None
                    if looks_at_texts and ("&" in (between := text[begin:end]) or "]]>" in between):
                        self._characters_between(begin, end)
                    continue
                self._open(*leaf)
                leaf = None
            if verdict.flaws or broken:
                self._shaky = broken or self._rules.leaf
                self._report([moved(flaw, start) for flaw in verdict.flaws])
                broken = tag.is_broken or (broken and self._lost)
                self._lost = self._lost or (tag.source[-1:] != ">" and len(tag.source) > 1)
            else:
                self._shaky = False
            if verdict.is_leaf and verdict.name in self._rules.children:
                self._pause = 0
                leaf = tag, verdict, start, begin
            elif kind is _EMPTY:
                pause = verdict.pause
                if (
                    0 < pause <= LONGEST_PAUSE - self._pause
                    and verdict.is_right
                    and verdict.name in self._rules.children
                ):
                    self._pause += pause
                else:
                    self._empty(tag, verdict, start, begin)
            elif kind is _OPEN:
                self._open(tag, verdict, start, begin)
            elif kind is _CLOSE:
                self._close(tag, start, begin)
            elif tag.source:
                self._other(tag, start, begin)
            if broken:
                self._shaky = True
            if begin < end:
                if looks_at_texts and ("&" in (between := text[begin:end]) or "]]>" in between):
                    self._characters_between(begin, end)
                elif self._pause or not self._rules.text:
                    if self._rules.text and text[begin] > " ":
                        self._pause = 0
                    else:
                        self._characters_between(begin, end)
        if leaf is not None:
            self._open(*leaf)
        self._finish()

    def _report(self, found: Iterable[Diagnostic]) -> None:
        """Where the ground is shaky no fix is safe: what is taken away there may join what should not be joined."""
        for each in islice(found, MOST_FAULTS + 1):
            self.found.append(self._weighed(each, self._shaky))
        if len(self.found) > MOST_FAULTS:
            at = max((f.span.end for f in self.found if f.span), default=0)
            del self.found[MOST_FAULTS:]
            raise _TooMany(at)

    def _weighed(self, found: Diagnostic, shaky: bool) -> Diagnostic:
        """The finding, with its fix called unsafe where the ground is."""
        if found.fix is None or not found.fix.safe:
            return found
        return doubtful(found) if shaky or any(joins(self._text, edit) for edit in found.fix.edits) else found

    # --- elements

    def _open(self, tag: Tag, verdict: Verdict, start: int, inside: int) -> None:
        opened = Opened(tag, verdict, start, inside, self._rules, shaky=self._shaky or self._rules.leaf)
        if verdict.misnamed is not None:
            opened.report = len(self.found)
            self._report([moved(verdict.misnamed, start)])
        element = verdict.element
        if element is not None:
            if element.name not in self._rules.children:
                self._misplaced(opened, element)
            self._begin(verdict, element, start, inside)
            self._rules = element
        elif not self._stack:
            self._pause = 0
        self._stack.append(opened)

    def _empty(self, tag: Tag, verdict: Verdict, start: int, end: int) -> None:
        element = verdict.element
        if verdict.misnamed is not None:
            self._report([with_name(moved(verdict.misnamed, start), tag, verdict, start, None, self._text)])
        if element is None:
            return
        if element.name not in self._rules.children:
            self._misplaced(Opened(tag, verdict, start, end, self._rules), element)
        self._begin(verdict, element, start, end)
        if verdict.content is not None and not verdict.content.suits(""):
            self._report(verdict.content.objections("", tag, start, end))

    def _begin(self, verdict: Verdict, element: Element, start: int, end: int) -> None:
        """What an element does to the pauses: neighbouring ones add up, anything else ends their row."""
        self._roots += element.name == grammar().root
        if not verdict.pause:
            self._pause = 0
            return
        before, self._pause = self._pause, self._pause + verdict.pause
        if before <= LONGEST_PAUSE < self._pause:
            heard = f"only the first {_seconds(LONGEST_PAUSE)} are heard"
            what = f"the pauses in a row last {_seconds(self._pause)} up to here; {heard}"
            self._report([ssml_long_pause.RULE.at(Span(start, end), what)])

    def _misplaced(self, opened: Opened, element: Element) -> None:
        tag, start = opened.tag, opened.start
        at = start + tag.source.index(tag.name)
        span = Span(at, at + len(tag.name))
        if self._rules is self._top:
            self._outside_root(Span(start, opened.inside))
        elif element.name == grammar().root:
            opened.report = len(self.found)
            what = f"<{element.name}> stands in <{self._rules.name}>: several may follow one another, never nest"
            self._report([ssml_nested_speak.RULE.at(span, what)])
        else:
            where = f"<{self._rules.name}>"
            allowed = "it has to be empty" if self._rules.empty else "only text may stand there"
            what = f"<{element.name}> must not stand in {where}: {allowed}"
            self._report([ssml_misplaced_element.RULE.at(span, what)])

    def _close(self, tag: Tag, start: int, end: int) -> None:
        stack = self._stack
        if stack and stack[-1].tag.name == tag.name:
            self._closed(stack.pop(), tag, start, end)
        elif any(opened.tag.name == tag.name for opened in stack):
            while stack[-1].tag.name != tag.name:
                self._never_closed(stack.pop(), start)
            self._closed(stack.pop(), tag, start, end)
        elif stack and _is_meant(stack[-1].tag.name, tag.name):
            self._miswritten_end(tag, start)
            self._closed(stack.pop(), tag, start, end)
        else:
            self._stray(tag, start, end)

    def _closed(self, opened: Opened, tag: Tag, start: int, end: int) -> None:
        """An element is complete."""
        self._rules = opened.around
        element = opened.verdict.element
        if opened.report is not None:
            self._mend(opened, tag, start, end)
        if element is None:
            return
        if opened.strange is not None:
            self._report([not_empty(opened, element, start, end, self._text)])
        elif opened.verdict.content is not None:
            content = self._text[opened.inside : start]
            if not opened.verdict.content.suits(content):
                self._report(opened.verdict.content.objections(content, opened.tag, opened.start, opened.inside))

    def _mend(self, opened: Opened, tag: Tag, start: int, end: int) -> None:
        """Now that the end tag is known, the finding about the element gets its fix."""
        index = opened.report or 0
        found = self.found[index]
        if found.rule is ssml_nested_speak.RULE:
            outer = next(o.tag for o in reversed(self._stack) if o.verdict.element is opened.around)
            self.found[index] = unnested(found, opened, outer, start, end, self._text)
        else:
            at = start + tag.source.index(tag.name) if opened.verdict.rename else start
            span = Span(at, at + len(tag.name)) if opened.verdict.rename else Span(start, end)
            self.found[index] = with_name(found, opened.tag, opened.verdict, opened.start, span, self._text)
        shaky = opened.shaky or self._shaky or tag.is_broken
        self.found[index] = self._weighed(self.found[index], shaky)

    def _never_closed(self, opened: Opened, here: int) -> None:
        self._rules = opened.around
        element, tag = opened.verdict.element, opened.tag
        if element is None and opened.report is not None:
            self._no_tag_at_all(opened)
            return
        span = Span(opened.start, opened.start + len(tag.source))
        what = f"<{clip(tag.name)}> is never closed"
        if element is not None and element.empty and tag.source.endswith(">"):
            what += f": it is empty, so write '{clip(tag.source[:-1])}/>'"
            sure = not tag.is_broken and self._rules.name == grammar().root and here < len(self._text)
            end = Span(span.end - 1, span.end)
            fix = Fix.replace(end, "/>", safe=sure, title="close it with '/>'")
        else:
            title = f"write '</{clip(tag.name)}>' {'at the end' if here == len(self._text) else 'here'}"
            safe = element is not None and element.name == grammar().root
            fix = Fix.replace(Span(here, here), f"</{tag.name}>", safe=safe, title=title)
        self._report([ssml_unclosed_element.RULE.at(span, what, fix=fix)])

    def _no_tag_at_all(self, opened: Opened) -> None:
        """An unknown element without an end: it is probably meant as text, or as nothing."""
        found, verdict = self.found[opened.report or 0], opened.verdict
        if verdict.drop:
            span = Span(opened.start, opened.start + len(opened.tag.source))
            fix = Fix.replace(span, "", safe=True, title="remove the tag")
        elif not verdict.rename and found.rule is ssml_unknown_element.RULE:
            span = Span(opened.start, opened.start + 1)
            fix = Fix.replace(span, "&lt;", safe=False, title="write '&lt;' if it is to be spoken")
        else:
            return
        self.found[opened.report or 0] = self._weighed(replace(found, fix=fix), opened.shaky)

    def _miswritten_end(self, tag: Tag, start: int) -> None:
        opened = self._stack[-1]
        right = opened.verdict.rename or opened.tag.name
        if opened.report is not None:
            return  # the fix of the start tag mends both
        at = start + tag.source.index(tag.name)
        span = Span(at, at + len(tag.name))
        folded = tag.name.casefold() == opened.tag.name.casefold()
        why = "names are case-sensitive" if folded else f"did you mean </{clip(right)}>?"
        what = f"</{clip(tag.name)}> does not close <{clip(opened.tag.name)}>: {why}"
        self._report([ssml_stray_end_tag.RULE.at(span, what, fix=Fix.replace(span, right, safe=folded))])

    def _stray(self, tag: Tag, start: int, end: int) -> None:
        inner = f"<{clip(self._stack[-1].tag.name)}> is open" if self._stack else "nothing is open"
        what = f"</{clip(tag.name)}> closes nothing: {inner}"
        fix = Fix.replace(Span(start, end), "", safe=not self._rules.leaf, title="remove it")
        self._report([ssml_stray_end_tag.RULE.at(Span(start, end), what, fix=fix)])

    # --- text

    def _other(self, tag: Tag, start: int, begin: int) -> None:
        """A comment and the like; a "<" that is text."""
        if tag.kind in (Kind.TEXT, Kind.CDATA, Kind.PAUSE):
            inner = tag.source[len("<![CDATA[") : -len("]]>")] if tag.kind is Kind.CDATA else tag.source
            if inner.strip(BLANK) or (tag.kind is Kind.CDATA and self._rules is self._top):
                self._heard(start, begin)

    def _characters_between(self, begin: int, end: int) -> None:
        """The text behind a tag."""
        text = self._text[begin:end]
        blank = not text.strip(BLANK)
        if "&" in text:
            self._report(reference_faults(text, begin))
            if not self._rules.text and self._rules is not self._top:  # an empty element may hold blanks as references
                blank = not decode(text).strip(BLANK)
        if "]]>" in text:
            self._report(_cdata_ends(text, begin))
        if not blank:
            self._heard(begin, end)

    def _heard(self, begin: int, end: int) -> None:
        """Something to hear that is no blank."""
        self._pause = 0
        if self._rules.text:
            return
        if self._rules is self._top:
            self._outside_root(trimmed(self._text, begin, end))
        else:
            opened = next(o for o in reversed(self._stack) if o.verdict.element is self._rules)
            opened.strange = opened.strange or trimmed(self._text, begin, end)

    def _outside_root(self, span: Span) -> None:
        """Neighbours are one finding."""
        if self._outside and not self._text[self._outside[-1].end : span.start].strip(BLANK):
            span = Span(self._outside.pop().start, span.end)
        self._outside.append(span)

    # --- the end

    def _finish(self) -> None:
        while self._stack:
            self._never_closed(self._stack.pop(), len(self._text))
        if not self._roots:
            self._report([no_root(self._text, safe=not self.found)])
            return
        self._report(outside_root(self._text, span) for span in self._outside)


def _is_meant(name: str, end: str) -> bool:
    """Whether an end tag is that of an element, misspelt."""
    return end.casefold() == name.casefold() or suggest(end, [name]) is not None


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:g} s"


def _cdata_ends(text: str, begin: int) -> Iterator[Diagnostic]:
    for found in re.finditer("]]>", text):
        span = Span(begin + found.start(), begin + found.end())
        what = "']]>' must not stand in text: write ']]&gt;'"
        yield ssml_cdata_end.RULE.at(span, what, fix=Fix.replace(span, "]]&gt;", safe=True))
