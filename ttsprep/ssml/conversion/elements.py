"""Walks through a document of another dialect, says it in the service's, and reports what that changes.

What is done with an element stands in the table (`does`); each word there has a method here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import ClassVar

from ttsprep import catalog
from ttsprep.diagnostics import Diagnostic, Rule, Span
from ttsprep.rules import ssml_approximated, ssml_converted, ssml_dropped
from ttsprep.ssml import dialects
from ttsprep.ssml.conversion.output import Manner, Output
from ttsprep.ssml.conversion.prosody import ATTRIBUTES, limits, reading, written
from ttsprep.ssml.conversion.reading import Node
from ttsprep.ssml.conversion.saying import Said, pronunciation, say_as
from ttsprep.ssml.conversion.tables import OWN, data, milliseconds, row
from ttsprep.ssml.conversion.values import address_of, language_of, legal, length_of
from ttsprep.ssml.datatypes import BLANK
from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.references import escape

__all__ = ["Converter"]

_CHANGED, _DROPPED, _NEAR = ssml_converted.RULE, ssml_dropped.RULE, ssml_approximated.RULE
_ALWAYS_SILENT = frozenset(["xmlns", "xml:base", "xml:id", "xml:space", "xml:lang", "id"])
_SHORTEST_PAUSE = 50
_LONGEST_PAUSE = 10_000


@dataclass(frozen=True)
class _State:
    """What holds around a place."""

    manner: Manner
    language: str = ""


class Converter:
    """Converts one document; `found` is the report."""

    def __init__(self, dialect: str) -> None:
        self._dialect = dialect
        self._music: tuple[tuple[str, str], ...] = ()
        self.out = Output(dialect)
        self.found: list[Diagnostic] = []

    def run(self, roots: list[Node]) -> None:
        """Convert all roots."""
        for root in roots:
            self.out.root()
            self._music = ()
            language = language_of(root.get("xml:lang") or "", root)
            self._element(root, _State(Manner(), language))

    # --- the walk

    def _report(self, rule: Rule, span: Span, message: str) -> None:
        self.found.append(rule.at(span, message))

    def _element(self, node: Node, state: _State) -> None:
        found = row(node.name)
        self._attributes(node)
        language = self._spoken_language(node, state)
        self._HANDLERS[found.does](self, node, replace(state, language=language))

    def _inside(self, node: Node, state: _State) -> None:
        self._say(node.text, state)
        for child in node.children:
            self._element(child, state)
            self._say(child.tail, state)

    def _say(self, text: str, state: _State) -> None:
        if text:
            self.out.text(text, self._with_music(state.manner))

    def _with_music(self, manner: Manner) -> Manner:
        if not self._music:
            return manner
        kept = tuple(pair for pair in manner.others if pair[0] not in ("bgm", "backgroundMusicVolume"))
        return replace(manner, others=kept + self._music)

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
                self._report(_DROPPED, node.attribute(name), f"{name!r} of <{node.tag.name}> is dropped: {why}")

    def _spoken_language(self, node: Node, state: _State) -> str:
        written_as = node.get("xml:lang")
        if written_as is None:
            return state.language
        language = language_of(written_as, node)
        if language != state.language and node.name != "speak":
            why = "the language follows from the text, the voice and the parameter language_hints"
            self._report(_DROPPED, node.value("xml:lang"), f"the language {written_as!r} is dropped: {why}")
        return language

    # --- elements that only group

    def _pass(self, node: Node, state: _State) -> None:
        self._inside(node, state)

    def _unwrap(self, node: Node, state: _State) -> None:
        kept = ", its text is kept" if node.all_text().strip(BLANK) else ""
        self._report(_DROPPED, node.head, f"<{node.tag.name}> is dropped{kept}: {row(node.name).says}")
        self._inside(node, state)

    def _text(self, node: Node, state: _State) -> None:
        """All of its text, as if there were no tags in it."""
        self._report(_DROPPED, node.whole, f"<{node.tag.name}> is dropped, its text is kept: {row(node.name).says}")
        self._say(node.all_text(), state)

    def _drop(self, node: Node, _state: _State) -> None:
        lost = " with what is inside" if node.all_text().strip(BLANK) else ""
        self._report(_DROPPED, node.whole, f"<{node.tag.name}> is dropped{lost}: {row(node.name).says}")

    def _word(self, node: Node, state: _State) -> None:
        """Tags that say what is one word: the service finds words by itself."""
        if self._dialect == "nls":
            why = "words are found by the service; <phoneme> settles how one is read"
            self._report(_DROPPED, node.head, f"<{node.tag.name}> is dropped, its text is kept: {why}")
        self._inside(node, state)

    def _parallel(self, node: Node, state: _State) -> None:
        self._report(_NEAR, node.head, f"<{node.tag.name}>: {row(node.name).says}")
        self._inside(node, state)

    def _media(self, node: Node, state: _State) -> None:
        for name in ("begin", "end"):
            if name in node.tag.attributes:
                why = "things come one after another here"
                self._report(_DROPPED, node.attribute(name), f"{name!r} of <{node.tag.name}> is dropped: {why}")
        self._inside(node, state)

    def _sentence(self, node: Node, state: _State) -> None:
        self._block(node, state, 0)

    def _paragraph(self, node: Node, state: _State) -> None:
        self._block(node, state, data()["pauses"]["paragraph"])

    def _block(self, node: Node, state: _State, pause: int) -> None:
        """Between two blocks the voice comes to an end."""
        self._end(pause, node.head, node)
        self._inside(node, state)
        self._end(pause, node.foot, node)

    def _end(self, pause: int, span: Span, node: Node) -> None:
        def ended(mark: str, pause: int) -> None:
            said = [f"{mark!r}"] if mark else []
            said += [f'<break time="{pause}ms"/>'] if pause else []
            if said:
                self._report(_CHANGED, span, f"the end of <{node.tag.name}> becomes {' and '.join(said)}")

        self.out.end(pause, ended)

    # --- manners of speaking

    def _speak(self, node: Node, state: _State) -> None:
        manner = state.manner
        for name in ATTRIBUTES:
            manner = self._multiple(node, name, manner)
        others = self._others(node)
        manner = replace(manner, others=others or manner.others)
        self._inside(node, replace(state, manner=self._voiced(node, "voice", manner)))

    def _prosody(self, node: Node, state: _State) -> None:
        manner = state.manner
        for name in ATTRIBUTES:
            manner = self._multiple(node, name, manner)
        self._inside(node, replace(state, manner=manner))

    def _voice(self, node: Node, state: _State) -> None:
        self._end(0, node.head, node)
        self._inside(node, replace(state, manner=self._voiced(node, "name", state.manner)))
        self._end(0, node.foot, node)

    def _emphasis(self, node: Node, state: _State) -> None:
        level = (node.get("level") or "moderate").strip(BLANK).lower()
        factors = data()["emphasis"].get(level)
        if factors is None:
            self._report(_DROPPED, node.value("level"), f"level={level!r} is dropped: no such emphasis is known")
            factors = {}
        manner = state.manner
        for name, factor in factors.items():
            around = manner.multiple(name)
            manner = _set(manner, name, (Fraction(1) if around is None else around) * Fraction(factor))
        if factors:
            told = ", ".join(f'{name}="{written(name, manner.multiple(name) or Fraction(1))}"' for name in factors)
            what = f"there is no emphasis: <{node.tag.name}> becomes <speak {told}>".replace(", ", " ")
            self._report(_NEAR, node.head, what)
        self._inside(node, replace(state, manner=manner))

    def _multiple(self, node: Node, name: str, manner: Manner) -> Manner:
        """Rate, pitch or volume of a tag."""
        value = node.get(name)
        if value is None:
            return manner
        own = node.name == "speak" and self._dialect in OWN
        datatype = grammar().elements["speak"].attributes[name].datatype
        if own and self._dialect == "cosyvoice" and datatype.accepts(value):
            multiple = Fraction(value.strip(BLANK)) / _scale(name)
            if Fraction(written(name, multiple)) != multiple * _scale(name):
                self._told(node, name, value, multiple, "", own)
            return _set(manner, name, multiple)
        span = node.value(name)
        meant = reading(name, value, "cosyvoice" if name == "volume" and node.name == "speak" else self._dialect)
        if meant is None:
            self._report(_DROPPED, span, f"{name}={_shown(value)} is dropped: {_unread(name, value)}")
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
            what = f"{name}={_shown(value)} would be {exact:g} here, the nearest the service takes is {bound}"
            self._report(_NEAR, span, what)
        elif near:
            self._report(_NEAR, span, f"{name}={_shown(value)} becomes {name}={told!r}: {near}")
        elif self._dialect not in OWN and told == written(name, Fraction(1)):
            self._report(_CHANGED, span, f"{name}={_shown(value)} is the default: <speak> says nothing of it")
        elif not (own and told == value):
            self._report(_CHANGED, span, f"{name}={_shown(value)} becomes {name}={told!r} of <speak>")

    def _voiced(self, node: Node, name: str, manner: Manner) -> Manner:
        value = node.get(name)
        if value is None:
            return manner
        known = next((word for word in value.split() if catalog.find_voice(word)), None)
        if known is None and node.name == "speak" and self._dialect == "cosyvoice" and value.strip(BLANK):
            known = value.strip(BLANK)  # voices that were cloned have names of their own
        if known is None:
            why = "it is none of the service's; choose one with the parameter voice"
            self._report(_DROPPED, node.value(name), f"the voice {_shown(value)} is dropped: {why}")
            return manner
        if node.name != "speak":
            self._report(_CHANGED, node.value(name), f"the voice {known!r} becomes voice={known!r} of <speak>")
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
                self._report(
                    _DROPPED, node.value(name), f"{name}={_shown(value)} is dropped: the service does not take it"
                )
        return tuple(kept.items())

    def _background(self, node: Node, _state: _State) -> None:
        address = address_of(node.get("src") or "")
        if not address:
            why = "bgm has to be an address that begins with http:// or https://"
            self._report(_DROPPED, node.whole, f"<{node.tag.name}> is dropped: {why}")
            return
        self._music = (("bgm", address),)
        volume = node.get("volume")
        level = reading("volume", volume, "w3c") if volume is not None else None
        if volume is not None and (level is None or level.how != "set"):
            self._report(_DROPPED, node.value("volume"), f"volume={_shown(volume)} is dropped: it is no loudness")
        elif level is not None:
            loud = level.amount * 100  # of music Azure has 1 for the default
            told = written("volume", loud)
            self._music += (("backgroundMusicVolume", told),)
            if loud > limits("volume")[1]:
                what = f"volume={_shown(volume or '')} is more than twice the default: it becomes {told}"
                self._report(_NEAR, node.value("volume"), what)
        what = f"<{node.tag.name}> becomes bgm of <speak>: a WAV file (16 kHz, mono, 16 bit) that everybody may read"
        self._report(_CHANGED, node.head, what)

    # --- pauses

    def _break(self, node: Node, state: _State) -> None:
        time, strength = node.get("time"), node.get("strength")
        length: Decimal | None
        if time is not None:
            length = length_of(time, self._dialect)
            name, value = "time", time
        else:
            name, value = "strength", "medium" if strength is None else strength.strip(BLANK).lower()
            known = milliseconds(value, self._dialect)
            length = None if known is None else Decimal(known)
        self._pause(node, state, name, value, length)
        self._inside(node, state)

    def _pause(self, node: Node, state: _State, name: str, value: str, length: Decimal | None) -> None:
        """Write a pause of that many milliseconds; None is a value that says nothing."""
        span = node.value(name) if name in node.tag.attributes else node.head
        unread = length is None
        if length is None:
            length = Decimal(milliseconds("medium", self._dialect) or 0)
        if length == 0:
            what = f"<{node.tag.name}> is dropped: a pause that the voice makes by itself cannot be taken away"
            self._report(_DROPPED, node.head, what)
            self.out.gap()
            return
        room = min(self.out.room(), _LONGEST_PAUSE)
        whole = int(length.to_integral_value(ROUND_HALF_UP))
        heard = min(max(whole, _SHORTEST_PAUSE), room)
        if heard < _SHORTEST_PAUSE:  # of a row, so a pause is there
            what = f"<{node.tag.name}> is dropped: of pauses in a row only {_LONGEST_PAUSE // 1000} s are heard"
            self._report(_DROPPED, node.head, what)
            return
        written_as = self._written_pause(node, value if name == "time" and not unread else "", heard)
        self.out.pause(heard, written_as, self._with_music(state.manner))
        if unread:
            what = f"{name}={_shown(value)} is no pause that is known: it becomes {heard} ms, as without it"
            self._report(_NEAR, span, what)
        elif heard != whole:
            row_of = "in a row " if room < _LONGEST_PAUSE else ""
            what = f"a pause {row_of}of {whole} ms becomes one of {heard} ms, the nearest that is heard"
            self._report(_NEAR, span, what)
        elif written_as and written_as != (value if name in node.tag.attributes else ""):
            self._report(_CHANGED, span, f"the pause becomes time={written_as!r}")

    def _written_pause(self, node: Node, value: str, heard: int) -> str:
        """As its author wrote it, where that is legal."""
        if not node.tag.attributes and self._dialect in OWN and heard == milliseconds("medium", self._dialect):
            return ""
        datatype = grammar().elements["break"].attributes["time"].datatype
        if datatype.accepts(value) and length_of(value, self._dialect) == heard:
            return value
        return f"{heard}ms"

    def _silence(self, node: Node, state: _State) -> None:
        kind = (node.get("type") or "").strip(BLANK).lower()
        length = length_of(node.get("value") or "", self._dialect)
        if kind.startswith(("leading", "tailing")) and length:
            self._pause(node, state, "value", node.get("value") or "", length)
        else:
            self._unwrap(node, state)

    # --- words that are read in a way of their own

    def _say_as(self, node: Node, state: _State) -> None:
        kind = (node.get("interpret-as") or "").strip(BLANK)
        form = (node.get("format") or "").strip(BLANK)
        if not kind:
            self._said(
                node, state, Said(node.all_text().strip(BLANK), loss="it does not say what its text is"), node.head
            )
            return
        said = say_as(kind, form, node.all_text().strip(BLANK), state.language)
        changed = "format" if form and kind == data()["say-as"].get(kind) else "interpret-as"
        self._said(node, state, said, node.value(changed))

    def _sub(self, node: Node, state: _State) -> None:
        alias, text = node.get("alias"), node.all_text().strip(BLANK)
        if alias is None:
            self._said(node, state, Said(text, loss="it has no alias"), node.head)
        elif not alias.strip(BLANK):
            self._said(node, state, Said("", loss=f"its alias is empty, so {_shown(text)} is not spoken"), node.whole)
            self.out.gap()
        elif not text:
            self._said(node, state, Said(alias, change="its alias is spoken"), node.head)
        else:
            markup = f'<sub alias="{escape(alias)}">{escape(text)}</sub>'
            self._said(node, state, Said(text, markup), node.head, heard=alias.strip(BLANK))

    def _phoneme(self, node: Node, state: _State) -> None:
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

    def _said(self, node: Node, state: _State, said: Said, span: Span, heard: str = "") -> None:
        """Write an element that holds text only, with the white space at its ends around it."""
        text = node.all_text()
        for child in list(node.descendants())[1:]:
            what = f"<{child.tag.name}> is dropped, its text is kept: only text may stand in <{node.tag.name}>"
            self._report(_DROPPED, child.head, what)
        if said.loss:
            kept = "its text is kept" if said.text else "nothing is spoken"
            self._report(_DROPPED, span, f"<{node.tag.name}> is dropped, {kept}: {said.loss}")
        elif said.change:
            self._report(_NEAR if said.near else _CHANGED, span, f"<{node.tag.name}>: {said.change}")
        manner = self._with_music(state.manner)
        self.out.text(text[: len(text) - len(text.lstrip(BLANK))], manner)
        if said.markup and said.text:
            self.out.element(said.markup, heard or said.text, manner)
        elif said.text:
            self.out.text(said.text, manner)
        if text.strip(BLANK):
            self.out.text(text[len(text.rstrip(BLANK)) :], manner)

    # --- sounds

    def _audio(self, node: Node, state: _State) -> None:
        address = address_of(node.get("src") or "")
        if not address:
            why = "soundEvent needs an address that begins with http:// or https://"
            kept = ", the text inside is spoken" if node.all_text().strip(BLANK) else ""
            span = node.value("src") if node.get("src") is not None else node.head
            self._report(_DROPPED, span, f"<{node.tag.name}> is dropped{kept}: {why}")
            self._inside(node, state)
            return
        self.out.sound(f'<soundEvent src="{escape(address)}"/>', self._with_music(state.manner))
        if node.name != "soundEvent":
            what = f"<{node.tag.name}> becomes <soundEvent>: a WAV file (16 kHz, mono, 16 bit, at most 2 MB)"
            self._report(_CHANGED, node.head, what)
        if node.all_text().strip(BLANK) or node.children:
            what = "what is inside is for when the sound cannot be played: it is dropped"
            self._report(_DROPPED, Span(node.inside, node.close), what)

    _HANDLERS: ClassVar[dict[str, Callable[[Converter, Node, _State], None]]] = {
        "pass": _pass,
        "unwrap": _unwrap,
        "text": _text,
        "drop": _drop,
        "word": _word,
        "parallel": _parallel,
        "media": _media,
        "sentence": _sentence,
        "paragraph": _paragraph,
        "speak": _speak,
        "prosody": _prosody,
        "voice": _voice,
        "emphasis": _emphasis,
        "background": _background,
        "break": _break,
        "silence": _silence,
        "say-as": _say_as,
        "sub": _sub,
        "phoneme": _phoneme,
        "audio": _audio,
    }


def _set(manner: Manner, name: str, multiple: Fraction) -> Manner:
    found = dict(manner.multiples) | {name: multiple}
    return replace(manner, multiples=tuple((key, found[key]) for key in ATTRIBUTES if key in found))


def _scale(name: str) -> Fraction:
    return Fraction(grammar().elements["speak"].attributes[name].default)


def _unread(name: str, value: str) -> str:
    if name == "pitch" and value.strip(BLANK).lower().endswith("hz"):
        return "how high the voice is by itself is not known"
    return f"it is no {name} that is known"


def _shown(value: str) -> str:
    return repr(value if len(value) <= 40 else f"{value[:40]}…")
