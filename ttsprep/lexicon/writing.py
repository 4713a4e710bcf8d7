"""A lexicon → the text of a file in any of the formats."""

from __future__ import annotations

from ttsprep.lexicon.entries import Lexicon
from ttsprep.lexicon.formats import format_named

__all__ = ["write_lexicon"]


def write_lexicon(lexicon: Lexicon, form: str) -> str:
    r"""The lexicon as a file: what is read from it is the same lexicon. Comments and includes of the files that it was
    read from are not in it; notes are.

        >>> from ttsprep.lexicon import Entry, Kind
        >>> names = Lexicon.of([Entry("重庆", Kind.PRONUNCIATION, "chong2 qing4"), Entry("a b", Kind.REPLACE, "甲乙")])
        >>> write_lexicon(names, "plain")
        '重庆 chong2 qing4\n"a b" = 甲乙\n'

    Raises ValueError for a format that is not known, and for characters that the format does not have (XML).
    """
    return format_named(form).write(lexicon)
