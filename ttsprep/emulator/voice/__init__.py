"""The emulator's voice: sentences in, audio in the format asked for out, with the times of the words.

Real speech by espeak-ng in the languages of language_hints, or a tone where the extra is not installed. It is no
imitation of the service's voices: it serves to hear *that* the right words come in the right order.

    >>> import asyncio
    >>> from ttsprep.emulator.voice import TaskAudio, VoicePool
    >>> async def demo():
    ...     async with VoicePool("tone") as pool, pool.task(TaskAudio("pcm", 8000)) as speaker:
    ...         blocks = [block async for block in speaker.say("你好。")]
    ...         return sum(len(block.data) for block in blocks), blocks[-1].milliseconds
    >>> asyncio.run(demo())
    (7360, 460)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ttsprep.emulator.voice.model import Block, TaskAudio, VoiceError, Word
    from ttsprep.emulator.voice.pool import Available, Speaker, VoicePool, available

__all__ = ["Available", "Block", "Speaker", "TaskAudio", "VoiceError", "VoicePool", "Word", "available"]

_HOME = {
    "Available": "pool",
    "Block": "model",
    "Speaker": "pool",
    "TaskAudio": "model",
    "VoiceError": "model",
    "VoicePool": "pool",
    "Word": "model",
    "available": "pool",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: a voice process needs none of the server's part."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
