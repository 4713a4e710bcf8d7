"""What of the text is spoken now: complete sentences at once, the rest when the task ends (FLW-03, FLW-04)."""

from __future__ import annotations

import re

from ttsprep.sentences import Segment, SentenceStream, split

__all__ = ["SETTLE", "Sentences"]

SETTLE = 0.25
"""Seconds after which a full stop at the very end of the text counts as the end of a sentence."""

_CLOSERS = r"""["'”’»)\]）】」』》\s]*"""
_CERTAIN = re.compile(rf"[。！？!?…｡؟]{_CLOSERS}$")
_LIKELY = re.compile(rf"[.．]{_CLOSERS}$")
_TAIL = 32


class Sentences:
    """The fragments of one task as one text.

    A sentence is complete when the text goes on behind it, or when the mark at the very end leaves no doubt:

    >>> text = Sentences()
    >>> text.feed("你好"), text.feed("。再"), text.feed("见！"), text.feed("It costs 3.")
    ([], ['你好。'], ['再见！'], [])
    >>> text.may_settle, text.feed("14. "), text.settle()
    (True, [], ['It costs 3.14. '])
    """

    def __init__(self) -> None:
        self._stream = SentenceStream()
        self._held: list[str] = []
        self._pending = ""

    def feed(self, text: str) -> list[str]:
        """The sentences that the fragment completes."""
        self._pending += text
        done = self._take(self._stream.feed(text))
        return done + (self.settle() if self._ends_with(_CERTAIN) else [])

    @property
    def may_settle(self) -> bool:
        """Whether the text ends with what is a full stop if nothing follows."""
        return self._ends_with(_LIKELY)

    def settle(self) -> list[str]:
        """What is complete when nothing follows."""
        rest = split(self._pending)
        return self.close() if rest and rest[-1].complete else []

    def close(self) -> list[str]:
        """Everything that is left; text fed later begins anew."""
        left = self._take(self._stream.close()) + self._held
        self._stream, self._held, self._pending = SentenceStream(), [], ""
        return left

    def _ends_with(self, mark: re.Pattern[str]) -> bool:
        return mark.search(self._pending[-_TAIL:]) is not None

    def _take(self, segments: list[Segment]) -> list[str]:
        """What is complete; a line without a mark at its end waits for the sentence after it."""
        done: list[str] = []
        for segment in segments:
            self._held.append(segment.text)
            if segment.complete:
                done += self._held
                self._held.clear()
        self._pending = self._pending[sum(map(len, done)) :]
        return done
