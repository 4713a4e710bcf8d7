"""The emulator's voice: sentences in, audio in the format asked for out, with the times of the words.

Real speech by espeak-ng in the languages of language_hints, or a tone where the extra is not installed. It is no
imitation of the service's voices: it serves to hear *that* the right words come in the right order.

    >>> import asyncio
    >>> async def demo():
    ...     async with VoicePool("tone") as pool, pool.task(TaskAudio("pcm", 8000)) as speaker:
    ...         blocks = [block async for block in speaker.say("你好。")]
    ...         return sum(len(block.data) for block in blocks), blocks[-1].milliseconds
    >>> asyncio.run(demo())
    (7360, 460)
"""

from __future__ import annotations

from ttsprep.emulator.voice.model import Block, TaskAudio, VoiceError, Word
from ttsprep.emulator.voice.pool import Available, Speaker, VoicePool, available
from ttsprep.emulator.voice.words import speakable

__all__ = [
    "Available",
    "Block",
    "Speaker",
    "TaskAudio",
    "VoiceError",
    "VoicePool",
    "Word",
    "available",
    "speakable",
]
