"""The settings of a task as one frozen value."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from ttsprep import catalog
from ttsprep.diagnostics import Diagnostic, DiagnosticError, Span, has_errors
from ttsprep.settings.combinations import check_combinations
from ttsprep.settings.draft import Draft
from ttsprep.settings.file import SettingsFile
from ttsprep.settings.formulas import formula_findings
from ttsprep.settings.frozen import freeze, thaw
from ttsprep.settings.keys import refusing_keys
from ttsprep.settings.values import INVALID, answer, check_values

__all__ = ["TaskSettings"]


@refusing_keys
@dataclass(frozen=True, kw_only=True, repr=False)
class TaskSettings:
    """Region, model, voice and every parameter of run-task, under the names of the API.

    ``None`` means: not sent, so that the service's default acts (`effective` says which). Whatever would be refused
    or cannot act is found here, before anything is sent: the constructor raises DiagnosticError with *all* errors;
    warnings and notes are in `diagnostics`.

        >>> settings = TaskSettings(voice="longanhuan", rate=1.2, format="wav")
        >>> settings.parameters()
        {'text_type': 'PlainText', 'voice': 'longanhuan', 'format': 'wav', 'rate': 1.2}
        >>> TaskSettings(rate=3, volume=True)
        Traceback (most recent call last):
        ...
        ttsprep.diagnostics.DiagnosticError: PAR005 error: volume is true, a boolean, not an integer
        PAR006 error: rate is 3, above 2.0 (allowed: 0.5 to 2.0)

    `region` decides host, models, voices and price. Ranges and units: PAR-01 to PAR-18, ``docs/settings.md``.
    """

    region: str = "intl"
    model: str = "cosyvoice-v3-flash"
    text_type: str = "PlainText"
    voice: str = "longanyang"
    format: str | None = None
    sample_rate: int | None = None
    volume: int | None = None
    rate: float | None = None
    pitch: float | None = None
    enable_ssml: bool | None = None
    bit_rate: int | None = None
    word_timestamp_enabled: bool | None = None
    seed: int | None = None
    language_hints: Sequence[str] | None = None
    instruction: str | None = None
    enable_aigc_tag: bool | None = None
    aigc_propagator: str | None = None
    aigc_propagate_id: str | None = None
    hot_fix: Mapping[str, Any] | None = None
    enable_markdown_filter: bool | None = None
    diagnostics: tuple[Diagnostic, ...] = field(init=False, default=(), compare=False, repr=False)
    """The warnings and notes about these settings, in the order of their fields."""

    _NAMES: ClassVar[tuple[str, ...]] = tuple(INVALID)

    def __post_init__(self) -> None:
        given = {name: getattr(self, name) for name in self._NAMES}
        draft = _checked({name: value for name, value in given.items() if value != getattr(type(self), name)})
        if has_errors(draft.found):
            raise DiagnosticError(draft.found)
        self._fill(draft)

    def _fill(self, draft: Draft) -> None:
        for name in self._NAMES:
            object.__setattr__(self, name, freeze(draft.good.get(name, getattr(type(self), name))))
        object.__setattr__(self, "diagnostics", tuple(draft.found))

    def __repr__(self) -> str:
        """What was set, and what always is."""
        values = {name: thaw(getattr(self, name)) for name in ("region", "model")} | self.parameters()
        del values["text_type"]
        return f"TaskSettings({', '.join(f'{name}={value!r}' for name, value in values.items())})"

    # --- other ways to make one

    @classmethod
    def check(
        cls,
        values: Mapping[str, Any],
        *,
        source: SettingsFile | None = None,
        complete: bool = False,
    ) -> tuple[TaskSettings | None, tuple[Diagnostic, ...]]:
        """The settings in a mapping, ``None`` if it has errors, and everything that was found.

        `source` is the file that the values come from: diagnostics then point into it, in the order of its lines.
        With `complete` nothing is filled in: `model`, `text_type` and `voice` must be there, as in a run-task that
        arrives.

            >>> settings, found = TaskSettings.check({"voice": "longanyang", "fromat": "mp3"})
            >>> print(settings, found[0])
            None PAR020 error: "fromat" is no setting (did you mean format?)
        """
        draft = _checked(values, source, complete=complete)
        if source is not None:
            in_file = [dataclasses.replace(found, file=source.source.name) for found in draft.found]
            draft.found = sorted([*source.findings, *in_file], key=_by_place)
        if has_errors(draft.found):
            return None, tuple(draft.found)
        settings = object.__new__(cls)
        settings._fill(draft)
        return settings, settings.diagnostics

    @classmethod
    def load(cls, path: str | Path) -> tuple[TaskSettings | None, tuple[Diagnostic, ...]]:
        """The settings in a TOML or JSON file; spans of the diagnostics are offsets into its text.

        Raises OSError if the file cannot be read.
        """
        file, found = SettingsFile.read(path)
        return cls.check(file.values, source=file) if file else (None, found)

    def replace(self, **changes: Any) -> TaskSettings:
        """The same settings with some changed, checked again; ``None`` takes one out.

        >>> TaskSettings(rate=1.2, seed=7).replace(rate=None).parameters()
        {'text_type': 'PlainText', 'voice': 'longanyang', 'seed': 7}

        Raises DiagnosticError if the result has errors, TypeError for a name that is no setting.
        """
        return dataclasses.replace(self, **changes)

    # --- what they mean

    @property
    def url(self) -> str:
        """The endpoint of the region (URL-01)."""
        return catalog.region(self.region).url

    def parameters(self) -> dict[str, Any]:
        """What ``payload.parameters`` of run-task holds: what was set, as given, in the order of the API page."""
        values = {name: getattr(self, name) for name in catalog.parameters()}
        return {name: thaw(value) for name, value in values.items() if value is not None}

    def formula_findings(self, span: Span) -> tuple[Diagnostic, ...]:
        """What stands against a LaTeX formula at `span` of the text: the model reads none, or speaks no Chinese.

        >>> TaskSettings(language_hints=["zh"]).formula_findings(Span(0, 5))
        ()
        >>> str(TaskSettings(language_hints=["en"]).formula_findings(Span(0, 5))[0])
        'MTH001 warning: formulas are read in Chinese only, not in en'
        """
        return formula_findings(self.region, self.model, self.voice, self.language_hints, span)

    def effective(self, name: str) -> Any:
        """The value with which the service works: the one set, or its own default (``None`` if it has none).

        >>> TaskSettings(rate=1.2).effective("rate"), TaskSettings().effective("sample_rate")
        (1.2, 22050)

        Raises KeyError for a name that is no setting.
        """
        if name not in INVALID:
            raise KeyError(name)
        value = getattr(self, name)
        return catalog.parameter(name).default if value is None else value


def _checked(values: Mapping[str, Any], source: SettingsFile | None = None, *, complete: bool = False) -> Draft:
    draft = Draft(values, _defaults(), source)
    if not values and not complete:
        return draft  # the defaults are right, and the voices take a while to read
    if complete:
        _require(draft)
    check_values(draft)
    check_combinations(draft)
    draft.found.sort(key=lambda found: _order(found.field))
    return draft


def _require(draft: Draft) -> None:
    required = [parameter.name for parameter in catalog.parameters().values() if parameter.required]
    for name in ("model", *required):
        if name not in draft.given:
            draft.report(INVALID[name], name, f"{name} is missing{answer(name)}")


_ORDER = {name: place for place, name in enumerate(INVALID)}


def _order(name: str) -> int:
    """The place of a field in the order of the API page; what is no field comes last."""
    return _ORDER.get(name.split(".")[0].split("[")[0], len(_ORDER))


def _by_place(found: Diagnostic) -> tuple[bool, Span]:
    """As it stands in the file; what has no place there (options) comes last."""
    return found.span is None, found.span or Span(0, 0)


def _defaults() -> dict[str, Any]:
    """What stands where nothing was given: our own choice of region, model and voice, else the service's default."""
    own = {name: getattr(TaskSettings, name) for name in ("region", "model", "voice")}
    return {name: parameter.default for name, parameter in catalog.parameters().items()} | own
