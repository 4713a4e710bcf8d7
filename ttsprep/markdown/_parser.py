"""markdown-it-py, set up for speech: which rules run, and where in the source each token stands.

markdown-it-py says on which lines a block stands and nothing about inline positions. Here every inline token holds
its offset in the block's content (``token.map[0]``), and every block with content the ends of its lines in the
source (``token.meta["ends"]``), from which `place_of` makes offsets in the source.
"""

from __future__ import annotations

from markdown_it import MarkdownIt

from ttsprep.markdown._block_rules import SpeechBlocks
from ttsprep.markdown._fast_blocks import MAX_NESTING
from ttsprep.markdown._inline_rules import SpeechInlines

__all__ = ["MAX_NESTING", "SpeechParser", "parser"]


class SpeechParser(MarkdownIt):
    """CommonMark with GFM tables and strikethrough, formulas and bare addresses; every token knows its place."""

    block: SpeechBlocks
    inline: SpeechInlines

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": MAX_NESTING})
        self.block, self.inline = SpeechBlocks(), SpeechInlines()

    def normalizeLink(self, url: str) -> str:
        """Addresses are spoken or left out, never followed."""
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link

    def validateLink(self, url: str) -> bool:  # noqa: ARG002
        return True


_made: list[SpeechParser] = []


def parser() -> SpeechParser:
    """The one parser: its rules never change and all state is in the environment of a call."""
    if not _made:
        _made.append(SpeechParser())
    return _made[0]
