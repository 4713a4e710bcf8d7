"""Settings while they are being checked: what was given, what of it is sound, what was found."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ttsprep import catalog
from ttsprep.diagnostics import Diagnostic, Fix, Rule, Severity, Span
from ttsprep.settings.file import SettingsFile
from ttsprep.settings.masking import masked
from ttsprep.settings.paths import Path, Place, field_name
from ttsprep.source import unsendable

__all__ = ["Draft", "objection", "quoted", "service_answers"]

_LONGEST_QUOTE = 60
_BARE_KEY = re.compile("[A-Za-z_-][A-Za-z0-9_-]*")


def quoted(value: Any) -> str:
    """A value as JSON for a message, cut where it is long.

    >>> quoted("你好"), quoted(True), quoted(float("nan"))
    ('"你好"', 'true', 'NaN')
    """
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = f"a {type(value).__name__}"
    return _short(masked(text))


def service_answers(failure: str) -> str:
    """What the service answers, by the id of a failure in the catalog, for the end of a message.

    >>> service_answers("voice-missing")
    'the service answers "Request voice is invalid!"'
    """
    return f'the service answers "{catalog.error(failure).says}"'


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


class Draft:
    """`given` came in, `good` is what of it passed its own check, `defaults` stand where nothing was given."""

    def __init__(self, given: Mapping[str, Any], defaults: Mapping[str, Any], file: SettingsFile | None = None) -> None:
        self.given = given
        self.defaults = defaults
        self.file = file
        self.good: dict[str, Any] = {}
        self.found: list[Diagnostic] = []

    def report(
        self,
        rule: Rule,
        path: str | Path,
        message: str,
        *,
        severity: Severity | None = None,
        instead: Any = None,
        at_key: bool = False,
    ) -> None:
        """Add a diagnostic at the value (or key) of `path`; `instead` is offered as a fix where it stands in a file."""
        path = (path,) if isinstance(path, str) else path
        span = self._span(path, at_key)
        fix = None if instead is None else self._fix(span, instead)
        field = masked(field_name(path))
        self.found.append(rule.at(span, masked(message), severity=severity, fix=fix, field=field))

    def _fix(self, span: Span | None, instead: Any) -> Fix | None:
        """Write `instead` for what stands at `span` of the file; a bare key of TOML stays bare."""
        if span is None or self.file is None:
            return None
        old = span.of(self.file.source.text)
        new = str(instead) if _BARE_KEY.fullmatch(old) else json.dumps(instead, ensure_ascii=False)
        return Fix.replace(span, new, safe=False, title=f"write {new} instead of {_short(old)}")

    def _span(self, path: Path, at_key: bool) -> Span | None:
        place: Place | None = self.file.places.get(path) if self.file else None
        if place is None:
            return None
        return place.key if at_key and place.key is not None else place.value

    def sendable(self, path: Path, text: str) -> bool:
        """Whether every character can be sent (TXT-06); the first that cannot is reported."""
        faults = unsendable(text)
        for fault in faults[:1]:
            self.report(fault.rule, path, f"{field_name(path)}: {fault.message}")
        return not faults

    def get(self, name: str) -> Any:
        """A setting as given, or what stands where nothing was given; ``None`` if what was given is bad."""
        if name in self.good or name in self.given:
            return self.good.get(name)
        return self.defaults.get(name)

    def has(self, name: str) -> bool:
        """Whether a setting was given and is sound."""
        return name in self.good

    # --- what the catalog says of it

    @property
    def region(self) -> str:
        """The region; the default one if a bad one was given, so that the other checks can go on."""
        return str(self.get("region") or self.defaults["region"])

    @property
    def model(self) -> catalog.Model | None:
        """The model, if the catalog knows it."""
        return catalog.model(self.get("model") or "")

    @property
    def voice(self) -> catalog.Voice | None:
        """The system voice of the model, if it is one."""
        model = self.get("model")
        return catalog.voice(self.get("voice") or "", model) if model else None

    @property
    def has_cloned_voice(self) -> bool:
        """Whether the voice is no system voice at all, so that it is taken for a cloned one."""
        voice = self.get("voice")
        return bool(voice) and not catalog.find_voice(voice)

    def support(self, feature: str) -> catalog.Support | None:
        """Whether the model can do something in the region; ``None`` if the catalog does not know the model."""
        return self.model.supports(feature, self.region) if self.model else None


def objection(draft: Draft, support: catalog.Support | None, rule: Rule, name: str, what: str) -> None:
    """Report the use of a feature against which something stands; an error loses nothing to the rule's own severity."""
    if support is None or support.severity is None or draft.model is None:
        return
    reason = "" if support.severity is Severity.ERROR else f" in region {draft.region}: {support.stated}"
    draft.report(rule, name, f"{draft.model.id} {what}{reason}", severity=support.severity)
