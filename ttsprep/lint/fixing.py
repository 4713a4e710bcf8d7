"""Mends what the findings of a file know how to mend.

>>> from ttsprep.lint.linting import default_configuration
>>> fixed = fix(Source("<speak>Q&A</speak>", "a.ssml"), default_configuration())
>>> fixed.text, fixed.applied
('<speak>Q&amp;A</speak>', 1)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from ttsprep.diagnostics import Diagnostic
from ttsprep.lint.configuration import Configuration
from ttsprep.lint.linting import lint_file, lint_source
from ttsprep.lint.model import Kind, LintFile
from ttsprep.mapped import MappedText
from ttsprep.source import Source

__all__ = ["MOST_ROUNDS", "Fixed", "fix", "heard"]

MOST_ROUNDS: Final = 20
"""A file is checked and mended so often at most: one mended fault may show another."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The mended text, how many findings were mended in it, and how many of them by which rule."""

    text: str
    applied: int
    by_rule: dict[str, int]


def fix(source: Source, configuration: Configuration, *, unsafe: bool = False, sidecar: Source | None = None) -> Fixed:
    """The text with the fixes of its findings applied, again and again until there is none left.

    Only safe fixes are: they are tried, and what would change what is heard after all is left out. With `unsafe` all
    are applied and none is tried. Of fixes that overlap the first one wins its round.
    """
    by_rule: dict[str, int] = {}
    refused: set[Diagnostic] = set()
    for _ in range(MOST_ROUNDS):
        chosen = [each for each in _chosen(source, configuration, sidecar, unsafe) if each not in refused]
        done = chosen if unsafe else _harmless(source, configuration, chosen)
        text = _mended(source.text, done)
        if text == source.text:
            break
        for each in done:
            by_rule[each.rule.code] = by_rule.get(each.rule.code, 0) + 1
        refused = set()
        source = replace(source, text=text)
    return Fixed(source.text, sum(by_rule.values()), by_rule)


def _chosen(source: Source, configuration: Configuration, sidecar: Source | None, unsafe: bool) -> list[Diagnostic]:
    """The findings whose fixes can be applied at once."""
    from ttsprep.ssml.fixing import together

    result, _ = lint_source(source, configuration, sidecar=sidecar)
    found = (finding.diagnostic for finding in result.findings if finding.file == source.name)
    return together(each for each in found if each.fix and each.fix.edits and (each.fix.safe or unsafe))


def _mended(text: str, chosen: list[Diagnostic]) -> str:
    edits = sorted(edit for found in chosen if found.fix for edit in found.fix.edits)
    return MappedText.verbatim(text).edit((edit.span.start, edit.span.end, edit.text) for edit in edits).text


def _harmless(source: Source, configuration: Configuration, chosen: list[Diagnostic]) -> list[Diagnostic]:
    """Of the fixes those after which the same is heard: all of them, or what halving after halving leaves."""
    if not chosen:
        return []
    before = heard(lint_file(source, configuration))

    def same(some: list[Diagnostic]) -> bool:
        mended = replace(source, text=_mended(source.text, some))
        return bool(heard(lint_file(mended, configuration)) == before)

    def sift(some: list[Diagnostic], kept: list[Diagnostic]) -> list[Diagnostic]:
        if same([*kept, *some]):
            return [*kept, *some]
        if len(some) == 1:
            return kept
        middle = len(some) // 2
        return sift(some[middle:], sift(some[:middle], kept))

    return sift(chosen, [])


def heard(file: LintFile) -> Any:
    """What is heard of a file, to be compared: two files that sound alike give the same.

    >>> heard(LintFile("a.md", Source("**Ｈｉ** there"), Kind.MARKDOWN))
    [['Hi', 'there']]
    """
    what = _HEARD.get(file.kind)
    return what(file) if what else file.source.text


def _words(file: LintFile) -> list[list[str]]:
    """The words of each line, without characters that nobody hears; other forms of a character sound as it does.

    A line ending is heard: it ends a sentence.
    """
    lines = unicodedata.normalize("NFC", "".join(map(_audible, file.spoken.text))).splitlines()
    return [words for line in lines if (words := line.split())]


def _audible(character: str) -> str:
    if _FORMS.match(character):
        return unicodedata.normalize("NFKC", character)
    silent = unicodedata.category(character) in ("Cc", "Cf") and not character.isspace()
    return "" if silent else character


_FORMS: Final = re.compile("[\u2f00-\u2fd5\uf900-\ufaff\ufb00-\ufb06\uff00-\uffef\U0002f800-\U0002fa1f]")
"""Radicals, compatibility ideographs, ligatures, forms of another width."""


def _document(file: LintFile) -> Any:
    from ttsprep.ssml.fixing import heard as heard_of_ssml

    words, *others = heard_of_ssml(file.source.text)
    return "".join(words), others


def _values(file: LintFile) -> Any:
    from ttsprep.settings import SettingsFile

    read, _ = SettingsFile.parse(file.source)
    return read.values if read else file.source.text


_HEARD: Final[dict[Kind, Callable[[LintFile], Any]]] = {
    Kind.MARKDOWN: _words,
    Kind.TEXT: _words,
    Kind.SSML: _document,
    Kind.SETTINGS: _values,
}
