"""Pieces of the length that is wanted, made of sentences: short ones are merged, long ones are cut."""

from __future__ import annotations

from collections.abc import Iterator

from ttsprep.counting import count_plain, fitting
from ttsprep.sentences._cutting import LOOK_AHEAD, best_cut
from ttsprep.sentences._options import Options
from ttsprep.sentences._segments import Reason

__all__ = ["Lengths"]


class Lengths:
    """Takes sentences one after the other and gives pieces, as (end, reason).

    A piece takes sentences until it counts `minimum`, as long as it stays within `maximum`. What is decided depends on
    the sentences only, not on when they come.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._start = self._end = 0  # of the sentences taken since the last piece
        self._size = 0
        self._reason = int(Reason.END)
        self._is_first = True

    @property
    def start(self) -> int:
        """Where the last piece ended."""
        return self._start

    def forget(self, before: int) -> None:
        """The text loses what stands before `before`."""
        self._start -= before
        self._end -= before

    def take(self, text: str, end: int, reason: int) -> Iterator[tuple[int, int]]:
        """The pieces that the next sentence, which ends at `end`, completes."""
        size = count_plain(text[self._end : end])
        while self._limit is not None and self._size + size > self._limit:
            if self._end > self._start:
                yield self._piece()
            else:
                before = self._start
                yield self._cut(text, end)
                size -= count_plain(text[before : self._start])
        self._size, self._end, self._reason = self._size + size, end, reason
        if self._size >= self._minimum:
            yield self._piece()

    def take_early(self, text: str, settled: int) -> Iterator[tuple[int, int]]:
        """The pieces that are certain while the next sentence is known not to end before `settled`."""
        while self._limit is not None and self._size + 2 * (settled - self._end) > self._limit:
            if self._size + count_plain(text[self._end : settled]) <= self._limit:
                return
            if self._end > self._start:
                yield self._piece()
            elif fitting(text, self._limit, self._start) + LOOK_AHEAD < settled:
                yield self._cut(text, settled)
            else:
                return

    def rest(self) -> Iterator[tuple[int, int]]:
        """What was taken and has not become a piece."""
        if self._end > self._start:
            yield self._piece()

    @property
    def _limit(self) -> int | None:
        limits = [self._options.maximum, self._options.first if self._is_first else None]
        return min((limit for limit in limits if limit is not None), default=None)

    @property
    def _minimum(self) -> int:
        return 0 if self._is_first and self._options.first is not None else self._options.minimum

    def _piece(self) -> tuple[int, int]:
        self._start, self._size, self._is_first = self._end, 0, False
        return self._end, self._reason

    def _cut(self, text: str, stop: int) -> tuple[int, int]:
        fits = fitting(text, self._limit or 0, self._start)
        self._end = best_cut(text, self._start, fits, stop, self._options.segmenter)
        self._reason = int(Reason.LENGTH)
        return self._piece()
