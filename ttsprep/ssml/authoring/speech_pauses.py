"""The pauses of Speech Markdown: a length or a strength → the pause that the service makes."""

from __future__ import annotations

import re
from decimal import Decimal

from ttsprep.ssml import pauses
from ttsprep.ssml.authoring.speech_modifiers import STRENGTHS
from ttsprep.ssml.build import Leaf, break_

__all__ = ["milliseconds", "nearest_pause"]

_LENGTH = re.compile(r"([0-9]*\.?[0-9]*)(m?s)")


def milliseconds(length: str) -> Decimal | None:
    """The length of a pause in milliseconds; None for what is none.

    >>> milliseconds("1.5s"), milliseconds("none"), milliseconds("long")
    (Decimal('1500.0'), Decimal('0'), None)
    """
    if length in STRENGTHS:
        return Decimal(STRENGTHS[length])
    found = _LENGTH.fullmatch("".join(length.split()))
    if not found or not found[1].strip("."):
        return None
    return Decimal(found[1]) * pauses.MILLISECONDS[found[2]]


def nearest_pause(wanted: Decimal) -> tuple[Leaf, Decimal]:
    """The pause that the service takes and is nearest to the one that is wanted, and its length.

    >>> print(*nearest_pause(Decimal(20_000)), *nearest_pause(Decimal(2_000)))
    <break time="10000ms"/> 10000 <break time="2s"/> 2000
    """
    try:
        return (break_(s=wanted / 1000) if wanted % 1000 == 0 else break_(ms=wanted)), wanted
    except ValueError:
        length = min(max(wanted, Decimal(pauses.shortest())), Decimal(pauses.longest())).to_integral_value()
        return break_(ms=length), length
