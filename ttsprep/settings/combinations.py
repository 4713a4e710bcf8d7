"""Settings against each other and against the catalog.

A check that needs a setting which is itself bad says nothing: the bad value has been reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ttsprep import catalog
from ttsprep.diagnostics import Rule, Severity
from ttsprep.likeness import suggest
from ttsprep.rules import (
    aigc_not_of_model,
    aigc_with_pcm,
    aigc_without_tag,
    bit_rate_without_opus,
    hot_fix_not_of_model,
    markdown_filter_not_of_model,
    model_not_in_region,
    opus_sample_rate,
    parameter_not_of_model,
    ssml_not_of_model,
    ssml_not_of_voice,
    timestamps_not_of_voice,
    unknown_model,
    unknown_voice,
    voice_made_for_another_model,
    voice_not_in_region,
    voice_of_another_model,
)
from ttsprep.settings.draft import Draft, objection, quoted, service_answers
from ttsprep.settings.speech import check_instruction, check_language

__all__ = ["check_combinations"]


def check_combinations(draft: Draft) -> None:
    """Run every check of this module."""
    for check in _CHECKS:
        check(draft)


# --- model and voice


def _model(draft: Draft) -> None:
    name, model = draft.get("model"), draft.model
    if name and model is None:
        meant = _meant_model(name)
        hint = f" (did you mean {meant}?)" if meant else ""
        message = f"model {quoted(name)} is not in the catalog{hint}; what depends on the model is not checked"
        draft.report(unknown_model.RULE, "model", message, instead=meant)
    elif model and draft.region not in model.regions:
        message = f"{model.id} is not sold in region {draft.region}, only in {', '.join(model.regions)}"
        draft.report(model_not_in_region.RULE, "model" if draft.has("model") else "region", message)


def _meant_model(name: str) -> str | None:
    """None where the digits differ: a model of another number is a newer one."""
    meant = suggest(name, [known.id for known in catalog.models()])
    digits = re.findall("[0-9]", name)
    return meant if meant and digits in ([], re.findall("[0-9]", meant)) else None


def _voice(draft: Draft) -> None:
    name, model = draft.get("voice"), draft.model
    if not name:
        return
    if draft.has_cloned_voice:
        _cloned_voice(draft, name)
    elif model and draft.voice is None:
        _foreign_voice(draft, name, model)
    elif draft.voice and draft.region not in draft.voice.regions and model and draft.region in model.regions:
        message = f"voice {name} is offered in {', '.join(draft.voice.regions)} only, not in {draft.region}"
        draft.report(voice_not_in_region.RULE, "voice", message)


def _cloned_voice(draft: Draft, name: str) -> None:
    made_for = max((m.id for m in catalog.models() if name.startswith(m.id + "-")), key=len, default="")
    if made_for and draft.model and made_for != draft.model.id:
        message = f"voice {quoted(name)} seems to be made for {made_for}, not for {draft.model.id}"
        draft.report(voice_made_for_another_model.RULE, "voice", message)
    elif not made_for:
        meant = _meant_voice(name, draft.model)
        hint = f" (did you mean {meant}?)" if meant else ""
        message = f"voice {quoted(name)} is no system voice{hint}; it is taken for a cloned voice"
        draft.report(unknown_voice.RULE, "voice", message, instead=meant)


def _meant_voice(name: str, model: catalog.Model | None) -> str | None:
    """Of this model, if it is known; the suffix may be missing: longwan for longwan_v3."""
    known = [voice.id for voice in catalog.voices(model=model.id if model else None)]
    return suggest(name, known, {voice.rsplit("_v", 1)[0]: voice for voice in known})


def _foreign_voice(draft: Draft, name: str, model: catalog.Model) -> None:
    owners = ", ".join(voice.model for voice in catalog.find_voice(name))
    default = "" if draft.has("voice") else " (the default)"
    meant = _voice_of(model, name)
    hint = f" (did you mean {meant}?)" if meant else ""
    if not model.system_voices:
        hint = f"; {model.id} has cloned voices only"
    message = (
        f"voice {name}{default} belongs to {owners}, not to {model.id}{hint}; {service_answers('voice-not-of-model')}"
    )
    if draft.has("voice"):
        draft.report(voice_of_another_model.RULE, "voice", message, instead=meant)
    else:
        draft.report(voice_of_another_model.RULE, "model", message)


def _voice_of(model: catalog.Model, name: str) -> str | None:
    """The voice of the model that differs only in the suffix: longwan, longwan_v2, longwan_v3."""
    base = name.rsplit("_v", 1)[0]
    return next((v.id for v in catalog.voices(model=model.id) if v.id.rsplit("_v", 1)[0] == base), None)


# --- what model and voice can do


def _ssml(draft: Draft) -> None:
    if not draft.get("enable_ssml"):
        return
    support = draft.support("ssml")
    what = "may not read SSML"
    if support and support.severity not in (None, Severity.WARNING):
        what = f"does not read SSML; {service_answers('ssml-not-supported')}"
    objection(draft, support, ssml_not_of_model.RULE, "enable_ssml", what)
    if draft.voice and not draft.voice.ssml and support and support.severity is not Severity.ERROR:
        message = f"voice {draft.voice.id} does not read SSML; {service_answers('ssml-not-supported')}"
        draft.report(ssml_not_of_voice.RULE, "enable_ssml", message)


def _timestamps(draft: Draft) -> None:
    if not draft.get("word_timestamp_enabled"):
        return
    support = draft.support("word_timestamps")
    if support and not support.allowed and draft.model:
        message = f"{draft.model.id} gives no word timestamps; the words of its events stay empty"
    elif draft.voice and not draft.voice.timestamps:
        message = f"voice {draft.voice.id} gives no word timestamps; the words of its events stay empty"
    else:
        return
    draft.report(timestamps_not_of_voice.RULE, "word_timestamp_enabled", message)


def _hot_fix(draft: Draft) -> None:
    if draft.get("hot_fix"):
        objection(draft, draft.support("hot_fix"), hot_fix_not_of_model.RULE, "hot_fix", "has no hot_fix")
        _cloned_only(draft, "hot_fix", hot_fix_not_of_model.RULE, "hot_fix")


def _markdown_filter(draft: Draft) -> None:
    name, rule = "enable_markdown_filter", markdown_filter_not_of_model.RULE
    if draft.get(name):
        objection(draft, draft.support("markdown_filter"), rule, name, "has no Markdown filter")
        _cloned_only(draft, "markdown_filter", rule, name)


def _cloned_only(draft: Draft, feature: str, rule: Rule, name: str) -> None:
    """Pages of Beijing have it for cloned voices only: a warning there, elsewhere a note."""
    support = draft.support(feature)
    if not (support and support.allowed and draft.model and draft.voice):
        return
    if draft.model.features[feature].others_cloned_only:
        there = draft.region == catalog.REGION_OF_OTHER_PAGES
        message = f"{name} acts for cloned voices only, say the pages of {catalog.REGION_OF_OTHER_PAGES}"
        draft.report(rule, name, message, severity=Severity.WARNING if there else Severity.NOTE)


def _aigc(draft: Draft) -> None:
    support, rule = draft.support("aigc_tag"), aigc_not_of_model.RULE
    if draft.get("enable_aigc_tag"):
        objection(draft, support, rule, "enable_aigc_tag", "does not mark its audio")
        if draft.get("format") == "pcm":
            message = "enable_aigc_tag has no effect on pcm, only on wav, mp3 and opus"
            draft.report(aigc_with_pcm.RULE, "enable_aigc_tag", message)
    for name in ("aigc_propagator", "aigc_propagate_id"):
        if draft.has(name):
            objection(draft, support, rule, name, f"has no {name}")
            if draft.get("enable_aigc_tag") is False:
                draft.report(aigc_without_tag.RULE, name, f"{name} has no effect without enable_aigc_tag")


# --- audio


def _bit_rate(draft: Draft) -> None:
    audio = draft.get("format")
    parameter = catalog.parameter("bit_rate")
    if not draft.has("bit_rate") or audio is None or audio in parameter.needs["format"]:
        return
    message = f"bit_rate has no effect on {audio}, only on {', '.join(parameter.needs['format'])}"
    elsewhere = draft.region == catalog.REGION_OF_OTHER_PAGES and audio in parameter.others_needs["format"]
    draft.report(bit_rate_without_opus.RULE, "bit_rate", message, severity=Severity.NOTE if elsewhere else None)


def _opus(draft: Draft) -> None:
    rate = draft.get("sample_rate")
    if draft.get("format") != "opus" or rate is None:
        return
    real = catalog.opus_sample_rate(rate)
    if real != rate:
        default = "" if draft.has("sample_rate") else " (the default)"
        message = f"opus has no {rate} Hz{default}; the audio is encoded at {real} Hz"
        draft.report(opus_sample_rate.RULE, "sample_rate" if draft.has("sample_rate") else "format", message)


def _older_model(draft: Draft) -> None:
    """Parameters that the oldest model does not have."""
    for name in ("seed", "bit_rate", "language_hints"):
        if draft.has(name):
            objection(draft, draft.support(name), parameter_not_of_model.RULE, name, f"has no {name}")
    if draft.get("format") == "opus":
        objection(draft, draft.support("opus"), parameter_not_of_model.RULE, "format", "makes no opus")


_CHECKS: tuple[Callable[[Draft], None], ...] = (
    _model,
    _voice,
    _ssml,
    _timestamps,
    _hot_fix,
    _markdown_filter,
    _aigc,
    _bit_rate,
    _opus,
    _older_model,
    check_language,
    check_instruction,
)
