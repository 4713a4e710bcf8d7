"""hot_fix heard: sentences with their replacements made, and their words read by the pinyin that was given (PAR-17).

>>> from ttsprep.emulator.voice.pieces import pieces
>>> corrections = Corrections({"pronunciation": [{"银行": "yin2 hang2"}], "replace": [{"今天": "金天"}]})
>>> sentence = corrections.of(Sentence("今天去银行。", pieces("今天去银行。"), 11))
>>> sentence.text, [(piece.text, piece.reading) for piece in sentence.pieces if isinstance(piece, Spoken)]
('金天去银行。', [('金天去', ''), ('银行', 'yin2 hang2'), ('。', '')])

Order and overlaps are those of `ttsprep.hot_fix.apply`. In SSML only text without a reading of its own is corrected,
each stretch of it by itself. What is counted stays that of the text that was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ttsprep.emulator.document import Sentence
from ttsprep.emulator.voice.pieces import Piece, Spoken
from ttsprep.hot_fix.applying import Applied, Applier
from ttsprep.hot_fix.model import HotFix
from ttsprep.markup import is_speakable

__all__ = ["Corrections"]


class Corrections:
    """The hot_fix of one task."""

    def __init__(self, hot_fix: Mapping[str, Any] | None) -> None:
        self._applier = Applier(HotFix.of(hot_fix))

    def of(self, sentence: Sentence) -> Sentence:
        """The sentence as it is heard."""
        if not self._applier.hot_fix:
            return sentence
        heard = tuple(self._pieces(sentence.pieces))
        text = "".join(piece.text for piece in heard if isinstance(piece, Spoken))
        speakable = sentence.speakable if text == sentence.text else is_speakable(text)
        return replace(sentence, text=text, pieces=heard, speakable=speakable)

    def _pieces(self, row: Iterable[Piece]) -> Iterator[Piece]:
        for piece in row:
            if isinstance(piece, Spoken) and not piece.read_as:
                yield from _cut(piece, self._applier.apply(piece.text))
            else:
                yield piece


def _cut(piece: Spoken, applied: Applied) -> Iterator[Spoken]:
    """The piece cut around its readings."""
    text, at = str(applied), 0
    for reading in applied.readings:
        if at < reading.start:
            yield replace(piece, text=text[at : reading.start])
        word = text[reading.start : reading.end]
        yield replace(piece, text=word, read_as="py", reading=reading.pinyin)
        at = reading.end
    if at < len(text):
        yield replace(piece, text=text[at:])
