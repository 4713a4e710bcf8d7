"""Did you mean?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["suggest"]


def suggest(word: str, known: Iterable[str], aliases: Mapping[str, str] | None = None) -> str | None:
    """The known word that was probably meant, or ``None``.

    >>> suggest("MP3", ["pcm", "wav", "mp3", "opus"]), suggest("ogg", ["opus"], {"ogg": "opus"})
    ('mp3', 'opus')
    >>> suggest("something else", ["opus"])
    """
    import difflib

    folded = {candidate.casefold(): candidate for candidate in known}
    wanted = word.strip().casefold()
    if aliases and wanted in aliases:
        return aliases[wanted]
    close = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.7)
    return folded[close[0]] if close else None
