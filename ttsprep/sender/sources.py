"""What is given to `Sender.speak`: whether it can be spoken, in which settings, and in which audio format."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import PurePath
from typing import Final, TypeAlias

from ttsprep import catalog
from ttsprep.mapped import MappedText
from ttsprep.payloads import Plan, TextPart
from ttsprep.settings import TaskSettings
from ttsprep.source import Source

__all__ = ["Chunk", "Speakable", "check_together", "for_file", "named", "plans_of", "settings_of", "suffixes"]

Chunk: TypeAlias = str | MappedText | TextPart
Speakable: TypeAlias = str | MappedText | TextPart | Plan | Sequence[Plan] | Iterable[Chunk] | AsyncIterable[Chunk]

_COMMON: Final = ("format", "sample_rate")
_TAKEN: Final = "a text (str), a plan (of ttsprep.prepare) or an iterable of texts"
_INSTEAD: Final = (
    (bytes | bytearray | memoryview, "decode it first"),
    (Source, "prepare it first"),
    (PathLike, "read the file first (ttsprep.Source.read)"),
    (Mapping, "take its values"),
)
"""Type that is easily given by mistake → what to do."""


def plans_of(source: Speakable) -> tuple[Plan, ...]:
    """The plans in a source, if it is one or several. Raises TypeError for plans among texts."""
    if isinstance(source, Plan):
        return (source,)
    found = source if isinstance(source, list | tuple) else ()
    plans = tuple(plan for plan in found if isinstance(plan, Plan))
    if plans and len(plans) < len(found):
        raise TypeError("speak takes plans or texts, not both in one list: make a plan of each text (prepare)")
    return plans


def settings_of(source: Speakable, given: TaskSettings | None) -> TaskSettings | None:
    """The settings that a source brings with it (a plan, the parts of a `PrepareStream`), else those given.

    Raises TypeError for what cannot be spoken, DiagnosticError for a plan with errors, ValueError where a source has
    settings and others are given.
    """
    plans = plans_of(source)
    for plan in plans:
        plan.raise_for_errors()
    if not plans:
        _check_type(source)
    for owner in plans or (source,):
        own = getattr(owner, "settings", None)
        if isinstance(own, TaskSettings) and given not in (None, own):
            kind = "a plan" if plans else "a prepared stream"
            raise ValueError(f"{kind} has its own settings, and others were given: speak it without any")
    own = getattr(plans[0] if plans else source, "settings", None)
    return own if isinstance(own, TaskSettings) else given


def _check_type(source: object) -> None:
    instead = next((f": {what}" for kind, what in _INSTEAD if isinstance(source, kind)), "")
    if instead or not isinstance(source, str | MappedText | TextPart | Iterable | AsyncIterable):
        raise TypeError(f"speak takes {_TAKEN}, not {type(source).__name__}{instead}")


def check_together(plans: Sequence[Plan]) -> None:
    """Raise TypeError for plans that cannot make one stream of audio."""
    for plan in plans:
        for name in _COMMON:
            if plan.settings.effective(name) != plans[0].settings.effective(name):
                raise TypeError(f"plans that are spoken together make one stream of audio: {name} must be the same")


# --- the format that the name of a file asks for


def suffixes() -> dict[str, str]:
    """Suffix of a file → audio format.

    >>> {suffix: suffixes()[suffix] for suffix in (".mp3", ".ogg", ".opus", ".raw")}
    {'.mp3': 'mp3', '.ogg': 'opus', '.opus': 'opus', '.raw': 'pcm'}
    """
    known = catalog.parameter("format")
    names = {**{str(value): str(value) for value in known.values}, **known.aliases}
    return {f".{name}": audio for name, audio in names.items()}


def _format_of(path: str | PathLike[str]) -> str | None:
    """The audio format that a name asks for; None for a name without a suffix.

    Raises ValueError for the suffix of anything else.
    """
    suffix = PurePath(path).suffix
    known = suffixes()
    if suffix and suffix.lower() not in known:
        raise ValueError(f"{path}: the service makes no {suffix} file; it can be {', '.join(known)}")
    return known.get(suffix.lower())


def named(path: str | PathLike[str], settings: TaskSettings) -> TaskSettings:
    """The settings in the format that the name asks for, where they ask for none themselves.

    Raises ValueError for a name that says another format, or the suffix of none; DiagnosticError for settings that
    do not go with the format.
    """
    wanted = _format_of(path)
    if wanted is None or wanted == settings.effective("format"):
        return settings
    if settings.format is not None:
        raise ValueError(f"{path}: the name says {wanted}, the settings say format {settings.format}: change one")
    return settings.replace(format=wanted)


def for_file(path: str | PathLike[str], source: Speakable, settings: TaskSettings) -> tuple[Speakable, TaskSettings]:
    """A source and its settings, both in the format that the name of a file asks for; raises as `named`."""
    plans = plans_of(source)
    if not plans:
        return source, named(path, settings)
    plans = tuple(_plan_for(path, plan) for plan in plans)
    return list(plans), plans[0].settings


def _plan_for(path: str | PathLike[str], plan: Plan) -> Plan:
    tasks = tuple(replace(task, settings=named(path, task.settings)) for task in plan.tasks)
    return replace(plan, settings=named(path, plan.settings), tasks=tasks)
