"""The walk through a document of another dialect: what every element has in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from ttsprep.diagnostics import Diagnostic, Rule, Span
from ttsprep.rules import ssml_approximated, ssml_converted, ssml_dropped
from ttsprep.ssml import dialects
from ttsprep.ssml.conversion.output import Manner, Output
from ttsprep.ssml.conversion.reading import Node
from ttsprep.ssml.conversion.sounds import unplayable
from ttsprep.ssml.conversion.tables import row
from ttsprep.ssml.conversion.values import language_of
from ttsprep.ssml.datatypes import BLANK

__all__ = ["CHANGED", "DROPPED", "NEAR", "State", "Walk"]

CHANGED, DROPPED, NEAR = ssml_converted.RULE, ssml_dropped.RULE, ssml_approximated.RULE
_ALWAYS_SILENT = frozenset(["xmlns", "xml:base", "xml:id", "xml:space", "xml:lang", "id"])


@dataclass(frozen=True)
class State:
    """What holds around a place."""

    manner: Manner
    language: str = ""
    inline: bool = False
    """Whether words of the same sentence may stand beside it."""


class Walk:
    """Walks through one document; `found` is the report."""

    HANDLERS: ClassVar[Mapping[str, Callable[[Any, Node, State], None]]] = {}
    """What is done with an element, by the word for it in the table."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.music: tuple[tuple[str, str], ...] = ()
        self.out = Output(dialect)
        self.found: list[Diagnostic] = []

    def report(self, rule: Rule, span: Span, message: str) -> None:
        self.found.append(rule.at(span, message))

    def _playable(self, node: Node, address: str) -> None:
        """Warn of a sound that another service plays and this one does not."""
        why = unplayable(address)
        if why:
            self.report(NEAR, node.value("src"), why)

    def _element(self, node: Node, state: State) -> None:
        found = row(node.name)
        self._attributes(node)
        language = self._spoken_language(node, state)
        self.HANDLERS[found.does](self, node, replace(state, language=language))

    def inside(self, node: Node, state: State) -> None:
        state = replace(state, inline=state.inline or _holds_words(node))
        self.say(node.text, state)
        last = [child for child in node.children if _comes_last(child)]
        for child in node.children:
            if child not in last:
                self._element(child, state)
            self.say(child.tail, state)
        for child in last:
            self._element(child, state)

    def say(self, text: str, state: State) -> None:
        if text:
            self.out.text(text, self.with_music(state.manner))

    def with_music(self, manner: Manner) -> Manner:
        if not self.music:
            return manner
        kept = tuple(pair for pair in manner.others if pair[0] not in ("bgm", "backgroundMusicVolume"))
        return replace(manner, others=kept + self.music)

    def _attributes(self, node: Node) -> None:
        """Attributes that are lost."""
        found = row(node.name)
        if found.does in ("drop", "unwrap", "text", "silence"):
            return  # the whole element is reported
        for name in node.tag.attributes:
            if name in found.reads or name in found.silent or name in _ALWAYS_SILENT or name.startswith("xmlns:"):
                continue
            foreign = dialects.attribute(node.name, name)
            if name in found.loses or not (foreign and foreign.drop):
                why = found.loses.get(name) or (foreign.instead if foreign else "") or "it has no equivalent"
                self.report(DROPPED, node.attribute(name), f"{name!r} of <{node.tag.name}> is dropped: {why}")

    def _spoken_language(self, node: Node, state: State) -> str:
        written_as = node.get("xml:lang")
        if written_as is None:
            return state.language
        language = language_of(written_as, node)
        if language != state.language and node.name != "speak":
            why = "the language follows from the text, the voice and the parameter language_hints"
            self.report(DROPPED, node.value("xml:lang"), f"the language {written_as!r} is dropped: {why}")
        return language


_BLOCKS = frozenset(["speak", "voice", "paragraph", "sentence", "audio", "drop"])
"""What is done with elements whose text is no part of the sentence around them."""


def _holds_words(node: Node) -> bool:
    """Whether a sentence goes on from one part of the content to the next."""
    if row(node.name).does == "sentence" or node.text.strip(BLANK):
        return True
    return any(
        child.tail.strip(BLANK) or (row(child.name).does not in _BLOCKS and child.all_text().strip(BLANK))
        for child in node.children
    )


def _comes_last(node: Node) -> bool:
    """A silence of Azure that stands at the beginning and is heard at the end."""
    return row(node.name).does == "silence" and (node.get("type") or "").strip(BLANK).lower().startswith("tailing")
