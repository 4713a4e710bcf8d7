"""From Speech Markdown to the service's SSML, with a report of what it cannot say.

>>> converted = from_speech_markdown('(12)[digits] [500ms] (now)[rate:"slow";emphasis]')
>>> print(converted)
<speak><say-as interpret-as="digits">12</say-as> <break time="500ms"/> </speak><speak rate="0.8">now</speak>
>>> for diagnostic in converted.diagnostics:
...     print(diagnostic)
SSM062 note: rate: 'slow' becomes 0.8
SSM063 warning: emphasis is dropped, the text is kept: the service's SSML has no emphasis

Prosody and voices become ``speak`` elements of their own, one behind the other. Text is never lost; the one exception
is what a ``bleep`` covers, which is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ttsprep.counting import HAN
from ttsprep.diagnostics import Diagnostic, Severity, Span
from ttsprep.likeness import suggest
from ttsprep.mapped import Builder, MappedText
from ttsprep.rules import (
    speech_markdown_changed,
    speech_markdown_dropped,
    speech_markdown_syntax,
    speech_markdown_unknown,
    speech_markdown_value,
)
from ttsprep.source import Source
from ttsprep.ssml import pauses
from ttsprep.ssml.authoring import Authored
from ttsprep.ssml.authoring.escaping import character_data
from ttsprep.ssml.authoring.speakable import silence
from ttsprep.ssml.authoring.speech_modifiers import MODIFIERS, STRENGTHS, Does, Modifier
from ttsprep.ssml.authoring.speech_pauses import milliseconds, nearest_pause
from ttsprep.ssml.authoring.speech_scanner import Close, Item, Mark, Open, Pause, Section, Sound, Use, scan
from ttsprep.ssml.build import Leaf, Speak, break_, say_as, sound_event, speak, sub
from ttsprep.ssml.elements import Element
from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.references import clip
from ttsprep.ssml.values import why

__all__ = ["from_speech_markdown"]

_HAN = re.compile(f"[{HAN}]")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>")


def from_speech_markdown(
    source: Source | str, *, voices: Mapping[str, str] | None = None, root: Speak = speak
) -> Authored:
    """The SSML document that says what a Speech Markdown text says, and a diagnostic for each loss.

    `voices` maps names in the text (``Kendra``) to voices of the service; `root` brings the attributes that hold where
    the text says nothing else: ``speak(rate=0.9)``. SSM062 names what is said in another way, SSM063 what is dropped,
    SSM064 an unknown modifier, SSM065 what cannot be read and is spoken as written, SSM066 a value that makes no sense,
    PAY001 that there is nothing to speak. Offsets count without a byte order mark at the start.
    Raises ValueError for a root with children.
    """
    if root.children:
        raise ValueError(f"the root brings its attributes only, not {root.text!r:.60}")
    return _Authoring(Source.of(source).text, voices or {}, root).authored()


class _Run(NamedTuple):
    """One ``speak`` element: its attributes and what stands in it."""

    attributes: dict[str, str]
    parts: list[MappedText]


@dataclass
class _Scope:
    """What holds up to the closing bracket: attributes, and the element round the text."""

    attributes: dict[str, str]
    element: _Wanted | None = None
    silence: Use | None = None


@dataclass
class _Wanted:
    """An element round a text whose end is not reached; it can be made when the text is known."""

    use: Use
    opened: Item
    name: str
    make: Callable[[str], Leaf]
    parts: list[MappedText] = field(default_factory=list)


class _Authoring:
    def __init__(self, text: str, voices: Mapping[str, str], root: Speak) -> None:
        self._text, self._voices, self._root = text, voices, dict(root.attributes)
        self._mapped = MappedText.verbatim(text)
        self._found: list[Diagnostic] = []
        self._runs: list[_Run] = []
        self._speaks = False  # whether the last run has text or a sound
        self._scopes = [_Scope(self._root)]
        self._wanted: _Wanted | None = None
        self._muted: Use | None = None

    def authored(self) -> Authored:
        for item in scan(self._text, self._found):
            self._HANDLERS.get(type(item), _Authoring._spoken)(self, item)
        document = self._document()
        self._found += silence(document)
        return Authored(
            document, tuple(sorted(self._found, key=lambda found: (found.span or Span(0, 0), found.rule.code)))
        )

    # --- the report

    def _changed(self, span: Span, what: str, severity: Severity | None = None) -> None:
        self._found.append(speech_markdown_changed.RULE.at(span, what, severity=severity))

    def _dropped(self, span: Span, what: str, severity: Severity | None = None) -> None:
        self._found.append(speech_markdown_dropped.RULE.at(span, what, severity=severity))

    def _senseless(self, use: Use, what: str) -> None:
        self._found.append(speech_markdown_value.RULE.at(use.span, f"{use.key} {what}: dropped, the text is kept"))

    # --- texts, pauses, sounds

    def _spoken(self, item: Item) -> None:
        """Text as it stands."""
        for tag in _TAG.finditer(self._text, item.start, item.end):
            what = f"{clip(tag[0])!r} is no Speech Markdown; spoken as written"
            self._found.append(speech_markdown_syntax.RULE.at(Span(*tag.span()), what))
        part = character_data(self._mapped[item.start : item.end], self._found)
        if self._muted:
            return
        if self._wanted:
            self._wanted.parts.append(part)
        else:
            self._put(part, speaks=not part.text.isspace())

    def _put(self, part: MappedText, *, speaks: bool) -> None:
        """White space and pauses sound the same in any ``speak``: they stay in the one that is there."""
        attributes = self._scopes[-1].attributes
        if not part:
            return
        if self._runs and not (speaks and self._speaks and attributes != self._runs[-1].attributes):
            if speaks and not self._speaks:
                self._runs[-1] = _Run(attributes, self._runs[-1].parts)
            self._runs[-1].parts.append(part)
            self._speaks |= speaks
        else:
            self._runs.append(_Run(attributes, [part]))
            self._speaks = speaks

    def _put_element(self, element: Element, item: Item) -> None:
        if self._wanted:
            what = f"<{element.name}> may not stand in <{self._wanted.name}>: dropped"
            self._dropped(Span(item.start, item.end), what)
        elif not self._muted:
            build = Builder()
            build.replaced(str(element), item.start, item.end)
            self._put(build.build(), speaks=element.name == "soundEvent")

    def _pause(self, item: Item) -> None:
        assert isinstance(item, Pause)
        span = Span(item.start, item.end)
        wanted = milliseconds(item.length)
        if wanted is None:
            known = ", ".join(STRENGTHS)
            meant = suggest(item.length, STRENGTHS)
            hint = f"; did you mean {meant!r}?" if meant else ""
            what = f"{clip(item.length)!r} is no length of a pause (500ms, 1.5s, {known}): dropped{hint}"
            self._found.append(speech_markdown_value.RULE.at(span, what))
        elif wanted:
            element, length = nearest_pause(wanted)
            shortened = wanted > pauses.longest()
            if item.length in STRENGTHS or length != wanted:
                what = f"a pause of {item.length} becomes {element.attributes['time']}"
                what += ": the service makes no longer one" if shortened else ""
                self._changed(span, what, Severity.WARNING if shortened else None)
            self._put_element(element, item)

    def _mark(self, item: Item) -> None:
        self._dropped(Span(item.start, item.end), "mark is dropped: the service's SSML has no marks", Severity.NOTE)

    def _sound(self, item: Item) -> None:
        assert isinstance(item, Sound)
        address = item.address.strip()
        reason = why("soundEvent", "src", address)
        try:
            element = sound_event(address)
        except ValueError:
            if not reason.better:
                self._found.append(speech_markdown_value.RULE.at(item.span, f"{reason.message}: the sound is dropped"))
                return
            element = sound_event(reason.better)
            self._changed(item.span, f"the address becomes {clip(reason.better)!r}")
        self._put_element(element, item)

    # --- modifiers

    def _section(self, item: Item) -> None:
        assert isinstance(item, Section)
        self._scopes = [_Scope(self._root)]
        self._wanted = self._muted = None
        scope = self._scope(item.uses, item)
        if scope.element or scope.silence:
            use = scope.element.use if scope.element else scope.silence
            assert use is not None
            self._dropped(use.span, f"{use.key} needs a text in parentheses, not a section: dropped")
        self._scopes = [_Scope(scope.attributes)]

    def _open(self, item: Item) -> None:
        assert isinstance(item, Open)
        if item.close is None:
            self._spoken(item)
            return
        scope = self._scope(item.uses, item)
        self._scopes.append(scope)
        if scope.silence and not self._muted:
            self._muted = scope.silence
        if scope.element and self._wanted:
            inside = self._wanted.use.key
            self._dropped(
                scope.element.use.span, f"{scope.element.use.key} may not stand in {inside}: dropped, the text is kept"
            )
            scope.element = None
        elif scope.element:
            self._wanted = scope.element

    def _close(self, item: Item) -> None:
        assert isinstance(item, Close)
        scope = self._scopes.pop()
        if scope.silence is self._muted and scope.silence:
            self._muted = None
            self._put_element(break_(ms=STRENGTHS["medium"]), Item(item.open.start, item.end))
        if scope.element and scope.element is self._wanted:
            self._wanted = None
            self._scopes.append(scope)
            self._end_element(scope.element, item)
            self._scopes.pop()

    def _end_element(self, wanted: _Wanted, close: Item) -> None:
        """The element, or its text alone where it cannot be made."""
        text = "".join(map(str, wanted.parts))
        try:
            leaf = wanted.make(text)
        except (TypeError, ValueError) as error:
            self._senseless(wanted.use, str(error))
            leaf = None
        if leaf is None or self._muted or (leaf.name != "sub" and not text.strip()):
            for part in wanted.parts:
                self._put(part, speaks=not part.text.isspace())
            return
        build = Builder()
        build.replaced(leaf.start_tag, wanted.opened.start, wanted.opened.end)
        for part in wanted.parts:
            build.extend(part)
        build.replaced(leaf.end_tag, close.start, close.end)
        self._put(build.build(), speaks=True)

    def _scope(self, uses: tuple[Use, ...], opened: Item) -> _Scope:
        """What the modifiers of one bracket ask for."""
        scope = _Scope(dict(self._scopes[-1].attributes))
        ranked = sorted(uses, key=lambda use: MODIFIERS[use.key].does.value if use.key in MODIFIERS else 0)
        for use in ranked:
            modifier = MODIFIERS.get(use.key)
            if modifier is None:
                self._unknown(use)
            else:
                self._use(use, modifier, scope, opened)
        return scope

    def _unknown(self, use: Use) -> None:
        meant = suggest(use.key, MODIFIERS)
        hint = f"; did you mean {meant!r}?" if meant else ""
        what = f"{use.key} is no modifier: dropped, the text is kept{hint}"
        self._found.append(speech_markdown_unknown.RULE.at(use.span, what))

    def _use(self, use: Use, modifier: Modifier, scope: _Scope, opened: Item) -> None:
        match modifier.does:
            case Does.NOTHING:
                harmless = use.key == "defaults" or (use.key, use.value) == ("emphasis", "none")
                what = f"{use.key} is dropped, the text is kept: the service's SSML {modifier.lost.removeprefix('it ')}"
                self._dropped(use.span, what, Severity.NOTE if harmless else None)
            case Does.PROSODY:
                self._prosody(use, modifier, scope)
            case Does.VOICE:
                self._voice(use, scope)
            case Does.SILENCE:
                scope.silence = use
                self._changed(use.span, f"{use.key}: {modifier.lost}")
            case _ if scope.element:
                self._dropped(
                    use.span, f"{use.key} may not stand beside {scope.element.use.key}: dropped, the text is kept"
                )
            case Does.SAY_AS:
                if use.value is not None:
                    self._changed(
                        use.span,
                        f"the format {clip(use.value)!r} is dropped: the form of the text decides how it is read",
                    )
                elif modifier.lost:
                    self._changed(use.span, f"{use.key}: {modifier.lost}")
                scope.element = _Wanted(
                    use,
                    opened,
                    "say-as",
                    lambda text: say_as(text, modifier.says),  # type: ignore[arg-type]  # a word of the table
                )
            case Does.ALIAS if use.value:
                scope.element = _Wanted(use, opened, "sub", lambda text: sub(text, alias=use.value or ""))
            case Does.READING if use.value:
                scope.element = _Wanted(use, opened, "phoneme", lambda text: self._reading(use, text))
            case _:
                self._senseless(use, "needs a value")

    def _prosody(self, use: Use, modifier: Modifier, scope: _Scope) -> None:
        name = modifier.says
        value = modifier.value if modifier.lost or use.value is None else use.value
        datatype = grammar().elements["speak"].attributes[name].datatype
        reason = why("speak", name, value)
        if datatype.accepts(value):
            scope.attributes |= speak(**{name: value}).attributes  # type: ignore[arg-type]  # rate, pitch or volume
        elif reason.better:
            scope.attributes[name] = reason.better
            self._changed(use.span, f"{use.key}: {modifier.lost or f'{value!r} becomes {reason.better}'}")
        else:
            self._found.append(speech_markdown_value.RULE.at(use.span, f"{reason.message}: dropped, the text is kept"))

    def _voice(self, use: Use, scope: _Scope) -> None:
        from ttsprep import catalog

        name = use.value or "device"
        if name == "device":
            scope.attributes.pop("voice", None)
            scope.attributes |= {name: own for name, own in self._root.items() if name == "voice"}
            return
        voice = self._voices.get(name, name)
        cloned = any(voice.startswith(f"{model.id}-") for model in catalog.models())
        if name in self._voices or cloned or catalog.find_voice(voice):
            scope.attributes |= speak(voice=voice).attributes
            return
        meant = suggest(name, {voice.id for voice in catalog.voices()})
        hint = f"; did you mean {meant!r}?" if meant else ""
        self._dropped(use.span, f"{name!r} is no voice of the service: dropped, the text is kept{hint}")

    def _reading(self, use: Use, text: str) -> Leaf:
        """A phoneme by what its value is written in. Raises ValueError where that is nothing that the service reads."""
        from ttsprep.ssml.authoring.pronunciation import pronounced
        from ttsprep.ssml.phones import ipa_to_cmu, ipa_to_pinyin, xsampa_to_ipa

        value = use.value or ""
        if use.key in ("ipa", "xsampa"):
            ipa = value if use.key == "ipa" else xsampa_to_ipa(value) or ""
            readings = [(ipa_to_pinyin if _HAN.search(text) else ipa_to_cmu)(ipa)]
        else:
            readings = [value, ipa_to_cmu(value)]
        if not any(readings):
            raise ValueError(f"{clip(value)!r} has no exact form in pinyin or in the phones of the CMU dictionary")
        leaf = pronounced(text, *filter(None, readings))
        if leaf.attributes["ph"] != value:
            self._changed(use.span, f"{use.key}: {clip(value)!r} becomes {leaf.attributes['ph']!r}")
        return leaf

    # --- the document

    def _document(self) -> MappedText:
        build = Builder()
        for attributes, parts in self._runs or [_Run(self._root, [])]:
            element = Element("speak", attributes)
            build.inserted(element.start_tag, parts[0].source_span(0, len(parts[0])).start if parts else 0)
            for part in parts:
                build.extend(part)
            build.inserted(element.end_tag, parts[-1].source_span(0, len(parts[-1])).end if parts else 0)
        return build.build()

    _HANDLERS: dict[type[Item], Callable[[_Authoring, Item], None]] = {  # noqa: RUF012 - never changed
        Open: _open,
        Close: _close,
        Pause: _pause,
        Mark: _mark,
        Sound: _sound,
        Section: _section,
    }
