"""Prepare text for the CosyVoice speech service, and send it.

The pipeline, in the order in which a script passes through it:

    source, found = Source.read("script.md")      # bytes → text that knows its lines
    text, found = strip(source)                   # Markdown → what is spoken, every piece with its source
    sentences = split(text)                       # → sentences
    characters = count(text.text)                 # → what is billed
    settings = TaskSettings(voice="longanyang")   # model, voice and parameters, checked
    plan = prepare(source, settings)              # all of the above → instructions within every limit
    with SyncSender() as sender:                  # → speech
        sender.speak_to_file(plan, "speech.mp3")

Importing this package loads none of its parts; each name loads its part when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ttsprep.counting import count
    from ttsprep.diagnostics import Diagnostic, DiagnosticError, Edit, Fix, Rule, Severity, Span
    from ttsprep.emulator import Emulator
    from ttsprep.explaining import explain
    from ttsprep.mapped import MappedText
    from ttsprep.markdown import MarkdownOptions, MarkdownStream, strip
    from ttsprep.payloads import Plan, TaskPlan, TextPart
    from ttsprep.pipeline import PrepareStream, prepare
    from ttsprep.protocol import (
        AuthenticationError,
        ConnectionLost,
        HandshakeError,
        LocalProtocolError,
        RemoteProtocolError,
        ServiceTimeout,
        SpeechError,
        TaskFailed,
        Timeouts,
    )
    from ttsprep.sender import Sender, SyncSender
    from ttsprep.sentences import Segment, Segments, SentenceStream, split
    from ttsprep.settings import TaskSettings
    from ttsprep.source import Source
    from ttsprep.syntax import Syntax

__version__ = "0.1.0"

__all__ = [
    "AuthenticationError",
    "ConnectionLost",
    "Diagnostic",
    "DiagnosticError",
    "Edit",
    "Emulator",
    "Fix",
    "HandshakeError",
    "LocalProtocolError",
    "MappedText",
    "MarkdownOptions",
    "MarkdownStream",
    "Plan",
    "PrepareStream",
    "RemoteProtocolError",
    "Rule",
    "Segment",
    "Segments",
    "Sender",
    "SentenceStream",
    "ServiceTimeout",
    "Severity",
    "Source",
    "Span",
    "SpeechError",
    "SyncSender",
    "Syntax",
    "TaskFailed",
    "TaskPlan",
    "TaskSettings",
    "TextPart",
    "Timeouts",
    "__version__",
    "count",
    "explain",
    "prepare",
    "split",
    "strip",
]

_PARTS = {
    "diagnostics": "Diagnostic DiagnosticError Edit Fix Rule Severity Span",
    "source": "Source",
    "mapped": "MappedText",
    "counting": "count",
    "settings": "TaskSettings",
    "explaining": "explain",
    "markdown": "MarkdownOptions MarkdownStream strip",
    "sentences": "Segment Segments SentenceStream split",
    "payloads": "Plan TaskPlan TextPart",
    "syntax": "Syntax",
    "pipeline": "PrepareStream prepare",
    "protocol": "AuthenticationError ConnectionLost HandshakeError LocalProtocolError RemoteProtocolError "
    "ServiceTimeout SpeechError TaskFailed Timeouts",
    "sender": "Sender SyncSender",
    "emulator": "Emulator",
}
_HOME = {name: part for part, names in _PARTS.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'ttsprep' has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"ttsprep.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
