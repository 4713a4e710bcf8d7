"""SSML for the service: its grammar, and everything that is done with documents in it.

    validate(source)          every fault at once: where, why, and the fix
    accepts(document)         the verdict of the grammar's own validator
    speak(rate=1.2)["…"]      elements that are right when they are made (`ttsprep.ssml.build`)
    from_markdown(source), from_speech_markdown(source)
    convert(source)           from the dialects of other services

Importing this package loads none of its parts; each name loads its part when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ttsprep.ssml.build import (
        Document,
        break_,
        document,
        fragment,
        phoneme,
        say_as,
        sound_event,
        speak,
        sub,
    )
    from ttsprep.ssml.checker import validate
    from ttsprep.ssml.conversion import Conversion, convert
    from ttsprep.ssml.converted import Converted
    from ttsprep.ssml.gate import accepts, disagreement
    from ttsprep.ssml.markdown import Pauses, SsmlOptions, from_markdown
    from ttsprep.ssml.speech_markdown import from_speech_markdown
    from ttsprep.ssml.writer import DocumentWriter

__all__ = [
    "Conversion",
    "Converted",
    "Document",
    "DocumentWriter",
    "Pauses",
    "SsmlOptions",
    "accepts",
    "break_",
    "convert",
    "disagreement",
    "document",
    "fragment",
    "from_markdown",
    "from_speech_markdown",
    "phoneme",
    "say_as",
    "sound_event",
    "speak",
    "sub",
    "validate",
]

_HOME = {
    **dict.fromkeys(
        ["Document", "break_", "document", "fragment", "phoneme", "say_as", "sound_event", "speak", "sub"], "build"
    ),
    "Conversion": "conversion",
    "Converted": "converted",
    "DocumentWriter": "writer",
    **dict.fromkeys(["Pauses", "SsmlOptions", "from_markdown"], "markdown"),
    "from_speech_markdown": "speech_markdown",
    "accepts": "gate",
    "convert": "conversion",
    "disagreement": "gate",
    "validate": "checker",
}
"""Public name → module that defines it."""


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
