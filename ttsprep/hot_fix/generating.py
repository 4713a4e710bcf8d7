"""From a lexicon and a text to exactly the corrections that the text needs.

>>> from ttsprep.lexicon import Entry, Kind, Lexicon
>>> lexicon = Lexicon.of([
...     Entry("重庆", Kind.PRONUNCIATION, "chong2 qing4"),
...     Entry("行", Kind.PRONUNCIATION, "hang2", before="银"),
...     Entry("今天", Kind.REPLACE, "金天"),
... ])
>>> made = generate("行人去重庆的银行，银行在重庆。", lexicon)
>>> made.hot_fix.as_setting()
{'pronunciation': [{'重庆': 'chong2 qing4'}, {'银行': 'yin2 hang2'}]}
>>> made.counts
{'重庆': 2, '行': 2}
>>> made.diagnostics
()

What of a lexicon does not occur is not sent. How the service applies hot_fix is not documented; `generate` assumes what
`ttsprep.hot_fix.apply` does, and reports every place where another order would be heard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ttsprep.diagnostics import Diagnostic
from ttsprep.hot_fix.conflicts import report_conflicts
from ttsprep.hot_fix.findings import Findings, named
from ttsprep.hot_fix.keys import hot_fix_of
from ttsprep.hot_fix.model import HotFix
from ttsprep.hot_fix.survey import Survey, Use, survey
from ttsprep.lexicon import Kind, Lexicon
from ttsprep.mapped import MappedText
from ttsprep.rules import correction_not_possible, key_given_twice
from ttsprep.settings import TaskSettings

__all__ = ["Generated", "generate"]


@dataclass(frozen=True)
class Generated:
    """The corrections for one text, where each entry is meant to act, and what was found."""

    hot_fix: HotFix
    uses: tuple[Use, ...]
    """In the order of the text; offsets are those of the text that was given, not of its source."""
    diagnostics: tuple[Diagnostic, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Key of the lexicon → how often it is meant, in the order of first places."""
        return dict(Counter(use.entry.key for use in self.uses))


def generate(
    text: MappedText | str,
    lexicon: Lexicon,
    settings: TaskSettings | None = None,
    *,
    only: Mapping[str, Collection[int]] | None = None,
) -> Generated:
    """The hot_fix that says a spoken text as the lexicon has it: keys that occur, the longest first.

    Where an entry is meant for some occurrences only (by its context, or because `only` maps its key to the places
    where it is meant), the key grows by its neighbours until it reaches just those. What `settings` have as hot_fix
    comes first, and is kept. Spans of the diagnostics are those of the source of `text`.

    The result is the value of a setting: ``settings.replace(hot_fix=made.hot_fix.as_setting())``.
    """
    mapped = MappedText.of(text)
    found = Findings(mapped)
    surveyed = survey(mapped.text, lexicon, only=only, kinds=(Kind.PRONUNCIATION, Kind.REPLACE))
    _leave_phones(mapped.text, lexicon, found)
    made = hot_fix_of(surveyed, lexicon, only or (), found)
    given = HotFix.of(settings.hot_fix if settings else None)
    fixes = _together(given, made, surveyed, found)
    report_conflicts(surveyed, fixes, found)
    return Generated(fixes, tuple(surveyed.uses), found.diagnostics())


def _leave_phones(text: str, lexicon: Lexicon, found: Findings) -> None:
    """hot_fix has pinyin only."""
    if any(entry.kind is Kind.PHONES for entry in lexicon):
        for use in survey(text, lexicon, kinds=(Kind.PHONES,)).uses:
            what = f"{named(use.entry)} is given in phones, which hot_fix cannot say: it is left out"
            found.add(correction_not_possible.RULE, use.start, use.end, what)


def _together(given: HotFix, made: HotFix, surveyed: Survey, found: Findings) -> HotFix:
    """Both, those given first."""
    if not given:
        return made
    first = {**given.pronunciation, **given.replace}
    for use in surveyed.uses:
        entry = use.entry
        if first.get(entry.key, entry.value) != entry.value:
            what = f"{named(entry)} is {first[entry.key]!r} in hot_fix of the settings, {entry.value!r} in the lexicon"
            found.add(key_given_twice.RULE, use.start, use.end, what)
    return HotFix(_under(given.pronunciation, made.pronunciation, first), _under(given.replace, made.replace, first))


def _under(given: Mapping[str, str], made: Mapping[str, str], first: Mapping[str, str]) -> dict[str, str]:
    return {**given, **{key: value for key, value in made.items() if key not in first}}
