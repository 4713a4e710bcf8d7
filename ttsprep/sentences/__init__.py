"""Sentences: where one ends, in a whole text and in a stream.

    >>> [segment.text for segment in split("Dr. Smith paid $3.14. 他说：“好！”然后走了。")]
    ['Dr. Smith paid $3.14. ', '他说：“好！”', '然后走了。']

Segments joined are the text, character for character. A sentence takes with it its closing quotes and brackets,
emoji and references (``[1]``) behind its mark, the blanks behind it and one line ending; a newline always ends a
sentence, but in a line that flows on. Blank lines lead the sentence after them.

A stream decides as the whole text does, however it is cut into chunks: there is one scanner, and a whole text is one
chunk that is final. `_signs` finds every place where a sentence may end, `_rules` is the table of what decides there,
`_scanner` walks from place to place and holds back what is not certain, `_lengths` merges and cuts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import cache

from ttsprep.mapped import MappedText
from ttsprep.sentences._cutting import cut
from ttsprep.sentences._explaining import Decision, explain
from ttsprep.sentences._lengths import Lengths
from ttsprep.sentences._options import LANGUAGES, Options, Segmenter
from ttsprep.sentences._scanner import Scanner
from ttsprep.sentences._segments import Reason, Segment, Segments

__all__ = [
    "LANGUAGES",
    "Decision",
    "Options",
    "Reason",
    "Segment",
    "Segmenter",
    "Segments",
    "SentenceStream",
    "cut",
    "explain",
    "split",
]


def split(text: MappedText | str, options: Options | None = None, *, language: str | None = None) -> Segments:
    """The sentences of `text`. `language` is short for ``Options(language=…)``.

    Raises ValueError for a language that is not one of `LANGUAGES`, and where both are given.

    >>> [segment.reason.name for segment in split("圆周率是3.14。真的？！好")]
    ['TERMINATOR', 'TERMINATOR', 'END']
    >>> split("Yes, it does. It costs 5 dollars.", Options(maximum=16)).texts()
    ['Yes, it does. ', 'It costs 5 ', 'dollars.']
    """
    plain, chosen = str(text), _chosen(options, language)
    found, reasons = Scanner(chosen).scan(plain, final=True)
    if (found[-1] if found else 0) < len(plain):
        found.append(len(plain))
        reasons.append(Reason.END)
    if chosen.has_lengths:
        found, reasons = _sized(plain, found, reasons, chosen)
    found.insert(0, 0)
    return Segments(text, found, bytes(reasons))


def _chosen(options: Options | None, language: str | None) -> Options:
    if options is not None and language is not None:
        raise ValueError("the language is given twice")
    return options or _in_language(language)


@cache
def _in_language(language: str | None) -> Options:
    return Options(language)


def _sized(text: str, cuts: array[int], reasons: bytearray, options: Options) -> tuple[array[int], bytearray]:
    lengths, found, why = Lengths(options), array("q"), bytearray()
    for end, reason in zip(cuts, reasons, strict=True):
        for piece, because in lengths.take(text, end, reason):
            found.append(piece)
            why.append(because)
    for piece, because in lengths.rest():
        found.append(piece)
        why.append(because)
    return found, why


class SentenceStream:
    """`split` for a text that comes in chunks: all strings, or all mapped texts in order of their source.

    >>> stream = SentenceStream()
    >>> [[s.text for s in stream.feed(chunk)] for chunk in ("3", ".", "1", "4 is pi. ", "Tha")]
    [[], [], [], [], ['3.14 is pi. ']]
    >>> [s.text for s in stream.close()]
    ['Tha']
    """

    def __init__(self, options: Options | None = None, *, language: str | None = None) -> None:
        chosen = _chosen(options, language)
        self._scanner, self._lengths, self._has_lengths = Scanner(chosen), Lengths(chosen), chosen.has_lengths
        self._text = ""
        self._parts: list[MappedText] = []
        self._mapped = False
        self._start = 0  # of `_text`, which begins with a sentence or a piece of one
        self._given = 0  # up to where `_text` was given out
        self._closed = False

    def feed(self, chunk: MappedText | str) -> list[Segment]:
        """The sentences that `chunk` makes certain. Raises ValueError after `close`, TypeError for a chunk of
        another kind than the ones before.
        """
        if self._closed:
            raise ValueError("the stream is closed")
        if self._mapped or not isinstance(chunk, str):
            self._keep(chunk)
            chunk = str(chunk)
        # With no second reference to it the string grows in place: the stream stays linear in a long sentence.
        text, self._text = self._text, ""
        text += chunk
        self._text = text
        cuts, reasons = self._scanner.scan(self._text, final=False)
        if not self._has_lengths:
            return self._release(zip(cuts, reasons, strict=True), cuts[-1]) if cuts else []
        return self._release(self._pieces(cuts, reasons), cuts[-1] if cuts else 0)

    def close(self) -> list[Segment]:
        """The sentences that are left; the stream takes no more. Closing again gives nothing."""
        if self._closed:
            return []
        self._closed = True
        cuts, reasons = self._scanner.scan(self._text, final=True)
        if self._scanner.start < len(self._text):
            cuts.append(len(self._text))
            reasons.append(Reason.END)
        pieces = self._pieces(cuts, reasons) if self._has_lengths else zip(cuts, reasons, strict=True)
        return self._release(pieces, len(self._text))

    def _keep(self, chunk: MappedText | str) -> None:
        """Keep a mapped chunk with its places."""
        mapped = isinstance(chunk, MappedText)
        if self._start + len(self._text) and mapped != self._mapped:
            raise TypeError("chunks of a stream are all strings or all mapped texts")
        self._mapped = mapped
        if isinstance(chunk, MappedText):
            self._parts.append(chunk)

    def _pieces(self, cuts: array[int], reasons: bytearray) -> Iterator[tuple[int, int]]:
        for end, reason in zip(cuts, reasons, strict=True):
            yield from self._lengths.take(self._text, end, reason)
        if self._closed:
            yield from self._lengths.rest()
        else:
            yield from self._lengths.take_early(self._text, self._scanner.settled)

    def _release(self, pieces: Iterator[tuple[int, int]], forgettable: int) -> list[Segment]:
        """The pieces as segments; what stands before them and before `forgettable` is no longer needed."""
        ends = list(pieces)
        released, at = [], self._given
        if ends:
            mapped = MappedText.concat(self._parts) if self._mapped else MappedText.verbatim(self._text, self._start)
            for end, reason in ends:
                released.append(Segment(mapped[at:end], self._start + at, Reason(reason)))
                at = end
            self._parts = [mapped] if self._mapped else []
        self._given = at
        if forget := min(at, forgettable):
            self._forget(forget)
        return released

    def _forget(self, before: int) -> None:
        self._scanner.forget(self._text, before)
        self._lengths.forget(before)
        if self._mapped:
            self._parts = [MappedText.concat(self._parts)[before:]]
        self._text = self._text[before:]
        self._start += before
        self._given -= before
