"""Words that are read in a way of their own, and sounds."""

from __future__ import annotations

from ttsprep.diagnostics import Span
from ttsprep.ssml.conversion.reading import Node
from ttsprep.ssml.conversion.saying import Said, pronunciation, say_as
from ttsprep.ssml.conversion.tables import data
from ttsprep.ssml.conversion.values import address_of
from ttsprep.ssml.conversion.walking import CHANGED, DROPPED, NEAR, State, Walk
from ttsprep.ssml.datatypes import BLANK
from ttsprep.ssml.references import clip, escape

__all__ = ["Words"]


class Words(Walk):
    """Elements that hold text only, or nothing."""

    def on_say_as(self, node: Node, state: State) -> None:
        kind = (node.get("interpret-as") or "").strip(BLANK)
        form = (node.get("format") or "").strip(BLANK)
        if not kind:
            self._said(
                node, state, Said(node.all_text().strip(BLANK), loss="it does not say what its text is"), node.head
            )
            return
        said = say_as(kind, form, node.all_text().strip(BLANK), state.language)
        changed = "format" if form and data()["say-as"].get(kind) in (kind, "cardinal") else "interpret-as"
        self._said(node, state, said, node.value(changed))

    def on_sub(self, node: Node, state: State) -> None:
        alias, text = node.get("alias"), node.all_text().strip(BLANK)
        if alias is None:
            self._said(node, state, Said(text, loss="it has no alias"), node.head)
        elif not alias.strip(BLANK):
            self._said(node, state, Said("", loss=f"its alias is empty, so {clip(text)!r} is not spoken"), node.whole)
            self.out.gap()
        elif not text:
            self._said(node, state, Said(alias, change="its alias is spoken"), node.head)
        else:
            markup = f'<sub alias="{escape(alias)}">{escape(text)}</sub>'
            self._said(node, state, Said(text, markup), node.head, heard=alias.strip(BLANK))

    def on_phoneme(self, node: Node, state: State) -> None:
        text, ph = node.all_text().strip(BLANK), node.get("ph")
        if ph is None:
            self._said(node, state, Said(text, loss="it does not say how its text is read"), node.head)
            return
        if not text:
            why = "it has no text, and the service speaks the text"
            self._said(node, state, Said("", loss=why), node.whole)
            return
        said = pronunciation((node.get("alphabet") or "").strip(BLANK), ph.strip(BLANK), text)
        self._said(node, state, said, node.value("ph"))

    def _said(self, node: Node, state: State, said: Said, span: Span, heard: str = "") -> None:
        """Write an element that holds text only, with the white space at its ends around it."""
        text = node.all_text()
        for child in list(node.descendants())[1:]:
            what = f"<{child.tag.name}> is dropped, its text is kept: only text may stand in <{node.tag.name}>"
            self.report(DROPPED, child.head, what)
        if said.loss:
            kept = "its text is kept" if said.text else "nothing is spoken"
            self.report(DROPPED, span, f"<{node.tag.name}> is dropped, {kept}: {said.loss}")
        elif said.change:
            self.report(NEAR if said.near else CHANGED, span, f"<{node.tag.name}>: {said.change}")
        manner = self.with_music(state.manner)
        self.out.text(text[: len(text) - len(text.lstrip(BLANK))], manner)
        if said.markup and said.text:
            self.out.element(said.markup, heard or said.text, manner)
        elif said.text:
            self.out.text(said.text, manner)
        if text.strip(BLANK):
            self.out.text(text[len(text.rstrip(BLANK)) :], manner)

    def on_audio(self, node: Node, state: State) -> None:
        address = address_of(node.get("src") or "")
        if not address:
            why = "soundEvent needs an address that begins with http:// or https://"
            kept = ", the text inside is spoken" if node.all_text().strip(BLANK) else ""
            span = node.value("src") if node.get("src") is not None else node.head
            self.report(DROPPED, span, f"<{node.tag.name}> is dropped{kept}: {why}")
            self.inside(node, state)
            return
        self.out.sound(f'<soundEvent src="{escape(address)}"/>', self.with_music(state.manner))
        if node.name != "soundEvent":
            what = f"<{node.tag.name}> becomes <soundEvent>: a WAV file (16 kHz, mono, 16 bit, at most 2 MB)"
            self.report(CHANGED, node.head, what)
            self._playable(node, address)
        if node.all_text().strip(BLANK) or node.children:
            what = "what is inside is for when the sound cannot be played: it is dropped"
            self.report(DROPPED, Span(node.inside, node.close), what)
