"""Elements that say how something is spoken: speak, prosody, voice, emphasis, music."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ttsprep import catalog
from ttsprep.ssml.conversion.blocks import Blocks
from ttsprep.ssml.conversion.output import Manner
from ttsprep.ssml.conversion.prosody import ATTRIBUTES, limits, reading, written
from ttsprep.ssml.conversion.reading import Node
from ttsprep.ssml.conversion.tables import OWN, data
from ttsprep.ssml.conversion.values import address_of, legal
from ttsprep.ssml.conversion.walking import CHANGED, DROPPED, NEAR, State
from ttsprep.ssml.datatypes import BLANK
from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.references import clip

__all__ = ["Manners"]


class Manners(Blocks):
    """What changes the manner of speaking for all that is inside."""

    def on_speak(self, node: Node, state: State) -> None:
        manner = state.manner
        for name in ATTRIBUTES:
            manner = self._multiple(node, name, manner)
        others = self._others(node)
        manner = replace(manner, others=others or manner.others)
        self.inside(node, replace(state, manner=self._voiced(node, "voice", manner)))

    def on_prosody(self, node: Node, state: State) -> None:
        manner = state.manner
        for name in ATTRIBUTES:
            manner = self._multiple(node, name, manner)
        self.inside(node, replace(state, manner=manner))

    def on_voice(self, node: Node, state: State) -> None:
        """Who speaks in turn comes to an end; inside a sentence only the voice changes."""
        if not state.inline:
            self._end(0, node.head, node)
        self.inside(node, replace(state, manner=self._voiced(node, "name", state.manner)))
        if not state.inline:
            self._end(0, node.foot, node)

    def on_emphasis(self, node: Node, state: State) -> None:
        level = (node.get("level") or "moderate").strip(BLANK).lower()
        factors = data()["emphasis"].get(level)
        if factors is None:
            self.report(DROPPED, node.value("level"), f"level={level!r} is dropped: no such emphasis is known")
            factors = {}
        manner = state.manner
        for name, factor in factors.items():
            around = manner.multiple(name)
            manner = _set(manner, name, (Fraction(1) if around is None else around) * Fraction(factor))
        if factors:
            told = ", ".join(f'{name}="{written(name, manner.multiple(name) or Fraction(1))}"' for name in factors)
            what = f"there is no emphasis: <{node.tag.name}> becomes <speak {told}>".replace(", ", " ")
            self.report(NEAR, node.head, what)
        self.inside(node, replace(state, manner=manner))

    def _multiple(self, node: Node, name: str, manner: Manner) -> Manner:
        """Rate, pitch or volume of a tag."""
        value = node.get(name)
        if value is None:
            return manner
        own = node.name == "speak" and self.dialect in OWN
        datatype = grammar().elements["speak"].attributes[name].datatype
        if own and self.dialect == "cosyvoice" and datatype.accepts(value):
            multiple = Fraction(value.strip(BLANK)) / _scale(name)
            if Fraction(written(name, multiple)) != multiple * _scale(name):
                self._told(node, name, value, multiple, "", own)
            return _set(manner, name, multiple)
        span = node.value(name)
        meant = reading(name, value, "cosyvoice" if name == "volume" and node.name == "speak" else self.dialect)
        if meant is None:
            self.report(DROPPED, span, f"{name}={clip(value)!r} is dropped: {_unread(name, value)}")
            return manner
        multiple = meant.applied(manner.multiple(name))
        self._told(node, name, value, multiple, meant.near, own)
        return _set(manner, name, multiple)

    def _told(self, node: Node, name: str, value: str, multiple: Fraction, near: str, own: bool) -> None:
        told, span = written(name, multiple), node.value(name)
        low, high = limits(name)
        if not low <= multiple <= high:
            bound = written(name, low if multiple < low else high)
            exact = float(multiple * _scale(name))
            what = f"{name}={clip(value)!r} would be {exact:g} here, the nearest the service takes is {bound}"
            self.report(NEAR, span, what)
        elif near:
            self.report(NEAR, span, f"{name}={clip(value)!r} becomes {name}={told!r}: {near}")
        elif self.dialect not in OWN and told == written(name, Fraction(1)):
            self.report(CHANGED, span, f"{name}={clip(value)!r} is the default: <speak> says nothing of it")
        elif not (own and told == value):
            self.report(CHANGED, span, f"{name}={clip(value)!r} becomes {name}={told!r} of <speak>")

    def _voiced(self, node: Node, name: str, manner: Manner) -> Manner:
        value = node.get(name)
        if value is None:
            return manner
        known = next((word for word in value.split() if catalog.find_voice(word)), None)
        if known is None and node.name == "speak" and self.dialect == "cosyvoice" and value.strip(BLANK):
            known = value.strip(BLANK)  # voices that were cloned have names of their own
        if known is None:
            why = "it is none of the service's; choose one with the parameter voice"
            self.report(DROPPED, node.value(name), f"the voice {clip(value)!r} is dropped: {why}")
            return manner
        if node.name != "speak":
            self.report(CHANGED, node.value(name), f"the voice {known!r} becomes voice={known!r} of <speak>")
        return replace(manner, voice=known)

    def _others(self, node: Node) -> tuple[tuple[str, str], ...]:
        """Effect and music of a ``speak``, as far as the grammar takes them."""
        kept: dict[str, str] = {}
        for name in ("effect", "effectValue", "bgm", "backgroundMusicVolume"):
            value = node.get(name)
            if value is None:
                continue
            if legal(kept | {name: value}):
                kept[name] = value
            else:
                self.report(
                    DROPPED, node.value(name), f"{name}={clip(value)!r} is dropped: the service does not take it"
                )
        return tuple(kept.items())

    def on_background(self, node: Node, _state: State) -> None:
        address = address_of(node.get("src") or "")
        if not address:
            why = "bgm has to be an address that begins with http:// or https://"
            self.report(DROPPED, node.whole, f"<{node.tag.name}> is dropped: {why}")
            return
        self.music = (("bgm", address),)
        volume = node.get("volume")
        level = reading("volume", volume, "w3c") if volume is not None else None
        if volume is not None and (level is None or level.how != "set"):
            self.report(DROPPED, node.value("volume"), f"volume={clip(volume)!r} is dropped: it is no loudness")
        elif level is not None:
            loud = level.amount * 100  # of music Azure has 1 for the default
            told = written("volume", loud)
            self.music += (("backgroundMusicVolume", told),)
            if loud > limits("volume")[1]:
                what = f"volume={clip(volume or '')!r} is more than twice the default: it becomes {told}"
                self.report(NEAR, node.value("volume"), what)
        what = f"<{node.tag.name}> becomes bgm of <speak>: a WAV file (16 kHz, mono, 16 bit) that everybody may read"
        self.report(CHANGED, node.head, what)
        self._playable(node, address)


def _set(manner: Manner, name: str, multiple: Fraction) -> Manner:
    found = dict(manner.multiples) | {name: multiple}
    return replace(manner, multiples=tuple((key, found[key]) for key in ATTRIBUTES if key in found))


def _scale(name: str) -> Fraction:
    return Fraction(grammar().elements["speak"].attributes[name].default)


def _unread(name: str, value: str) -> str:
    if name == "pitch" and value.strip(BLANK).lower().endswith("hz"):
        return "how high the voice is by itself is not known"
    return f"it is no {name} that is known"
