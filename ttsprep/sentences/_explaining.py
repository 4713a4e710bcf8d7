"""Why a text is split as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ttsprep.mapped import MappedText
from ttsprep.sentences._options import Options
from ttsprep.sentences._scanner import Scanner

__all__ = ["Decision", "explain"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one mark, line ending, tag or formula."""

    at: int
    """Where it stands in the text that is split, in code points."""
    end: int | None
    """Where the sentence ends that it ends; None where it ends none."""
    why: str
    """The rule that decided, in a few words."""


def explain(text: MappedText | str, options: Options | None = None) -> Iterator[Decision]:
    """Every place of `text` where a sentence might end, and why it does or does not; lengths left out.

    >>> for decision in explain("Dr. No came. He left."):
    ...     print(decision.at, decision.end, decision.why)
    2 None the abbreviation before it always has something behind it: Mr., z. B., ул.
    11 13 a mark, and the next sentence begins without any doubt
    20 21 a mark at the end of the text
    """
    trace: list[tuple[int, int, str]] = []
    Scanner(options or Options(), trace).scan(str(text), final=True)
    for at, cut, why in trace:
        yield Decision(at, cut if cut >= 0 else None, why)
