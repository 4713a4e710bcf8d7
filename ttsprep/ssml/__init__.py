"""SSML for the service: its grammar, and everything that is done with documents in it.

In the order of an author's work, write:

    speak(rate=1.2)["你好", break_(ms=500)]  elements that are right when they are made: `sub`, `phoneme`, `say_as`,
                                             `sound_event`, `fragment`, `document`; `DocumentWriter` for long ones
    from_text(source)                        a text as it stands
    from_markdown(source)                    Markdown, with pauses between its blocks
    from_speech_markdown(source)             Speech Markdown
    convert(source)                          SSML of other services, with a report of what is lost

check:

    validate(source)                         every fault at once: where, why, and the fix
    fix(source)                              the document with what can be mended mended
    accepts(document)                        the verdict of the grammar's own validator; `disagreement` with the checker

listen:

    text(source)                             what is spoken, each character with its place in the source
    heard(source)                            words, pauses and sounds, with the prosody of each
    diff(a, b)                               what a listener hears otherwise

send:

    split(source)                            documents within the limit that say the same

Importing this package loads none of its parts; each name loads its part when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ttsprep.ssml.authoring import Authored
    from ttsprep.ssml.authoring.markdown import Pauses, SsmlOptions, from_markdown
    from ttsprep.ssml.authoring.plain import from_text
    from ttsprep.ssml.authoring.speech_markdown import from_speech_markdown
    from ttsprep.ssml.build import (
        Document,
        PronunciationError,
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
    from ttsprep.ssml.comparing import Change, Difference, diff
    from ttsprep.ssml.conversion import Conversion, convert
    from ttsprep.ssml.fixing import Fixed, fix
    from ttsprep.ssml.gate import accepts, disagreement
    from ttsprep.ssml.hearing import Pause, Prosody, Sound, Speech, heard
    from ttsprep.ssml.splitting import Part, Split, split
    from ttsprep.ssml.spoken import text
    from ttsprep.ssml.writer import DocumentWriter

__all__ = [
    "Authored",
    "Change",
    "Conversion",
    "Difference",
    "Document",
    "DocumentWriter",
    "Fixed",
    "Part",
    "Pause",
    "Pauses",
    "PronunciationError",
    "Prosody",
    "Sound",
    "Speech",
    "Split",
    "SsmlOptions",
    "accepts",
    "break_",
    "convert",
    "diff",
    "disagreement",
    "document",
    "fix",
    "fragment",
    "from_markdown",
    "from_speech_markdown",
    "from_text",
    "heard",
    "phoneme",
    "say_as",
    "sound_event",
    "speak",
    "split",
    "sub",
    "text",
    "validate",
]

_PARTS = {
    "authoring": "Authored",
    "authoring.markdown": "Pauses SsmlOptions from_markdown",
    "authoring.plain": "from_text",
    "authoring.speech_markdown": "from_speech_markdown",
    "build": "Document PronunciationError break_ document fragment phoneme say_as sound_event speak sub",
    "checker": "validate",
    "comparing": "Change Difference diff",
    "conversion": "Conversion convert",
    "fixing": "Fixed fix",
    "gate": "accepts disagreement",
    "hearing": "Pause Prosody Sound Speech heard",
    "splitting": "Part Split split",
    "spoken": "text",
    "writer": "DocumentWriter",
}
_HOME = {name: part for part, names in _PARTS.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
