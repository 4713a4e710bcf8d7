"""The modifiers of Speech Markdown and what the service's SSML has for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

__all__ = ["MODIFIERS", "STRENGTHS", "Does", "Modifier"]


class Does(Enum):
    """What becomes of a text with a modifier. The first three are elements round the text: one text has only one."""

    ALIAS = auto()
    """A ``sub`` element."""
    READING = auto()
    """A ``phoneme`` element."""
    SAY_AS = auto()
    """A ``say-as`` element."""
    PROSODY = auto()
    """An attribute of a ``speak`` element of its own."""
    VOICE = auto()
    """The attribute voice, if the name is one of the service's."""
    SILENCE = auto()
    """A pause in place of the text, which must not be heard."""
    NOTHING = auto()
    """The text alone."""


@dataclass(frozen=True, slots=True)
class Modifier:
    """What a modifier becomes."""

    does: Does
    says: str = ""
    """The word of the dialect: an ``interpret-as``, or an attribute of ``speak``."""
    value: str = ""
    """The value to take where the modifier has none."""
    lost: str = ""
    """What is not the same; "" where nothing is lost."""


def _table(*rows: tuple[str, Modifier]) -> Mapping[str, Modifier]:
    return MappingProxyType({name: modifier for names, modifier in rows for name in names.split()})


def _say_as(says: str, lost: str = "") -> Modifier:
    return Modifier(Does.SAY_AS, says, lost=lost)


def _nothing(lost: str) -> Modifier:
    return Modifier(Does.NOTHING, lost=lost)


_MOOD = "it has no moods; the parameter instruction asks a voice for one"

MODIFIERS = _table(
    ("sub", Modifier(Does.ALIAS)),
    ("ipa xsampa phoneme py pinyin cmu arpabet", Modifier(Does.READING)),
    ("address", _say_as("address")),
    ("cardinal number", _say_as("cardinal")),
    ("characters chars spell-out verbatim", _say_as("characters")),
    ("currency", _say_as("currency")),
    ("date", _say_as("date")),
    ("digits", _say_as("digits")),
    ("name", _say_as("name")),
    ("phone telephone", _say_as("telephone")),
    ("time", _say_as("time")),
    ("unit", _say_as("measure", "units are read as a measure")),
    ("fraction", _say_as("cardinal", "fractions are read as a cardinal number")),
    ("ordinal", _nothing("it has no ordinal numbers; write 1st or 第1")),
    ("rate", Modifier(Does.PROSODY, "rate", "medium")),
    ("pitch", Modifier(Does.PROSODY, "pitch", "medium")),
    ("vol volume", Modifier(Does.PROSODY, "volume", "medium")),
    ("whisper", Modifier(Does.PROSODY, "volume", "x-soft", "it cannot whisper: the text is soft only")),
    ("voice", Modifier(Does.VOICE, "voice")),
    ("bleep expletive", Modifier(Does.SILENCE, lost="a word that must not be heard becomes a pause")),
    ("emphasis", _nothing("it has no emphasis")),
    ("interjection", _nothing("it has no interjections")),
    ("lang", _nothing("it hears the language by itself; the parameter language_hints says it")),
    ("drc timbre", _nothing("it has no such effect")),
    ("kana ruby", _nothing("it has no Japanese readings; sub can say one")),
    ("defaults", _nothing("the end of a section says the same")),
    ("dj newscaster", _nothing(_MOOD)),
    ("advertisement_upbeat affectionate angry assistant calm chat cheerful customerservice depressed", _nothing(_MOOD)),
    (
        "disappointed disgruntled embarrassed empathetic envious excited fearful friendly gentle hopeful",
        _nothing(_MOOD),
    ),
    ("documentary-narration sports_commentary sports_commentary_excited", _nothing(_MOOD)),
    ("lyrical narration-professional narration-relaxed newscast-casual newscast-formal", _nothing(_MOOD)),
    ("poetry-reading role sad serious shouting style styledegree terrified unfriendly whispering", _nothing(_MOOD)),
)
"""Modifier → what it becomes. (`mark` and `break` stand in brackets of their own.)"""


def _milliseconds(rows: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    return MappingProxyType(dict(rows))


STRENGTHS = _milliseconds(
    [("none", 0), ("x-weak", 100), ("weak", 250), ("medium", 500), ("strong", 750), ("x-strong", 1000)]
)
"""The strength of a break → milliseconds: W3C says only that they ascend."""
