"""A lexicon brought into a text and its settings, in the way that model and voice have.

>>> from ttsprep.lexicon import Entry, Kind, Lexicon
>>> lexicon = Lexicon.of([Entry("银行", Kind.PRONUNCIATION, "yin2 hang2"), Entry("今天", Kind.REPLACE, "金天")])
>>> made = correct("今天去银行", lexicon, TaskSettings())
>>> made.text.text, made.settings.parameters()["hot_fix"]
('今天去银行', {'pronunciation': [{'银行': 'yin2 hang2'}], 'replace': [{'今天': '金天'}]})
>>> made = correct("今天去银行", lexicon, TaskSettings(model="cosyvoice-v3-plus", voice="longanyang"))
>>> print(made.text.text)
<speak><sub alias="金天">今天</sub>去<phoneme alphabet="py" ph="yin2 hang2">银行</phoneme></speak>
>>> print(made.diagnostics[-1])
HOT038 note: cosyvoice-v3-plus has no hot_fix: 2 corrections stand in the text as SSML
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ttsprep import catalog
from ttsprep.diagnostics import Diagnostic, DiagnosticError, Severity
from ttsprep.hot_fix.conflicts import report_losses
from ttsprep.hot_fix.findings import Findings, named
from ttsprep.hot_fix.generating import generate
from ttsprep.hot_fix.survey import Use, survey
from ttsprep.lexicon import Entry, Kind, Lexicon
from ttsprep.mapped import MappedText
from ttsprep.markup import is_ssml
from ttsprep.rules import correction_not_possible, corrections_without_hot_fix
from ttsprep.settings import TaskSettings

__all__ = ["Corrected", "Route", "correct", "route"]


class Route(enum.StrEnum):
    """How corrections reach the service."""

    HOT_FIX = "hot_fix"
    """As a parameter of the task; the text stays as it is."""
    SSML = "ssml"
    """As ``phoneme`` and ``sub`` in the text, which is SSML then."""
    TEXT = "text"
    """Replacements in the text; nothing holds a pronunciation."""


class Corrected(NamedTuple):
    """The text to send, and the settings to send it with."""

    text: MappedText
    settings: TaskSettings
    route: Route
    diagnostics: tuple[Diagnostic, ...]


def route(settings: TaskSettings, *, ssml: bool = False, stream: bool = False) -> Route:
    """The way that model and voice have: hot_fix where no official page says that the model has none, else SSML where
    nothing stands against it, else plain text. A text that is `ssml` is corrected by elements of its own: what the
    service does with both is not documented. A `stream` of text cannot be SSML (SSM-04).

    >>> route(TaskSettings()).value, route(TaskSettings(), ssml=True).value
    ('hot_fix', 'ssml')
    >>> route(TaskSettings(model="cosyvoice-v3-plus"), stream=True).value
    'text'
    """
    if ssml:
        return Route.SSML
    if _severity(settings, "hot_fix") is not Severity.ERROR:
        return Route.HOT_FIX
    return Route.TEXT if stream or _against_ssml(settings) else Route.SSML


def _severity(settings: TaskSettings, feature: str) -> Severity | None:
    """What stands against a feature; a model that is not known is trusted."""
    model = catalog.model(settings.model)
    return model.supports(feature, settings.region).severity if model else None


def _against_ssml(settings: TaskSettings) -> str:
    """Why SSML is no way for these settings; "" where it is one."""
    voice = catalog.voice(settings.voice, settings.model)
    if settings.enable_ssml is False:
        return "enable_ssml is false"
    if voice is not None and not voice.ssml:
        return f"voice {settings.voice} reads no SSML"
    return "" if _severity(settings, "ssml") is None else "it reads no SSML"


def correct(
    text: MappedText | str,
    lexicon: Lexicon,
    settings: TaskSettings,
    *,
    only: Mapping[str, Collection[int]] | None = None,
) -> Corrected:
    """The text and settings that say a spoken text as the lexicon has it; what does not occur leaves both as they are.

    `only` is that of `ttsprep.hot_fix.generate`. Spans of the diagnostics are those of the source of `text`.
    """
    mapped = MappedText.of(text)
    way = route(settings, ssml=is_ssml(mapped.text))
    if way is Route.HOT_FIX:
        return _with_hot_fix(mapped, lexicon, settings, only)
    found = Findings(mapped)
    surveyed = survey(mapped.text, lexicon, only=only)
    report_losses(surveyed, found)
    uses = list(_possible(surveyed.uses, way, found))
    if way is Route.SSML:
        corrected, odd = _as_ssml(mapped, uses)
    else:
        corrected, odd = mapped.edit((use.start, use.end, use.entry.value) for use in uses), ()
    diagnostics = (*found.diagnostics(), *odd, *_said(uses, way, settings, mapped.text))
    if way is Route.SSML and uses and settings.enable_ssml is None and not is_ssml(mapped.text):
        settings = settings.replace(enable_ssml=True)
    return Corrected(corrected, settings, way, diagnostics)


def _with_hot_fix(
    text: MappedText, lexicon: Lexicon, settings: TaskSettings, only: Mapping[str, Collection[int]] | None
) -> Corrected:
    made = generate(text, lexicon, settings, only=only)
    found = made.diagnostics
    if made.uses:
        try:
            settings = settings.replace(hot_fix=made.hot_fix.as_setting() or None)
        except DiagnosticError as error:
            found += error.diagnostics
    return Corrected(text, settings, Route.HOT_FIX, found)


def _said(uses: list[Use], way: Route, settings: TaskSettings, text: str) -> Iterator[Diagnostic]:
    """How the corrections are said, and why."""
    if uses:
        many = "1 correction stands" if len(uses) == 1 else f"{len(uses):,} corrections stand"
        why = "the text is SSML" if is_ssml(text) else f"{settings.model} has no hot_fix"
        why += f", and {_against_ssml(settings)}" if way is Route.TEXT else ""
        how = "as SSML" if way is Route.SSML else "as plain text"
        yield corrections_without_hot_fix.RULE.at(None, f"{why}: {many} in the text {how}")


def _possible(uses: Iterable[Use], way: Route, found: Findings) -> Iterator[Use]:
    """Those that can be said in this way."""
    for use in uses:
        why = _objection(use.entry, way)
        if why:
            what = f"{named(use.entry)} cannot be said as {use.entry.value!r}: {why}"
            found.add(correction_not_possible.RULE, use.start, use.end, what)
        else:
            yield use


def _objection(entry: Entry, way: Route) -> str:
    if way is Route.SSML:
        try:
            _element(entry.kind, entry.key, entry.value)
        except ValueError as error:
            return str(error)
        return ""
    return "" if entry.kind is Kind.REPLACE else "plain text holds no pronunciation"


# --- SSML


@lru_cache(4096)
def _element(kind: Kind, key: str, value: str) -> str:
    """The element that says an entry. Raises ValueError for what SSML does not take."""
    from ttsprep.ssml.build import phoneme, sub

    if kind is Kind.REPLACE:
        return str(sub(key, alias=value))
    if kind is Kind.PRONUNCIATION:
        return str(phoneme(key, py=value))
    return str(phoneme(key, cmu=value))


def _as_ssml(text: MappedText, uses: list[Use]) -> tuple[MappedText, tuple[Diagnostic, ...]]:
    """The text with its corrections as SSML; what is SSML already keeps the rest as it is."""
    elements = [(use.start, use.end, _element(use.entry.kind, use.entry.key, use.entry.value)) for use in uses]
    if is_ssml(text.text) or not elements:
        return text.edit(elements), ()
    from ttsprep.ssml.authoring.escaping import escapes
    from ttsprep.ssml.build import speak

    found: list[Diagnostic] = []
    between = escapes(_masked(text, uses), found)
    whole = [(0, 0, speak.start_tag), *sorted([*elements, *between]), (len(text), len(text), speak.end_tag)]
    return text.edit(whole), tuple(found)


def _masked(text: MappedText, uses: list[Use]) -> MappedText:
    """The text with letters where elements come: they escape what they hold."""
    return text.edit((use.start, use.end, "x" * (use.end - use.start)) for use in uses)
