"""What is spoken in one breath, and what is put into its sound: a pause must not change how the words around it sound.

A text with a pause in it is spoken as if the pause were not there; then the pause is put in front of the next word. So
it makes the audio longer by exactly its own length.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from ttsprep.emulator.voice.pieces import Beep, Music, Piece, Silence, Spoken
from ttsprep.emulator.voice.sound import SAMPLE_BYTES, Timed

__all__ = ["Insertions", "Utterance", "utterances"]


@dataclass(slots=True)
class Utterance:
    """Texts in the same manner, and what is put in at which code point of them, in order."""

    parts: list[Spoken] = field(default_factory=list)
    inserted: list[tuple[int, Silence | Beep]] = field(default_factory=list)
    length: int = 0
    """Of its text, in code points."""

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    def add(self, piece: Spoken | Silence | Beep) -> None:
        """It goes on with this."""
        if isinstance(piece, Spoken):
            self.parts.append(piece)
            self.length += len(piece.text)
        else:
            self.inserted.append((self.length, piece))

    def takes(self, spoken: Spoken) -> bool:
        """Whether this text goes on with it."""
        return not self.parts or _manner(self.parts[0]) == _manner(spoken)


def _manner(spoken: Spoken) -> Spoken:
    return replace(spoken, text="", read_as="", reading="")


def utterances(pieces: Iterable[Piece]) -> Iterator[Utterance | Music]:
    """The row of pieces as utterances.

    >>> [found.inserted for found in utterances([Spoken("你好"), Silence(50), Spoken("世界"), Silence(70)])]
    [[(2, Silence(milliseconds=50)), (4, Silence(milliseconds=70))]]
    """
    current = Utterance()
    for piece in pieces:
        if isinstance(piece, Music):
            yield current
            yield piece
            current = Utterance()
            continue
        if isinstance(piece, Spoken) and not current.takes(piece):
            yield current
            current = Utterance()
        current.add(piece)
    yield current


class Insertions:
    """Puts silence and tones into the sound of an utterance, and moves the words behind them."""

    def __init__(self, inserted: Iterable[tuple[int, Silence | Beep]], sample_rate: int) -> None:
        self._waiting = deque(inserted)
        self._sample_rate = sample_rate
        self._placed: deque[tuple[int, Silence | Beep]] = deque()
        self._moved = 0.0
        self._samples = 0

    def place(self, words: Iterable[Timed]) -> list[Timed]:
        """The next words at their times, with everything that is put in; what is in front of them has its place."""
        return [self._move(word) for word in words]

    def _move(self, word: Timed) -> Timed:
        (begin, end), first, last = word
        self._place(begin + 1, lambda _: first)
        before = self._moved
        # Within what counts as one word, as in Japanese: where the character is likely to begin.
        self._place(end, lambda position: first + (last - first) * (position - begin) / (end - begin))
        return Timed(word.token, first + before, last + self._moved)

    def _place(self, before: int, when: Callable[[int], float]) -> None:
        """Give a place to what stands in front of a code point: that is heard `when` its code point is."""
        while self._waiting and self._waiting[0][0] < before:
            position, piece = self._waiting.popleft()
            self._placed.append((round(when(position) * self._sample_rate) if position else 0, piece))
            self._moved += piece.milliseconds / 1000

    def into(self, samples: bytes) -> Iterator[bytes | Silence | Beep]:
        """The next samples, whose words have been placed, with what is put into them."""
        while self._placed and self._placed[0][0] <= self._samples + len(samples) // SAMPLE_BYTES:
            at, piece = self._placed.popleft()
            cut = max(0, at - self._samples) * SAMPLE_BYTES
            yield samples[:cut]
            yield piece
            self._samples += cut // SAMPLE_BYTES
            samples = samples[cut:]
        yield samples
        self._samples += len(samples) // SAMPLE_BYTES

    def rest(self) -> Iterator[Silence | Beep]:
        """What stands behind the last word."""
        yield from (piece for _, piece in [*self._placed, *self._waiting])
