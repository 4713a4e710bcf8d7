"""The system voices, and what cloned ones can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ttsprep.catalog.languages import language_code
from ttsprep.catalog.reading import Row, rows

__all__ = ["Cloned", "Voice", "cloned", "find_voice", "voice", "voices"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Row):
    """A system voice of one model. `languages` are BCP 47 with the dialect or country the vendor names."""

    id: str
    model: str
    languages: tuple[str, ...]
    ssml: bool
    instruct: bool
    timestamps: bool
    regions: tuple[str, ...]

    def speaks(self, language: str) -> bool:
        """Whether `language` (a code or a name) is one of its languages; a bare language includes its dialects.

        >>> yue = voice("longjiaxin_v3", "cosyvoice-v3-flash")
        >>> yue.speaks("zh"), yue.speaks("zh-cantonese"), yue.speaks("zh-Minnan"), yue.speaks("fr")
        (True, True, False, False)
        >>> yue.speaks("粤语"), yue.speaks("zh_CN"), yue.speaks("Japanese")
        (True, True, False)
        """
        wanted = (language_code(language) or language).casefold()
        mine = [known.casefold() for known in self.languages]
        return any(known == wanted or known.startswith(wanted + "-") for known in mine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloned(Row):
    """What the cloned voices of one model can do."""

    model: str
    ssml: bool
    instruct: bool
    timestamps: bool


@cache
def _voices() -> Mapping[tuple[str, str], Voice]:
    return {(row["id"], row["model"]): Voice(**row) for row in rows("voices", "voice")}


@cache
def _voices_by_id() -> Mapping[str, tuple[Voice, ...]]:
    found: dict[str, tuple[Voice, ...]] = {}
    for known in _voices().values():
        found[known.id] = (*found.get(known.id, ()), known)
    return found


def voices(
    *,
    model: str | None = None,
    language: str | None = None,
    region: str | None = None,
    ssml: bool | None = None,
    instruct: bool | None = None,
    timestamps: bool | None = None,
) -> tuple[Voice, ...]:
    """The system voices that fit every condition given, in the order of the vendor's list.

    >>> [found.id for found in voices(model="cosyvoice-v3-plus")]
    ['longanyang', 'longanhuan']
    >>> [found.id for found in voices(model="cosyvoice-v3-flash", language="zh-Minnan")]
    ['longanmin_v3']
    """
    return tuple(
        known
        for known in _voices().values()
        if (model is None or known.model == model)
        and (language is None or known.speaks(language))
        and (region is None or region in known.regions)
        and (ssml is None or known.ssml == ssml)
        and (instruct is None or known.instruct == instruct)
        and (timestamps is None or known.timestamps == timestamps)
    )


def find_voice(id: str) -> tuple[Voice, ...]:  # noqa: A002 (the catalog's word for a name)
    """The system voices with this id, one for each model that has it; empty for any other id."""
    return _voices_by_id().get(id, ())


def voice(id: str, model: str) -> Voice | None:  # noqa: A002 (the catalog's word for a name)
    """The system voice with this id of this model, or ``None``."""
    return _voices().get((id, model))


@cache
def _cloned() -> Mapping[str, Cloned]:
    return {row["model"]: Cloned(**row) for row in rows("voices", "cloned")}


def cloned(model: str) -> Cloned | None:
    """What cloned voices of a model can do; ``None`` if the catalog does not know.

    >>> cloned("cosyvoice-v3-flash").instruct
    True
    """
    return _cloned().get(model)
