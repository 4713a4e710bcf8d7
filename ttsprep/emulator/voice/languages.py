"""Which language each part of a text is read in: one engine voice reads one script well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from ttsprep.counting import HAN

__all__ = ["ENGINE_VOICES", "Run", "runs"]

ENGINE_VOICES = {
    "zh": "cmn",
    "en": "en-us",
    "fr": "fr",
    "de": "de",
    "ja": "ja",
    "ko": "ko",
    "ru": "ru",
    "pt": "pt-br",
    "th": "th",
    "id": "id",
    "vi": "vi",
}
"""The engine's voice for each language of language_hints (PAR-12)."""

# For each script the languages that are written in it; the first is taken unless the hint names another.
_SCRIPTS = (
    (rf"[{HAN}]", ("zh", "ja")),
    (r"[\p{Hiragana}\p{Katakana}ー]", ("ja",)),
    (r"\p{Hangul}", ("ko",)),
    (r"\p{Thai}", ("th",)),
    (r"\p{Cyrillic}", ("ru",)),
    (r"\p{Latin}", ("en", "fr", "de", "pt", "id", "vi")),
)
_SCRIPT = regex.compile("|".join(f"({pattern})" for pattern, _ in _SCRIPTS))
_KANA = regex.compile(_SCRIPTS[1][0])
# Letters that only Vietnamese has.
_VIETNAMESE = regex.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


class Run(NamedTuple):
    """A stretch of a text, in code points, and its language."""

    begin: int
    end: int
    language: str


def runs(text: str, hint: str | None = None) -> Iterator[Run]:
    """The text cut where the language changes. Digits, spaces and punctuation belong to what is before them.

    >>> [(text[a:b], language) for text in ["用 Python 写"] for a, b, language in runs(text)]
    [('用 ', 'zh'), ('Python ', 'en'), ('写', 'zh')]
    >>> [language for *_, language in runs("Grüße an 北京", "de")]
    ['de', 'zh']
    """
    by_script = [_language(languages, text, hint) for _, languages in _SCRIPTS]
    begin, language = 0, ""
    for found in _SCRIPT.finditer(text):
        spoken = by_script[(found.lastindex or 1) - 1]
        if language and spoken != language:
            yield Run(begin, found.start(), language)
            begin = found.start()
        language = spoken
    if text:
        yield Run(begin, len(text), language or (hint if hint in ENGINE_VOICES else None) or "zh")


def _language(languages: tuple[str, ...], text: str, hint: str | None) -> str:
    if hint in languages:
        return hint
    if "ja" in languages and _KANA.search(text):
        return "ja"
    if "vi" in languages and _VIETNAMESE.search(text):
        return "vi"
    return languages[0]
