"""A lexicon for a text that is still to come: the corrections are sent before the first word.

>>> from ttsprep.lexicon import Entry, Kind, Lexicon
>>> lexicon = Lexicon.of([Entry("行", Kind.PRONUNCIATION, "hang2", before="银"), Entry("今天", Kind.REPLACE, "金天")])
>>> StreamCorrections(lexicon, TaskSettings()).settings.parameters()["hot_fix"]
{'pronunciation': [{'银行': 'yin2 hang2'}], 'replace': [{'今天': '金天'}]}

Which entries occur is not known then, so all of them are sent; a context becomes part of the key, as it stands. Where
the model has no hot_fix, replacements are made in each text that is sent, and there are no pronunciations.
"""

from __future__ import annotations

from ttsprep.diagnostics import Diagnostic, DiagnosticError
from ttsprep.hot_fix.correcting import Route, route
from ttsprep.hot_fix.findings import named
from ttsprep.hot_fix.model import HotFix
from ttsprep.hot_fix.readings import needs, syllables
from ttsprep.hot_fix.survey import survey
from ttsprep.lexicon import Entry, Kind, Lexicon
from ttsprep.rules import correction_not_possible, corrections_without_hot_fix, key_given_twice
from ttsprep.settings import TaskSettings

__all__ = ["StreamCorrections"]


class StreamCorrections:
    """`settings` are those to send the stream with, `diagnostics` say what of the lexicon cannot be said."""

    def __init__(self, lexicon: Lexicon, settings: TaskSettings) -> None:
        self._lexicon, self._found = lexicon, list[Diagnostic]()
        self.route = route(settings, stream=True)
        self.settings = self._with_hot_fix(settings) if self.route is Route.HOT_FIX else settings
        if self.route is Route.TEXT:
            self._without(settings)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found in the lexicon; none has a place in the text."""
        return tuple(self._found)

    def apply(self, text: str) -> str:
        """A text of the stream as it is sent."""
        if self.route is Route.HOT_FIX:
            return text
        parts, at = [], 0
        for use in survey(text, self._lexicon, kinds=(Kind.REPLACE,)).uses:
            parts += [text[at : use.start], use.entry.value]
            at = use.end
        return "".join([*parts, text[at:]])

    def _without(self, settings: TaskSettings) -> None:
        if any(entry.kind is Kind.REPLACE for entry in self._lexicon):
            what = f"{settings.model} has no hot_fix: replacements are made in the text of the stream"
            self._found.append(corrections_without_hot_fix.RULE.at(None, what))
        for entry in self._lexicon:
            if entry.kind is not Kind.REPLACE:
                self._leave(entry, "the text of a stream holds no pronunciation")

    def _with_hot_fix(self, settings: TaskSettings) -> TaskSettings:
        given = HotFix.of(settings.hot_fix)
        first = {**given.pronunciation, **given.replace}
        pairs: dict[Kind, dict[str, str]] = {Kind.PRONUNCIATION: {}, Kind.REPLACE: {}}
        for entry in self._lexicon:
            if pair := self._pair(entry):
                key, value = pair
                if first.get(key, value) != value:
                    what = f"{named(entry)} is {first[key]!r} in hot_fix of the settings, {value!r} in the lexicon"
                    self._found.append(key_given_twice.RULE.at(None, what))
                if key not in first:
                    pairs[entry.kind][key] = value
        made = HotFix(
            {**given.pronunciation, **pairs[Kind.PRONUNCIATION]}, {**given.replace, **pairs[Kind.REPLACE]}
        ).as_setting()
        try:
            return settings.replace(hot_fix=made or None)
        except DiagnosticError as error:
            self._found += error.diagnostics
            return settings

    def _pair(self, entry: Entry) -> tuple[str, str] | None:
        """Key and value, with the context of the entry in both."""
        key = entry.before + entry.key + entry.after
        if entry.kind is Kind.REPLACE:
            return (key, entry.before + entry.value + entry.after) if entry.value != entry.key else None
        if entry.kind is Kind.PHONES:
            self._leave(entry, "hot_fix has no phones")
            return None
        if not entry.before and not entry.after:
            return key, entry.value
        if needs():
            self._leave(entry, needs())
            return None
        known = syllables(key)
        known.update(enumerate(entry.value.split(), len(entry.before)))
        if len(known) < len(key):
            self._leave(entry, "its context is not Chinese")
            return None
        return key, " ".join(known[at] for at in range(len(key)))

    def _leave(self, entry: Entry, why: str) -> None:
        self._found.append(correction_not_possible.RULE.at(None, f"{named(entry)} is left out: {why}"))
