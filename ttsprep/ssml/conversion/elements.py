"""What is done with each element of another dialect: the words of the table (`does`) and their methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ttsprep.ssml.conversion.blocks import Blocks
from ttsprep.ssml.conversion.manners import Manners
from ttsprep.ssml.conversion.output import Manner
from ttsprep.ssml.conversion.pauses import Pauses
from ttsprep.ssml.conversion.reading import Node
from ttsprep.ssml.conversion.values import language_of
from ttsprep.ssml.conversion.walking import State
from ttsprep.ssml.conversion.words import Words

__all__ = ["Converter"]


class Converter(Manners, Pauses, Words):
    """Converts one document; `found` is the report."""

    HANDLERS: ClassVar[Mapping[str, Callable[[Any, Node, State], None]]] = {
        "pass": Blocks.on_pass,
        "unwrap": Blocks.on_unwrap,
        "text": Blocks.on_text,
        "drop": Blocks.on_drop,
        "word": Blocks.on_word,
        "parallel": Blocks.on_parallel,
        "media": Blocks.on_media,
        "sentence": Blocks.on_sentence,
        "paragraph": Blocks.on_paragraph,
        "speak": Manners.on_speak,
        "prosody": Manners.on_prosody,
        "voice": Manners.on_voice,
        "emphasis": Manners.on_emphasis,
        "background": Manners.on_background,
        "break": Pauses.on_break,
        "silence": Pauses.on_silence,
        "say-as": Words.on_say_as,
        "sub": Words.on_sub,
        "phoneme": Words.on_phoneme,
        "audio": Words.on_audio,
    }

    def run(self, roots: list[Node]) -> None:
        """Convert all roots."""
        for root in roots:
            self.out.root()
            self.music = ()
            language = language_of(root.get("xml:lang") or "", root)
            self._element(root, State(Manner(), language))
