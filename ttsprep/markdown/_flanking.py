"""Which runs of emphasis markers may open and which may close, by the characters beside them."""

from __future__ import annotations

from functools import lru_cache

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from ttsprep.late import late_pattern

__all__ = ["character_before", "flanking"]

_CJK = late_pattern(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001aff0-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
)


@lru_cache(4096)
def flanking(before: str, after: str, splits_words: bool) -> tuple[bool, bool]:
    """Whether a run of markers between two characters may open and whether it may close.

    The CJK-friendly rule: punctuation beside a CJK character, or itself CJK, hinders nothing.
    (github.com/tats-u/markdown-cjk-friendly; CommonMark alone leaves the markers of ``**注意：**请看``.) `splits_words`
    is true of stars, which may stand inside a word, and false of underscores.
    """
    blank_before, blank_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    cjk_before, cjk_after = _CJK.match(before) is not None, _CJK.match(after) is not None
    left = not blank_after and (not mark_after or cjk_after or blank_before or mark_before or cjk_before)
    right = not blank_before and (not mark_before or cjk_before or blank_after or mark_after or cjk_after)
    opens = left and (splits_words or not right or mark_before)
    closes = right and (splits_words or not left or mark_after)
    return opens, closes


def _is_mark(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def character_before(src: str, at: int) -> str:
    """The character before `at`; that of an ideograph with a variation selector is the ideograph."""
    at -= 1
    if at > 0 and ("\ufe00" <= src[at] <= "\ufe0f" or "\U000e0100" <= src[at] <= "\U000e01ef"):
        at -= 1
    return src[at] if at >= 0 else " "
