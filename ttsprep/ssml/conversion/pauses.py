"""Breaks and silences."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from ttsprep.ssml.conversion.blocks import Blocks
from ttsprep.ssml.conversion.reading import Node
from ttsprep.ssml.conversion.tables import OWN, milliseconds
from ttsprep.ssml.conversion.values import length_of
from ttsprep.ssml.conversion.walking import CHANGED, DROPPED, NEAR, State
from ttsprep.ssml.datatypes import BLANK
from ttsprep.ssml.judging import LONGEST_PAUSE
from ttsprep.ssml.pauses import datatype, shortest
from ttsprep.ssml.references import clip

__all__ = ["Pauses"]


class Pauses(Blocks):
    """What is a time in which nothing is spoken."""

    def on_break(self, node: Node, state: State) -> None:
        time, strength = node.get("time"), node.get("strength")
        length: Decimal | None
        if time is not None:
            length = length_of(time, self.dialect)
            name, value = "time", time
        else:
            name, value = "strength", "medium" if strength is None else strength.strip(BLANK).lower()
            known = milliseconds(value, self.dialect)
            length = None if known is None else Decimal(known)
        self._pause(node, state, name, value, length)
        self.inside(node, state)

    def _pause(self, node: Node, state: State, name: str, value: str, length: Decimal | None) -> None:
        """Write a pause of that many milliseconds; None is a value that says nothing."""
        span = node.value(name) if name in node.tag.attributes else node.head
        unread = length is None
        if length is None:
            length = Decimal(milliseconds("medium", self.dialect) or 0)
        if length == 0:
            what = f"<{node.tag.name}> is dropped: a pause that the voice makes by itself cannot be taken away"
            self.report(DROPPED, node.head, what)
            self.out.gap()
            return
        room = min(self.out.room(), LONGEST_PAUSE)
        whole = int(length.to_integral_value(ROUND_HALF_UP))
        heard = min(max(whole, shortest()), room)
        if heard < shortest():  # of a row, so a pause is there
            what = f"<{node.tag.name}> is dropped: of pauses in a row only {LONGEST_PAUSE // 1000} s are heard"
            self.report(DROPPED, node.head, what)
            return
        written_as = self._written_pause(node, value if name == "time" and not unread else "", heard)
        self.out.pause(heard, written_as, self.with_music(state.manner))
        if unread:
            what = f"{name}={clip(value)!r} is no pause that is known: it becomes {heard} ms, as without it"
            self.report(NEAR, span, what)
        elif heard != whole:
            row_of = "in a row " if room < LONGEST_PAUSE else ""
            what = f"a pause {row_of}of {whole} ms becomes one of {heard} ms, the nearest that is heard"
            self.report(NEAR, span, what)
        elif name == "value" or (written_as and written_as != (value if name in node.tag.attributes else "")):
            self.report(CHANGED, span, f"the pause becomes time={written_as!r}")

    def _written_pause(self, node: Node, value: str, heard: int) -> str:
        """As its author wrote it, where that is legal."""
        if not node.tag.attributes and self.dialect in OWN and heard == milliseconds("medium", self.dialect):
            return ""
        if datatype().accepts(value) and length_of(value, self.dialect) == heard:
            return value
        return f"{heard}ms"

    def on_silence(self, node: Node, state: State) -> None:
        kind = (node.get("type") or "").strip(BLANK).lower()
        length = length_of(node.get("value") or "", self.dialect)
        if kind.startswith(("leading", "tailing")) and length:
            self._pause(node, state, "value", node.get("value") or "", length)
        else:
            self.on_unwrap(node, state)
