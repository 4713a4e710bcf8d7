"""The client of the service: a WebSocket sender that does not hang, loses no audio and leaks no key.

`Sender` is asynchronous, `SyncSender` has the same names for plain code. Both speak a `Plan`, a text or a stream of
texts and give typed events; see `ttsprep.sender.events`.
"""

from __future__ import annotations

from ttsprep.sender.client import Sender
from ttsprep.sender.endpoint import EndpointFault
from ttsprep.sender.errors import BadAudio, ConnectionFailed, NoAudio
from ttsprep.sender.events import Audio, Finished, Retrying, Sentence, SpeechEvent, Started, Summary, Usage
from ttsprep.sender.key import Key, KeyFault
from ttsprep.sender.speech import Speech
from ttsprep.sender.sync import SyncSender, SyncSpeech

__all__ = [
    "Audio",
    "BadAudio",
    "ConnectionFailed",
    "EndpointFault",
    "Finished",
    "Key",
    "KeyFault",
    "NoAudio",
    "Retrying",
    "Sender",
    "Sentence",
    "Speech",
    "SpeechEvent",
    "Started",
    "Summary",
    "SyncSender",
    "SyncSpeech",
    "Usage",
]
