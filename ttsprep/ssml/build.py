"""Write SSML in Python: immutable elements that are right when they are made.

>>> print(speak(voice="longanyang", rate=1.2)["你好", break_(ms=500), phoneme("典当行", py="dian3 dang4 hang2")])
<speak voice="longanyang" rate="1.2">你好<break time="500ms"/><phoneme alphabet="py"
ph="dian3 dang4 hang2">典当行</phoneme></speak>

Calling gives another element with more attributes, brackets one with more children:

>>> slow = speak(rate=0.8)
>>> print(slow["Q&A"], slow(volume=80)["Tom ", None, ["and ", sub("J.", alias="Jerry")]])
<speak rate="0.8">Q&amp;A</speak> <speak rate="0.8" volume="80">Tom and <sub alias="Jerry">J.</sub></speak>

What the service's grammar does not allow raises at the call, with what it allows:

>>> speak(effect="eq", effect_value=1200)
Traceback (most recent call last):
...
ValueError: effect_value='1200': beside effect='eq' it has to be 8 values, each an integer from -20 to 20 dB
>>> speak(rate="fast")
Traceback (most recent call last):
...
ValueError: rate='fast': it has to be a number from 0.5 to 2

No white space is ever added: white space in SSML is spoken text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, Unpack

from ttsprep.diagnostics import Diagnostic, Severity
from ttsprep.likeness import suggest
from ttsprep.ssml import pauses
from ttsprep.ssml.datatypes import Number, plain_number
from ttsprep.ssml.elements import Element, Fragment, Immutable, flat, python_name
from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.rendering import exact, written, wrong

if TYPE_CHECKING:
    from ttsprep.ssml._keywords import BreakKeywords, InterpretAs, PhonemeKeywords, SpeakKeywords

__all__ = [
    "Break",
    "Child",
    "Document",
    "Fragment",
    "Leaf",
    "PronunciationError",
    "Speak",
    "break_",
    "document",
    "fragment",
    "phoneme",
    "say_as",
    "sound_event",
    "speak",
    "sub",
]


class PronunciationError(ValueError):
    """A reading is written as its alphabet wants it, and is no syllable of Mandarin or does not fit the text."""


fragment = Fragment()
"""Texts and elements with nothing around them: ``fragment["a", break_, "b"]``."""


class Leaf(Element):
    """An element that may stand in ``speak``; made by `sub`, `phoneme`, `say_as` and `sound_event`."""

    __slots__ = ()

    def __repr__(self) -> str:
        if self.name == "phoneme":
            return f"phoneme({self.text!r}, {self.attributes['alphabet']}={self.attributes['ph']!r})"
        inside = [] if grammar().elements[self.name].empty else [repr(self.text)]
        values = [f"{python_name(name)}={value!r}" for name, value in self.attributes.items()]
        return f"{python_name(self.name)}({', '.join(inside + values)})"


class Break(Leaf):
    """The class of `break_`."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__("break")

    def __call__(self, time: str | timedelta | None = None, **duration: Unpack[BreakKeywords]) -> Break:
        """A pause: ``break_("500ms")``, ``break_(ms=500)``, ``break_(s=1.5)``, ``break_(timedelta(seconds=2))``.

        Without an argument it is as long as the service makes it. Raises ValueError for a length that the service
        does not take, TypeError for several lengths or a number without a unit.

        >>> print(break_(s=1.5), break_(s=2), break_("750ms"), break_())
        <break time="1500ms"/> <break time="2s"/> <break time="750ms"/> <break/>
        """
        units: Mapping[str, object] = {unit: value for unit, value in duration.items() if value is not None}
        if isinstance(time, timedelta):
            units, time = {**units, "ms": Decimal(time // _MICROSECOND) / 1000}, None
        if len(units) + (time is not None) > 1:
            raise TypeError(f"a pause has one length, not {', '.join([*map(repr, filter(None, [time])), *units])}")
        if time is not None:
            return self._like({"time": _time(time)}, ())
        lengths = [_duration(unit, value) for unit, value in units.items()]
        return self._like({"time": lengths[0] if lengths else None}, ())

    def __repr__(self) -> str:
        return f"break_({self.attributes['time']!r})" if self.attributes else "break_"


class Speak(Element):
    """The class of `speak`."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(grammar().root)

    def __call__(self, **attributes: Unpack[SpeakKeywords]) -> Speak:
        """The element with more attributes, or others; None takes one away.

        Raises ValueError for a value that the attribute does not take, and for an attribute without the one it needs;
        TypeError for a keyword that is none.

        >>> speak(rate=1.5, effect="eq", effect_value=[0, 0, 3, 0, 0, 0, -3, 0])(rate=None)
        speak(effect='eq', effect_value='0 0 3 0 0 0 -3 0')
        """
        names = {python_name(name): name for name in grammar().elements[self.name].attributes}
        values: dict[str, object] = dict(self.attributes)
        for keyword, value in attributes.items():
            if keyword not in names:
                raise _no_keyword(keyword, names)
            values[names[keyword]] = value
        return self._like(values, self.children)

    def __getitem__(self, children: Child | tuple[Child, ...]) -> Speak:
        """The element with these children behind those that it has: texts, numbers, elements, and iterables of them.

        Numbers (int, float, Decimal) are written without exponent. None, True and False stand for nothing. Raises
        TypeError for what may not stand in ``speak``, ValueError for a number that is not finite.
        """
        return self._like(self.attributes, (*self.children, children))

    def __repr__(self) -> str:
        values = ", ".join(f"{python_name(name)}={value!r}" for name, value in self.attributes.items())
        inside = f"[{', '.join(map(repr, self.children))}]" if self.children else ""
        return self.name + (f"({values})" if values else "") + inside


Child: TypeAlias = "str | int | float | Decimal | Leaf | Fragment | Iterable[Child] | None"
"""What may stand in ``speak``."""

speak = Speak()
"""The root; ``speak(rate=1.2)["text"]``."""

break_ = Break()
"""A pause; ``break_`` alone is one second long."""


def sub(text: str, alias: str) -> Leaf:
    """A text that is read as its alias.

    >>> print(sub("W3C", alias="网络协议标准"))
    <sub alias="网络协议标准">W3C</sub>
    """
    return _leaf("sub", {"alias": alias}, text)


def phoneme(text: str, **reading: Unpack[PhonemeKeywords]) -> Leaf:
    """A text with its pronunciation: ``py=`` pinyin, a syllable for each character, or ``cmu=`` phones.

    A string or a list of strings. Raises ValueError where the alphabet does not have them, PronunciationError for
    pinyin that Mandarin does not have or that has not one syllable for each Chinese character.

    >>> print(phoneme("sin", cmu=["S", "AY", "N"]))
    <phoneme alphabet="cmu" ph="S AY N">sin</phoneme>
    """
    given = {alphabet: ph for alphabet, ph in reading.items() if ph is not None}
    if len(given) != 1:
        raise TypeError(f"phoneme takes one pronunciation, not {' and '.join(given) or 'none'}")
    ((alphabet, ph),) = given.items()
    leaf = _leaf("phoneme", {"alphabet": alphabet, "ph": ph}, text)
    objection = next((found.message for found in _objections(leaf)), None)
    if objection:
        raise PronunciationError(objection)
    return leaf


def _objections(leaf: Leaf) -> Iterator[Diagnostic]:
    """What the checker has against an element beyond the grammar: no syllables, or not one for each character."""
    from ttsprep.ssml.checker import validate

    return (found for found in validate(str(speak[leaf])) if found.severity is Severity.ERROR)


def say_as(text: str | float | Decimal, interpret_as: InterpretAs) -> Leaf:
    """A text of a kind that says how it is read.

    >>> print(say_as("2026-11-22", "date"))
    <say-as interpret-as="date">2026-11-22</say-as>
    """
    return _leaf("say-as", {"interpret-as": interpret_as}, text)


def sound_event(src: str) -> Leaf:
    """A sound file, played at its place.

    >>> print(sound_event("https://example.com/a.wav?x=1&y=2"))
    <soundEvent src="https://example.com/a.wav?x=1&amp;y=2"/>
    """
    return _leaf("soundEvent", {"src": src})


class Document(Immutable):
    """Several ``speak`` elements in a row, as the service takes them; made by `document`."""

    __slots__ = ()

    def __init__(self, *speaks: Speak | Document | Iterable[Speak | None] | None) -> None:
        found = tuple(flat(speaks))
        for child in found:
            if not isinstance(child, Speak):
                raise TypeError(f"{child!r:.100} may not stand in a document, which holds speak only")
        if not found:
            raise ValueError("a document needs a speak")
        self._hold(*found)

    def __reduce__(self) -> tuple[object, ...]:
        return Document, self._parts

    def __iter__(self) -> Iterator[Speak]:
        return iter(self._parts)  # type: ignore[arg-type]  # by __init__

    def __len__(self) -> int:
        return len(self._parts)

    def __str__(self) -> str:
        return "".join(map(str, self._parts))

    def __repr__(self) -> str:
        return f"document({', '.join(map(repr, self._parts))})"


document = Document


def _leaf(name: str, attributes: Mapping[str, object], *children: object) -> Leaf:
    missing = [key for key, value in attributes.items() if value is None]
    if missing:
        raise TypeError(f"{name} needs {python_name(missing[0])}")
    nothing = [child for child in children if child is None or isinstance(child, bool)]
    if nothing:
        raise TypeError(f"{name} needs a text, not {nothing[0]!r}")
    leaf = object.__new__(Leaf)
    Element.__init__(leaf, name, attributes, children)
    return leaf


def _no_keyword(keyword: str, names: Mapping[str, str]) -> TypeError:
    meant = suggest(keyword, names)
    hint = f"did you mean {meant!r}?" if meant else f"it has {', '.join(names)}"
    return TypeError(f"speak has no {keyword!r}; {hint}")


# --- pauses

_MICROSECOND = timedelta(microseconds=1)
_NOISE = Decimal("1e-9")  # what floating point adds to a number of milliseconds
_LONG = 100  # digits
_WITH_UNIT = re.compile(r"\s*([0-9.]+)\s*(m?s)\s*", re.ASCII)


def _duration(unit: str, value: object) -> str:
    """The length in the unit in which it is a whole number: the one that it is given in, where that fits."""
    if unit not in pauses.MILLISECONDS:
        raise TypeError(f"break_ has no {unit!r}; it has {', '.join(pauses.MILLISECONDS)}")
    text = _fitting(unit, exact(value))
    if text is None:
        raise wrong(unit, value, pauses.datatype())
    return text


def _fitting(unit: str, value: Decimal) -> str | None:
    length = value * pauses.MILLISECONDS[unit]
    if abs(length - length.to_integral_value()) < _NOISE:
        length = length.to_integral_value()
    for kind in sorted(pauses.forms(), key=lambda kind: kind.unit != unit):
        text = (
            plain_number(length / pauses.MILLISECONDS[kind.unit]) + kind.unit if abs(length.adjusted()) < _LONG else ""
        )
        if kind.accepts(text):
            return text
    return None


def _time(time: object) -> str:
    """A length as it is written, or the error that says how it has to be written."""
    if not isinstance(time, str):
        raise TypeError(f"{time!r} has no unit: break_(s={time!r}) or break_(ms={time!r})")
    text = written(pauses.datatype(), time)
    if text is None:
        found = _WITH_UNIT.fullmatch(time)
        number = found and Number(integer=False).read(found[1])
        meant = _fitting(found[2], number) if found and number is not None else None
        hint = f"; did you mean {meant!r}?" if meant else ""
        raise ValueError(f"{wrong('time', time, pauses.datatype())}{hint}")
    return text
