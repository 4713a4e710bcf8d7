"""Which footnote marks have no note (MDN003)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.markdown._places import Original, place_of
from ttsprep.rules import footnote_not_defined

__all__ = ["Footnotes"]


class Footnotes:
    """The marks and notes of a document, gathered as it is read: notes mostly come after their marks."""

    def __init__(self) -> None:
        self._marks: list[tuple[str, Span]] = []
        self._noted: set[str] = set()

    def gather(self, tokens: Sequence[Token], original: Original) -> None:
        for block in tokens:
            if block.type == "footnote_open":
                self._noted.add(block.info.casefold())
            for token in block.children or () if "[^" in block.content else ():
                if token.type != "footnote_mark":
                    continue
                label = token.content.casefold()
                start = (token.map or [0])[0]
                place = place_of(block, original.text)
                span = Span(original.at(place.at(start)), original.at(place.end(start + len(token.markup))))
                self._marks.append((label, span))

    def undefined(self) -> Iterator[Diagnostic]:
        """A finding for each mark without a note, when all is read."""
        for label, span in self._marks:
            if label not in self._noted:
                yield footnote_not_defined.RULE.at(span, f"the text has no note [^{label}]: its mark is not heard")
