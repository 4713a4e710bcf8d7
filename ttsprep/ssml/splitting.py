"""A long SSML document as several, each a task of its own (SSM-04).

>>> cut = split('<speak rate="1.2">一句话。<break/>又一句话。</speak>', limit=10)
>>> for document in cut.documents:
...     print(document.counted, document.text)
7 <speak rate="1.2">一句话。<break/></speak>
9 <speak rate="1.2">又一句话。</speak>

Cuts fall at ends of sentences; in a sentence that is longer than the limit at clause marks, then at white space,
then between characters; never inside an element. Read one after the other the documents say what the original says,
with its pauses: what pauses or sounds at a cut stays with the text before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from ttsprep import catalog, sentences
from ttsprep.counting import count, count_plain, counts
from ttsprep.diagnostics import Diagnostic, Fix, Span
from ttsprep.mapped import Builder, MappedText
from ttsprep.rules import document_too_long, ssml_music_restarts
from ttsprep.source import Source
from ttsprep.ssml.scanner import BLANK, Tag
from ttsprep.ssml.spoken import text_in_wholes
from ttsprep.ssml.walking import Happening, What, attribute, attribute_name, walk

__all__ = ["Part", "Split", "split"]


@dataclass(frozen=True, slots=True)
class Part:
    """A complete document; inserted in its text are the tags that are closed and opened anew at the cuts."""

    text: MappedText

    @property
    def source(self) -> Span:
        """Where it stands in the original."""
        return self.text.source_span(0, len(self.text))

    @property
    def counted(self) -> int:
        """Its counted characters."""
        return count(self.text.text)


@dataclass(frozen=True, slots=True)
class Split:
    """The documents, and what there is to say about them."""

    documents: tuple[Part, ...]
    diagnostics: tuple[Diagnostic, ...]


def split(source: Source | str, limit: int | None = None) -> Split:
    """The documents in which `source` is sent; only itself where it is within the limit.

    `limit` is in counted characters, by default that of an instruction (TXT-01). Where the alias of a ``sub`` counts
    more than its text, it is the alias that has to fit: whether the service counts it is not known. White space and
    comments at a cut between two speaks belong to the later document; white space at a cut is dropped.

    Diagnostics: an error (LEN003) for an element that is longer than the limit alone, a note (SSM070) where the
    background music starts anew. A faulty document is cut as well as can be. Raises ValueError for a limit below 2.

    >>> [document.text.text for document in split("<speak>one</speak> <speak>two</speak>", 5).documents]
    ['<speak>one</speak>', '<speak>two</speak>']
    """
    limit = catalog.limits().instruction_text if limit is None else limit
    if limit < 2:
        raise ValueError(f"no Han character fits into a limit of {limit}")
    return _Splitter(Source.of(source).text, limit).run()


def longer_aliases(source: Source | str) -> int:
    """How much more a document counts if each alias of a ``sub`` that counts more stands in place of its text (TXT-04).

    >>> longer_aliases('<speak><sub alias="World Wide Web">WWW</sub><sub alias="a">long</sub></speak>')
    11
    """
    return _Layout(Source.of(source).text).longer_aliases


class _Cut(NamedTuple):
    """A place to cut: where the earlier document ends and the later one begins, and the tags that go between."""

    end: int
    start: int
    closer: str = ""
    opener: str = ""


class _Splitter:
    def __init__(self, source: str, limit: int) -> None:
        self._source, self._limit = source, limit
        self._layout = _Layout(source)
        self._indivisible: list[Span] = []
        self._next_word = -1  # where the next letter or digit stands in what is spoken, as far as was asked
        self._spoken = MappedText.verbatim("")

    def run(self) -> Split:
        cuts: list[_Cut] = []
        if self._layout.cost(0, len(self._source)) > self._limit:
            self._spoken, wholes = text_in_wholes(self._source)
            self._mask(wholes)
            cuts += self._cuts()
        documents = tuple(Part(text) for text in self._documents(cuts))
        found = [*self._too_long(documents), *self._music(cuts)]
        return Split(documents, tuple(sorted(found, key=lambda found: found.span or Span(0, 0))))

    def _mask(self, wholes: list[tuple[int, int]]) -> None:
        """What no cut may fall into, and the spoken text with letters in place of it."""
        self._starts, self._ends = [start for start, _ in wholes], [end for _, end in wholes]
        text, parts, at = self._spoken.text, list[str](), 0
        for start, end in wholes:
            parts += [text[at:start], "a" * (end - start)]
            at = end
        self._masked = "".join([*parts, text[at:]])

    def _documents(self, cuts: list[_Cut]) -> Iterator[MappedText]:
        begin = _Cut(0, 0)
        for cut in [*cuts, _Cut(len(self._source), len(self._source))]:
            build = Builder()
            build.inserted(begin.opener, begin.start)
            build.verbatim(self._source[begin.start : cut.end], begin.start)
            build.inserted(cut.closer, cut.end)
            yield build.build()
            begin = cut

    # --- where to cut

    def _cuts(self) -> Iterator[_Cut]:
        """Each document takes as many sentences as fit; where not even one does, a part of it."""
        ends = self._sentence_ends()
        at, start, index = 0, 0, 0
        while at < len(self._spoken) and self._layout.cost(start, len(self._source)) > self._limit:
            index = bisect_right(ends, at, lo=index)
            at = self._sentences(ends, index, at, start) or self._inside(
                at, start, ends[index] if index < len(ends) else len(self._spoken)
            )
            cut = self._place(at)
            while self._spoken.text[at : at + 1] in (" ", "\n"):
                at += 1
            if at >= len(self._spoken):
                return
            yield cut
            start = cut.start

    def _sentences(self, ends: list[int], index: int, at: int, start: int) -> int:
        """The last of the sentence ends from `index` on up to which the document may go; 0 if there is none."""
        most = self._layout.offset(start) + self._limit
        high = bisect_right(ends, at + 2 * self._limit + 2, lo=index)
        fits = bisect_right(range(high), most, lo=index, key=lambda i: self._layout.offset(self._place(ends[i]).end))
        return ends[fits - 1] if fits > index else 0

    def _sentence_ends(self) -> list[int]:
        """Ends of sentences with something to speak before and behind each: a task needs that (FLW-12)."""
        text = self._spoken.text
        cuts = sentences.split(text).cuts
        ends: list[int] = []
        speakable = False
        for start, end in pairwise(cuts):
            says = _LETTER_OR_DIGIT.search(text, start, end) is not None
            if says and speakable:
                ends.append(start)
            speakable = speakable or says
        return ends

    def _place(self, at: int) -> _Cut:
        """The place between two characters of the spoken text."""
        return self._layout.cut(*self._around(at))

    def _around(self, at: int) -> tuple[int, int]:
        """The source between the last character spoken before and the first one spoken behind."""
        text, size = self._spoken, len(self._spoken)
        before, behind = at, at
        while before and text.text[before - 1] in " \n":
            before -= 1
        while behind < size and text.text[behind] in " \n":
            behind += 1
        left = text.source_span(before - 1, before).end if before else 0
        right = text.source_span(behind, behind + 1).start if behind < size else len(self._source)
        return left, max(left, right)

    def _inside(self, at: int, start: int, stop: int) -> int:
        """The best cut in a sentence up to `stop` that does not fit: at most as far as the limit goes."""
        high = self._leaving_words(at, min(self._furthest(at, start), stop), stop)
        if high <= at:
            return self._over_long(at)
        text = self._masked[at : high + _LOOK_AHEAD]
        best = high
        if len(text) > high - at:
            cuts = sentences.cut(text, max(2, count_plain(text[: high - at])))
            best = at + cuts[0] if cuts else high
        element = bisect_right(self._starts, best) - 1
        if element >= 0 and self._starts[element] < best < self._ends[element]:
            best = self._starts[element] if self._starts[element] > at else self._ends[element]
        return min(best, high) if best > at else high

    def _furthest(self, at: int, start: int) -> int:
        """How far the document may go that begins at `start`."""
        most = self._layout.offset(start) + self._limit
        low, high = at, min(len(self._spoken), at + 2 * self._limit + 2)
        while low < high:
            middle = (low + high + 1) // 2
            if self._layout.offset(self._place(self._outside(middle)).end) <= most:
                low = middle
            else:
                high = middle - 1
        return self._outside(low)

    def _leaving_words(self, at: int, high: int, stop: int) -> int:
        """`high`, or earlier, so that something to speak is left of the sentence for the next document."""
        if self._next_word < high:
            found = _LETTER_OR_DIGIT.search(self._spoken.text, high)
            self._next_word = found.start() if found else len(self._spoken)
        if self._next_word < stop:
            return high
        words = [found.start() for found in _LETTER_OR_DIGIT.finditer(self._spoken.text, at, high)]
        earlier = self._outside(words[-1]) if words else at
        return earlier if earlier > at else high

    def _outside(self, at: int) -> int:
        """`at`, or where the element begins that it falls into."""
        element = bisect_right(self._starts, at) - 1
        return self._starts[element] if element >= 0 and at < self._ends[element] else at

    def _over_long(self, at: int) -> int:
        """What begins at `at` is too long alone: an element, or one character between much that counts."""
        text, begin = self._spoken.text, at
        while begin < len(text) - 1 and text[begin] in " \n":
            begin += 1
        element = bisect_right(self._starts, begin) - 1
        inside = element >= 0 and begin < self._ends[element]
        end = self._ends[element] if inside else begin + 1
        self._indivisible.append(self._spoken.source_span(begin, end))
        return end

    def _too_long(self, documents: tuple[Part, ...]) -> Iterator[Diagnostic]:
        """Documents that are over the limit nevertheless, each with the place that could not be cut."""
        for document in documents:
            size = document.counted
            if size > self._limit:
                whole = document.source
                inside = (s for s in self._indivisible if whole.start <= s.start and s.end <= whole.end)
                what = f"what cannot be cut here makes an SSML document of {size:,} counted characters"
                what += f", over the {self._limit:,} of its one continue-task"
                fix = Fix.advice("shorten it, or make several elements of it")
                yield document_too_long.RULE.at(next(inside, whole), what, fix=fix)

    # --- music

    def _music(self, cuts: list[_Cut]) -> Iterator[Diagnostic]:
        times: dict[int, int] = {}
        for cut in cuts:
            if cut.opener:
                where = self._layout.speak_at(cut.end)
                times[where[0]] = times.get(where[0], 1) + 1
        for start, number in times.items():
            tag = self._layout.speak_at(start + 1)[1]
            name = attribute_name(tag, "bgm") if tag is not None else None
            if tag is None or name is None:
                continue
            place = tag.places[name].name
            what = f"the background music starts anew in each of the {number} documents that this <{tag.name}> becomes"
            yield ssml_music_restarts.RULE.at(Span(start + place.start, start + place.end), what)


_LOOK_AHEAD = 80


_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


class _Layout:
    """Where in the source what stands, by position: the tags, the characters that count."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._events: list[int] = []  # where pauses, sounds, starts and ends of speaks begin
        self._happenings: list[Happening] = []
        self._speaks: list[tuple[int, Tag | None]] = []  # which speak is open behind the event
        self._sections: list[tuple[int, int]] = []
        self._data: list[tuple[int, int]] = []
        self._subs: list[tuple[int, int]] = []
        self._read()
        self._starts = [start for start, _ in self._data]
        self._before = list(accumulate((end - start for start, end in self._data), initial=0))
        self._characters = "".join(source[start:end] for start, end in self._data)
        self._sub_starts = [start for start, _ in self._subs]
        self._extra = list(accumulate((extra for _, extra in self._subs), initial=0))
        self._counted = self._count_blocks()

    def _read(self) -> None:
        stack: list[tuple[int, Tag | None]] = []
        sub: tuple[int, str, int] | None = None
        for happening in walk(self._source):
            what = happening.what
            if what is What.TEXT or what is What.LITERAL:
                self._data.append((happening.start, happening.end))
                if happening.tag is not None:
                    self._sections.append((happening.start, happening.end))
            elif what is What.LEAF and sub is None and happening.tag is not None:
                alias = attribute(happening.tag, "alias") if happening.tag.name.casefold() == "sub" else None
                sub = None if alias is None else (happening.start, alias, len(self._data))
            elif what is What.LEAF_END:
                if sub is not None:
                    self._sub(*sub)
                sub = None
            elif what is not What.LEAF:
                if what is What.SPEAK:
                    stack.append((happening.start, happening.tag))
                elif what is What.SPEAK_END and stack:
                    stack.pop()
                self._events.append(happening.start)
                self._happenings.append(happening)
                self._speaks.append(stack[-1] if stack else (0, None))

    def _sub(self, start: int, alias: str, first: int) -> None:
        """A sub counts as its text or as its alias, whichever is more."""
        written = sum(count_plain(self._source[begin:end]) for begin, end in self._data[first:])
        extra = count_plain(alias) - written
        if extra > 0:
            self._subs.append((start, extra))

    # --- counting

    @property
    def longer_aliases(self) -> int:
        return self._extra[-1]

    def _count_blocks(self) -> list[int]:
        edges = [*range(0, len(self._characters), _BLOCK), len(self._characters)]
        return list(accumulate(counts(self._characters, edges), initial=0))

    def offset(self, at: int) -> int:
        """What counts before a place in the source."""
        place = self._place(at)
        block = place // _BLOCK
        characters = self._counted[block] + count_plain(self._characters[block * _BLOCK : place])
        return characters + self._extra[bisect_left(self._sub_starts, at)]

    def _place(self, at: int) -> int:
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return 0
        return min(self._before[index] + at - self._starts[index], self._before[index + 1])

    def cost(self, start: int, end: int) -> int:
        """What counts from `start` to `end`."""
        return self.offset(end) - self.offset(start)

    # --- cutting

    def speak_at(self, at: int) -> tuple[int, Tag | None]:
        """The speak that is open at a place: where it begins, and its tag."""
        index = bisect_left(self._events, at) - 1
        return self._speaks[index] if index >= 0 else (0, None)

    def cut(self, left: int, right: int) -> _Cut:
        """The cut in the source between `left` and `right`, where nothing is spoken."""
        first, last = bisect_left(self._events, left), bisect_left(self._events, right)
        between = self._happenings[first:last]
        begins = [index for index, found in enumerate(between) if found.what is What.SPEAK]
        ends = [found.end for found in between[: begins[-1]] if found.what is What.SPEAK_END] if begins else []
        if ends and self.speak_at(ends[-1])[1] is None:
            return _Cut(ends[-1], self._skip(ends[-1], right))
        if begins:
            return self._inside_of(left, right, between[begins[-1]].start)
        return self._inside_of(left, right, max([left, *(found.end for found in between)]))

    def _inside_of(self, left: int, right: int, at: int) -> _Cut:
        """A cut in the middle of a speak, and perhaps of a CDATA section."""
        _, tag = self.speak_at(at)
        closer, opener = ("", "") if tag is None else (f"</{tag.name}>", tag.source)
        index = bisect_right(self._sections, (at, len(self._source))) - 1
        begin, end = self._sections[index] if index >= 0 else (0, 0)
        if index >= 0 and begin < at < end:
            return _Cut(at, at, f"]]>{closer}", f"{opener}<![CDATA[")
        if index >= 0 and at == begin:
            at = begin - len("<![CDATA[")
        elif index >= 0 and at == end:
            at = end + len("]]>")
        end = at
        while end > left and self._source[end - 1] in BLANK:
            end -= 1
        return _Cut(end, self._skip(at, max(at, right)), closer, opener)

    def _skip(self, at: int, stop: int) -> int:
        while at < stop and self._source[at] in BLANK:
            at += 1
        return at


_BLOCK = 1024
