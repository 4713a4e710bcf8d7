"""Each setting on its own: its JSON type, its range, the values it may have (PAR-01 to PAR-18, RUN-05).

A boolean is no number, an integer is one; NaN and infinity are none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ttsprep import catalog
from ttsprep.catalog import Parameter
from ttsprep.diagnostics import Rule, Severity
from ttsprep.likeness import suggest
from ttsprep.rules import (
    invalid_aigc_propagation,
    invalid_bit_rate,
    invalid_enable_aigc_tag,
    invalid_enable_markdown_filter,
    invalid_enable_ssml,
    invalid_format,
    invalid_hot_fix,
    invalid_instruction,
    invalid_language_hints,
    invalid_model,
    invalid_pitch,
    invalid_rate,
    invalid_region,
    invalid_sample_rate,
    invalid_seed,
    invalid_text_type,
    invalid_voice,
    invalid_volume,
    invalid_word_timestamp_enabled,
    unknown_setting,
)
from ttsprep.settings.draft import Draft, quoted, service_answers
from ttsprep.settings.hot_fix import check_hot_fix
from ttsprep.settings.keys import check_keys

__all__ = ["INVALID", "answer", "check_values", "is_number"]

INVALID: Mapping[str, Rule] = {
    "region": invalid_region.RULE,
    "model": invalid_model.RULE,
    "text_type": invalid_text_type.RULE,
    "voice": invalid_voice.RULE,
    "format": invalid_format.RULE,
    "sample_rate": invalid_sample_rate.RULE,
    "volume": invalid_volume.RULE,
    "rate": invalid_rate.RULE,
    "pitch": invalid_pitch.RULE,
    "enable_ssml": invalid_enable_ssml.RULE,
    "bit_rate": invalid_bit_rate.RULE,
    "word_timestamp_enabled": invalid_word_timestamp_enabled.RULE,
    "seed": invalid_seed.RULE,
    "language_hints": invalid_language_hints.RULE,
    "instruction": invalid_instruction.RULE,
    "enable_aigc_tag": invalid_enable_aigc_tag.RULE,
    "aigc_propagator": invalid_aigc_propagation.RULE,
    "aigc_propagate_id": invalid_aigc_propagation.RULE,
    "hot_fix": invalid_hot_fix.RULE,
    "enable_markdown_filter": invalid_enable_markdown_filter.RULE,
}
"""The rule of each setting that is broken by a value of the wrong type, outside its range or not among its values."""

# Setting → id of what the service answers, where a page gives its words.
_ANSWERS = {"model": "missing-parameter", "voice": "voice-missing", "format": "format-invalid"}
# What other programs call the same thing.
_OTHER_NAMES = {
    "speech_rate": "rate",
    "speed": "rate",
    "pitch_rate": "pitch",
    "audio_format": "format",
    "samplerate": "sample_rate",
    "bitrate": "bit_rate",
    "ssml": "enable_ssml",
    "language": "language_hints",
    "language_hint": "language_hints",
    "word_timestamps": "word_timestamp_enabled",
    "timestamps": "word_timestamp_enabled",
    "voice_id": "voice",
    "instruct": "instruction",
}


def is_number(value: Any) -> bool:
    """Whether JSON would call it a number that can be sent.

    >>> [is_number(value) for value in (1, 1.5, True, float("nan"), "1")]
    [True, True, False, False, False]
    """
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


_TYPES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "string": ("a string", lambda value: isinstance(value, str)),
    "integer": ("an integer", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    "number": ("a number", is_number),
    "boolean": ("true or false", lambda value: isinstance(value, bool)),
    "list": ("a list of strings", lambda value: isinstance(value, list | tuple)),
    "object": ("an object", lambda value: isinstance(value, Mapping)),
}


def check_values(draft: Draft) -> None:
    """Check every setting by itself; what passes goes into ``draft.good``."""
    refused = check_keys(draft)
    for name, value in draft.given.items():
        if name in refused:
            continue
        if name not in INVALID:
            _unknown(draft, name)
        elif _OWN.get(name, _check_parameter)(draft, name, value):
            draft.good[name] = value


def _unknown(draft: Draft, name: Any) -> None:
    meant = suggest(str(name), INVALID, _OTHER_NAMES)
    draft.report(
        unknown_setting.RULE,
        (name if isinstance(name, str) else str(name),),
        f"{quoted(name)} is no setting{_did_you_mean(meant)}",
        instead=None if meant in draft.given else meant,  # a fix must not make a duplicate
        at_key=True,
    )


def _did_you_mean(meant: Any) -> str:
    return f" (did you mean {meant}?)" if meant is not None else ""


def answer(name: str) -> str:
    """The service's words for a missing or bad setting, where a page gives them, as the end of a message."""
    return f"; {service_answers(_ANSWERS[name])}" if name in _ANSWERS else ""


# --- region and model, which are no parameters


def _check_region(draft: Draft, name: str, value: Any) -> bool:
    known = [region.id for region in catalog.regions()]
    if value in known:
        return True
    aliases = {alias: region.id for region in catalog.regions() for alias in region.aliases}
    meant = suggest(value, known, aliases) if isinstance(value, str) else None
    message = f"region is {quoted(value)}, not {_one_of(known)}{_did_you_mean(meant)}"
    draft.report(INVALID[name], name, message, instead=meant)
    return False


def _check_id(draft: Draft, name: str, value: Any) -> bool:
    """Model and voice: a string with something in it, which may be unknown."""
    if isinstance(value, str) and value.strip() == value != "":
        return draft.sendable((name,), value)
    bare = value.strip() if isinstance(value, str) else ""
    if value == "":
        what = f"empty{answer(name)}"
    elif bare:
        what = f"{quoted(value)}, with a blank at its begin or end"
    else:
        what = f"{quoted(value)}{_kind(value)}, not a name"
    draft.report(INVALID[name], name, f"{name} is {what}", instead=bare or None)
    return False


# --- parameters


def _check_parameter(draft: Draft, name: str, value: Any) -> bool:
    parameter = catalog.parameter(name)
    if not _well_typed(draft, parameter, value):
        return False
    if isinstance(value, str) and not draft.sendable((name,), value):
        return False
    if parameter.type == "list":
        # not all(…): every bad element is reported
        return False not in [_check_element(draft, parameter, at, inner) for at, inner in enumerate(value)]
    if parameter.values and value not in parameter.values:
        return _not_among(draft, parameter, value)
    return _in_range(draft, parameter, value)


def _well_typed(draft: Draft, parameter: Parameter, value: Any) -> bool:
    words, fits = _TYPES[parameter.type]
    if fits(value):
        return True
    hint = "; leave it out for the default" if value is None else _instead_of(parameter, value)
    draft.report(
        INVALID[parameter.name],
        parameter.name,
        f"{parameter.name} is {quoted(value)}{_kind(value)}, not {words}{hint}",
    )
    return False


def _kind(value: Any) -> str:
    kinds = {bool: ", a boolean", str: ", a string", list: ", a list", tuple: ", a list", dict: ", an object"}
    return next((words for kind, words in kinds.items() if isinstance(value, kind)), "")


def _instead_of(parameter: Parameter, value: Any) -> str:
    return f"; write [{quoted(value)}]" if parameter.type == "list" and value in parameter.values else ""


def _not_among(draft: Draft, parameter: Parameter, value: Any) -> bool:
    meant = (
        suggest(value, parameter.values, parameter.aliases)
        if isinstance(value, str)
        else min(parameter.values, key=lambda known: abs(known - value))
    )
    message = (
        f"{parameter.name} is {quoted(value)}, not {_one_of(parameter.values)}"
        f"{_did_you_mean(meant)}{answer(parameter.name)}"
    )
    draft.report(INVALID[parameter.name], parameter.name, message, instead=meant)
    return False


def _one_of(values: Iterable[Any]) -> str:
    values = list(map(str, values))
    return values[0] if len(values) == 1 else "one of " + ", ".join(values)


def _in_range(draft: Draft, parameter: Parameter, value: Any) -> bool:
    low, high = parameter.minimum, parameter.maximum
    if low is None or high is None or low <= value <= high:
        return True
    side = f"below {low}" if value < low else f"above {high}"
    unit = f" {parameter.unit}" if parameter.unit else ""
    message = f"{parameter.name} is {quoted(value)}, {side} (allowed: {low} to {high}{unit})"
    draft.report(INVALID[parameter.name], parameter.name, message)
    return False


def _check_element(draft: Draft, parameter: Parameter, index: int, value: Any) -> bool:
    path = (parameter.name, index)
    if value in parameter.values:
        return True
    elsewhere = isinstance(value, str) and value in parameter.others_values
    if elsewhere and draft.region == catalog.REGION_OF_OTHER_PAGES:
        message = f"{quoted(value)} is not among the languages of the API page; a newer page of this region has it"
        draft.report(INVALID[parameter.name], path, message, severity=Severity.NOTE)
        return True
    meant = None
    if isinstance(value, str) and not elsewhere:
        meant = _meant_element(parameter, value)
    known = _one_of(parameter.values)
    message = f"{parameter.name} has {quoted(value)}, not {known}{_did_you_mean(meant)}"
    draft.report(INVALID[parameter.name], path, message, instead=meant)
    return False


def _meant_element(parameter: Parameter, value: str) -> str | None:
    """``zh`` for ``Chinese``, ``zh-Hans-CN`` and ``zh_TW``."""
    bare = (catalog.language_code(value) or "").partition("-")[0]
    return bare if bare in parameter.values else suggest(value, parameter.values)


_OWN: Mapping[str, Callable[[Draft, str, Any], bool]] = {
    "region": _check_region,
    "model": _check_id,
    "voice": _check_id,
    "hot_fix": check_hot_fix,
}
