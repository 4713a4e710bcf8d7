"""Reads a tag that is not written as XML wants it: says what is wrong, and goes on as its author meant it.

>>> tag = read("<break time=1s/>", 0, 16)
>>> tag.kind.name, tag.name, dict(tag.attributes)
('EMPTY', 'break', {'time': '1s'})
>>> print(tag.flaws[0])
SSM025 error: the value of 'time' needs quotes: time="1s"
"""

from __future__ import annotations

import re

from ttsprep.diagnostics import Diagnostic, Edit, Fix, Span
from ttsprep.rules import ssml_less_than, ssml_malformed_tag, ssml_unfinished
from ttsprep.ssml.references import clip
from ttsprep.ssml.scanner import (
    MOST_FLAWS,
    NAME,
    WELL_FORMED,
    Kind,
    Place,
    Tag,
    Written,
    less_than,
    well_formed,
    with_attributes,
)

__all__ = ["looks_further", "read"]

_GOES_ON = rf"(?=[ \t\r\n]*+(?:/?>|{NAME}[ \t\r\n]*+=))"
_NAME = re.compile(rf"<(/?)([ \t\r\n]*+)(/?)({NAME})(?=[ \t\r\n/>\"'=<“”]|\Z)")
_BLANKS = re.compile(r"[ \t\r\n]*+")
_ATTRIBUTE_NAME = re.compile(NAME)
_EQUALS = re.compile(r"[ \t\r\n]*+=[ \t\r\n]*+")
_QUOTED = re.compile(rf"\"[^\"<>]*+\"|'[^'<>]*+'|\"[^\"\n]{{0,500}}+\"{_GOES_ON}|'[^'\n]{{0,500}}+'{_GOES_ON}")
_CURLY = re.compile(r"([“”„‘’″＂])([^“”„‘’″＂<>\n]*+)([“”„‘’″＂])")
_ESCAPED = re.compile(r"\\[\"']([^\"'<>\\]*)\\[\"']|&quot;([^\"'<>&]*)&quot;")
_MIXED = re.compile(r"\"[^\"'<>]*'(?=[ \t\r\n/>])|'[^\"'<>]*\"(?=[ \t\r\n/>])")
_BARE = re.compile(r"(?:[^ \t\r\n\"'<>=/]|/(?!>))++")
_HALF_QUOTED = re.compile(r"[\"']([^\"'<>]*?)(?=[ \t\r\n]*/?>|<|\Z|[\"'])")
_SLASH_END = re.compile(r"/[ \t\r\n]*+>")
_JUNK = re.compile(r"[^ \t\r\n<>/]++|/")
_LIKE_A_TAG = re.compile(
    rf"</?[ \t]?(?:speak|break|sub|phoneme|soundevent|say-as)\b|<{NAME}[ \t\r\n]++{NAME}=[\"']", re.I
)


_OF_OURS = re.compile(r"<[ \t]?/?[ \t]?(?:speak|break|sub|phoneme|soundevent|say-as)", re.IGNORECASE)


def looks_further(text: str, start: int, end: int) -> bool:
    """Whether what stands behind `end` may have had a part in reading the tag: a quote is open there."""
    inner = text[start:end]
    return bool(inner.count('"') % 2 or inner.count("'") % 2)


def read(text: str, start: int, end: int) -> Tag:
    """The tag that begins at `start`; `end` is where the next "<" stands, or the text ends.

    A "<" that begins nothing like a tag is a tag of kind TEXT and one character.
    """
    tag = _with_lookalikes(text[start:end])
    if tag is not None:
        return tag
    found = _NAME.match(text, start)
    if found is None or (">" not in text[start:end] and not _LIKE_A_TAG.match(text, start)):
        return less_than(safe=_OF_OURS.match(text, start) is None)
    return _Reading(text, start, end, found).tag()


_LOOKALIKES = str.maketrans("＝／＞＂\u3000\u00a0\u2002\u2003\u2009\u202f\u200b\ufeff", '=/>"        ')
_QUOTES = re.compile(r"(\"[^\"]*\"|'[^']*')")
_TAG = re.compile(rf"<{WELL_FORMED}>")


def _with_lookalikes(piece: str) -> Tag | None:
    """A tag that is well formed but for full-width signs and blanks that XML does not know; None for any other."""
    parts = _QUOTES.split(piece.translate(_LOOKALIKES) if "＂" in piece else piece)
    plain = "".join(part if index % 2 else part.translate(_LOOKALIKES) for index, part in enumerate(parts))
    found = _TAG.match(plain) if plain != piece else None
    if found is None or plain[: found.end()] == piece[: found.end()]:
        return None
    source = piece[: found.end()]
    odd = [at for at in range(found.end()) if source[at] != plain[at]]
    shown = ", ".join(sorted({f"{source[at]!r}" for at in odd}))
    edits = tuple(Edit(Span(at, at + 1), plain[at]) for at in odd)
    what = f"{shown} does not belong into a tag: write {', '.join(sorted({repr(plain[at]) for at in odd}))}"
    flaw = ssml_malformed_tag.RULE.at(
        Span(odd[0], odd[-1] + 1), what, fix=Fix("write the plain sign", edits, safe=True)
    )
    return well_formed(source, plain[: found.end()], [flaw])


class _Reading:
    """One tag, read from left to right. Positions are those of the text, flaws count from the "<"."""

    def __init__(self, text: str, start: int, end: int, found: re.Match[str]) -> None:
        self._text, self._start, self._end = text, start, end
        self._at = found.end()
        self._name = found[4]
        self._closes = bool(found[1] or found[3])
        self._flaws: list[Diagnostic] = []
        self._written: list[Written] = []
        begin, stop = found.start() + 1 + len(found[1]), found.start(4)
        if begin < stop:
            what = f"{clip(text[begin:stop])!r} must not stand between {text[start:begin]!r} and the name"
            self._flaw(begin, stop, what, "" if found[1] else found[3], safe=True, title="remove it")

    def tag(self) -> Tag:
        kind = self._attributes()
        source = self._text[self._start : self._at]
        if kind is Kind.CLOSE and self._written and source.endswith(">"):
            spans = self._written[0].place.name.start, len(source) - 1
            begin = self._start + spans[0]
            self._flaw(begin - 1, self._start + spans[1], "an end tag has no attributes", "", safe=True)
            self._written = []
        return with_attributes(kind, source, self._name, self._written, self._flaws)

    def _attributes(self) -> Kind:
        """Reads up to the end of the tag."""
        while True:
            blank = self._skip()
            rest = self._text[self._at : self._at + 2]
            if rest[:1] == ">":
                self._at += 1
                return Kind.CLOSE if self._closes else Kind.OPEN
            slash = _SLASH_END.match(self._text, self._at)
            if slash:
                return self._empty(slash)
            if rest[:1] in ("", "<"):
                return self._unfinished()
            self._attribute(blank)

    def _skip(self) -> bool:
        begin = self._at
        found = _BLANKS.match(self._text, begin)
        self._at = found.end() if found else begin
        return self._at > begin

    def _empty(self, slash: re.Match[str]) -> Kind:
        if self._closes:
            self._flaw(self._at, self._at + 1, "an end tag has no '/' at its end", "", safe=True)
        elif slash[0] != "/>":
            self._flaw(*slash.span(), f"{clip(slash[0])!r} has to be '/>'", "/>", safe=True)
        self._at = slash.end()
        return Kind.CLOSE if self._closes else Kind.EMPTY

    def _unfinished(self) -> Kind:
        """The text goes on before the ">" has come."""
        span = Span(0, self._at - self._start)
        what = f"the tag '{self._text[self._start : self._start + 40].rstrip()}' has no '>'"
        empty = not self._closes and self._name.lower() in ("break", "soundevent")
        end = "/>" if empty else ">"
        fix = Fix.replace(Span(span.end, span.end), end, safe=False, title=f"write {end!r} here")
        self._add(ssml_unfinished.RULE.at(span, what, fix=fix))
        return Kind.CLOSE if self._closes else Kind.EMPTY if empty else Kind.OPEN

    def _attribute(self, blank: bool) -> None:
        found = _ATTRIBUTE_NAME.match(self._text, self._at)
        if found is None:
            self._junk()
            return
        if not blank:
            self._flaw(
                self._at,
                self._at,
                f"a space has to stand before {clip(found[0])!r}",
                " ",
                safe=True,
                title="insert a space",
            )
        self._at = found.end()
        equals = _EQUALS.match(self._text, self._at)
        if equals is None:
            self._flaw(*found.span(), f"attribute {clip(found[0])!r} has no value")
            return
        self._at = equals.end()
        self._value(found)

    def _value(self, name: re.Match[str]) -> None:
        for pattern, take in (
            (_ESCAPED, self._escaped),
            (_MIXED, self._mixed),
            (_QUOTED, self._quoted),
            (_CURLY, self._curly),
            (_HALF_QUOTED, self._half_quoted),
            (_BARE, self._bare),
        ):
            found = pattern.match(self._text, self._at)
            if found:
                take(name, found)
                self._at = found.end()
                return
        self._flaw(*name.span(), f"attribute {clip(name[0])!r} has no value")

    def _quoted(self, name: re.Match[str], found: re.Match[str]) -> None:
        self._write(name, found.start() + 1, found.end() - 1)
        for at in (i for i in range(found.start(), found.end()) if self._text[i] == "<"):
            here = Span(at - self._start, at - self._start + 1)
            fix = Fix.replace(here, "&lt;", safe=_OF_OURS.match(self._text, at) is None)
            self._add(ssml_less_than.RULE.at(here, "'<' in a value has to be written '&lt;'", fix=fix))

    def _curly(self, name: re.Match[str], found: re.Match[str]) -> None:
        self._write(name, *found.span(2))
        begin, end = found.start() - self._start, found.end() - self._start
        edits = (Edit(Span(begin, begin + 1), '"'), Edit(Span(end - 1, end), '"'))
        what = f"{found[1]} and {found[3]} are no quotes: a value stands in \" or '"
        fix = Fix('write "straight" quotes', edits, safe=True)
        self._add(ssml_malformed_tag.RULE.at(Span(begin, end), what, fix=fix))

    def _escaped(self, name: re.Match[str], found: re.Match[str]) -> None:
        group = 1 if found[1] is not None else 2
        self._write(name, *found.span(group))
        what = f"the value of {clip(name[0])!r} stands in escaped quotes"
        self._flaw(*found.span(), what, f'"{found[group]}"', safe=True, title="write plain quotes")

    def _mixed(self, name: re.Match[str], found: re.Match[str]) -> None:
        self._write(name, found.start() + 1, found.end() - 1)
        what = f"the value of {clip(name[0])!r} begins with {found[0][0]} and ends with {found[0][-1]}"
        self._flaw(*found.span(), what, f"{found[0][:-1]}{found[0][0]}", safe=True, title="end it as it begins")

    def _half_quoted(self, name: re.Match[str], found: re.Match[str]) -> None:
        self._write(name, *found.span(1))
        quote, end = found[0][0], found.end() - self._start
        fix = Fix.replace(Span(end, end), quote, safe=False, title=f"close the value with {quote}")
        span = Span(found.start() - self._start, end)
        self._add(ssml_malformed_tag.RULE.at(span, f"the value of {clip(name[0])!r} has no closing quote", fix=fix))

    def _bare(self, name: re.Match[str], found: re.Match[str]) -> None:
        self._write(name, *found.span())
        what = f'the value of {clip(name[0])!r} needs quotes: {clip(name[0])}="{clip(found[0])}"'
        ends = self._text[found.end() : found.end() + 1] in ("", *" \t\r\n/>")
        self._flaw(*found.span(), what, f'"{found[0]}"', safe=ends, title="put it in quotes")

    def _junk(self) -> None:
        found = _JUNK.match(self._text, self._at)
        begin, self._at = self._at, found.end() if found else self._at + 1
        word = self._text[begin : self._at]
        removed = "" if self._closes or word == "/" else None
        self._flaw(begin, self._at, f"{clip(word)!r} does not belong into a tag", removed)

    def _write(self, name: re.Match[str], begin: int, end: int) -> None:
        base = self._start
        place = Place(Span(name.start() - base, name.end() - base), Span(begin - base, end - base))
        self._written.append(Written(name[0], self._text[begin:end], place))

    def _flaw(
        self, begin: int, end: int, what: str, text: str | None = None, *, safe: bool = False, title: str = ""
    ) -> None:
        span = Span(begin - self._start, end - self._start)
        fix = None if text is None else Fix.replace(span, text, safe=safe, title=title)
        self._add(ssml_malformed_tag.RULE.at(span, what, fix=fix))

    def _add(self, flaw: Diagnostic) -> None:
        if len(self._flaws) < MOST_FLAWS:
            self._flaws.append(flaw)
