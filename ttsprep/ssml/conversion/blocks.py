"""Elements that only group, and those that go."""

from __future__ import annotations

from ttsprep.diagnostics import Span
from ttsprep.ssml.conversion.reading import Node
from ttsprep.ssml.conversion.tables import data, row
from ttsprep.ssml.conversion.walking import CHANGED, DROPPED, NEAR, State, Walk
from ttsprep.ssml.datatypes import BLANK

__all__ = ["Blocks"]


class Blocks(Walk):
    """Tags without a sound of their own; sentences and paragraphs."""

    def on_pass(self, node: Node, state: State) -> None:
        self.inside(node, state)

    def on_unwrap(self, node: Node, state: State) -> None:
        kept = ", its text is kept" if node.all_text().strip(BLANK) else ""
        self.report(DROPPED, node.head, f"<{node.tag.name}> is dropped{kept}: {row(node.name).says}")
        self.inside(node, state)

    def on_text(self, node: Node, state: State) -> None:
        """All of its text, as if there were no tags in it."""
        self.report(DROPPED, node.whole, f"<{node.tag.name}> is dropped, its text is kept: {row(node.name).says}")
        self.say(node.all_text(), state)

    def on_drop(self, node: Node, _state: State) -> None:
        lost = " with what is inside" if node.all_text().strip(BLANK) else ""
        self.report(DROPPED, node.whole, f"<{node.tag.name}> is dropped{lost}: {row(node.name).says}")

    def on_word(self, node: Node, state: State) -> None:
        """Tags that say what is one word: the service finds words by itself."""
        if self.dialect == "nls":
            why = "words are found by the service; <phoneme> settles how one is read"
            self.report(DROPPED, node.head, f"<{node.tag.name}> is dropped, its text is kept: {why}")
        self.inside(node, state)

    def on_parallel(self, node: Node, state: State) -> None:
        self.report(NEAR, node.head, f"<{node.tag.name}>: {row(node.name).says}")
        self.inside(node, state)

    def on_media(self, node: Node, state: State) -> None:
        for name in ("begin", "end"):
            if name in node.tag.attributes:
                why = "things come one after another here"
                self.report(DROPPED, node.attribute(name), f"{name!r} of <{node.tag.name}> is dropped: {why}")
        self.inside(node, state)

    def on_sentence(self, node: Node, state: State) -> None:
        self._block(node, state, 0)

    def on_paragraph(self, node: Node, state: State) -> None:
        self._block(node, state, data()["pauses"]["paragraph"])

    def _block(self, node: Node, state: State, pause: int) -> None:
        """Between two blocks the voice comes to an end."""
        self._end(pause, node.head, node)
        self.inside(node, state)
        self._end(pause, node.foot, node)

    def _end(self, pause: int, span: Span, node: Node) -> None:
        def ended(mark: str, pause: int) -> None:
            said = [f"{mark!r}"] if mark else []
            said += [f'<break time="{pause}ms"/>'] if pause else []
            if said:
                self.report(CHANGED, span, f"the end of <{node.tag.name}> becomes {' and '.join(said)}")

        self.out.end(pause, ended)
