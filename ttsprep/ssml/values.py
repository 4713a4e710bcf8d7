"""Why an attribute value is not taken, and what its author meant.

>>> print(why("speak", "rate", "3").message)
rate='3' is out of range: it has to be a number from 0.5 to 2
>>> why("break", "time", "0.5s").better, why("speak", "rate", "200").better
('500ms', '1.25')

Each attribute has its list of guesses, tried in order; a guess gives a value that the grammar takes, or nothing. A
guess is *sure* where it says the same in the form that the service wants; otherwise it is only a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ttsprep.diagnostics import Rule
from ttsprep.likeness import suggest
from ttsprep.rules import ssml_invalid_value, ssml_nls_scale
from ttsprep.ssml import dialects
from ttsprep.ssml.datatypes import BLANK, Choice, Datatype, ListOf, Number, Pattern, Word, collapse, plain_number, words
from ttsprep.ssml.grammar import Attribute, grammar
from ttsprep.ssml.references import clip

__all__ = ["Guess", "Why", "duration", "plain", "why"]


class Guess(NamedTuple):
    """A value that is legal, whether it says just the same, and in what way the other was odd."""

    value: str
    sure: bool
    remark: str = ""
    rule: Rule = ssml_invalid_value.RULE


class Why(NamedTuple):
    """What is wrong with a value: the rule, the message, and what to write; "" where that is not known."""

    rule: Rule
    message: str
    better: str = ""
    sure: bool = False


Guesser = Callable[[str, Attribute], Iterator[Guess]]


def why(element: str, name: str, value: str, datatype: Datatype | None = None) -> Why:
    """What is wrong with ``name="value"`` on an element; `datatype` is what the other attributes leave of it."""
    attribute = grammar().elements[element].attributes[name]
    datatype = datatype or attribute.datatype
    guess = next((g for g in _guesses(attribute, value) if datatype.accepts(g.value)), None)
    message = f"{name}={clip(value)!r} {_complaint(element, name, value, datatype)}"
    if guess is None:
        remark = dialects.remark(name, value)
        return Why(ssml_invalid_value.RULE, f"{message}; {remark}" if remark else message)
    guess = guess._replace(value=plain(datatype, guess.value))
    remark = guess.remark or ("" if guess.sure else f"did you mean {clip(guess.value)!r}?")
    return Why(guess.rule, f"{message}; {remark}" if remark else message, guess.value, guess.sure)


_KINDS = {"time": "is no pause that <break> takes", "src": "is no address", "bgm": "is no address"}


def _complaint(element: str, name: str, value: str, datatype: Datatype) -> str:
    bad = _first_bad(datatype, value)
    what = _KINDS.get(name) or _number_complaint(datatype, value) or f"is not what <{element}> takes"
    return f"{what}{bad}: it has to be {datatype.expected}"


def _number_complaint(datatype: Datatype, value: str) -> str:
    if not isinstance(datatype, Number):
        return ""
    kind = "integer" if datatype.integer else "number"
    return f"is no {kind}" if datatype.read(value) is None else "is out of range"


def _first_bad(datatype: Datatype, value: str) -> str:
    """Which item of a list is at fault."""
    if not isinstance(datatype, ListOf):
        return ""
    items = datatype.split(value)
    if not datatype.repeats and len(items) != len(datatype.items):
        return f" (it has {len(items)} value{'s' * (len(items) != 1)})"
    bad = next((item for item in items if not datatype.items[0].accepts(item)), "")
    return f" ({clip(bad)!r})" if bad else ""


def _guesses(attribute: Attribute, value: str) -> Iterator[Guess]:
    for guesser in (_in_shape, *_GUESSERS.get(attribute.name, ()), _word):
        yield from guesser(value, attribute)


# --- the same in another form


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


def _in_shape(value: str, _attribute: Attribute) -> Iterator[Guess]:
    """Full-width characters and blanks at the ends."""
    narrow = value.translate(_FULL_WIDTH).strip(BLANK)
    if narrow != value:
        yield Guess(narrow, True)
        yield Guess(narrow.lower(), True)


def plain(datatype: Datatype, value: str) -> str:
    """The usual way to write a legal value: no sign, blanks or zeros that say nothing.

    >>> plain(Number(False), " +01.50 "), plain(ListOf((Word("a"),), True), "a  a")
    ('1.5', 'a a')
    """
    match datatype:
        case Number():
            return _plain_number(value.strip(BLANK))
        case Word():
            return collapse(value)
        case ListOf():
            pairs = zip(datatype.split(value), datatype.items * len(value), strict=False)
            return " ".join(plain(item, word) for word, item in pairs)
        case Pattern(token=True):
            return collapse(value)
        case Choice():
            return next((plain(inner, value) for inner in datatype.alternatives if inner.accepts(value)), value)
    return value


_USUAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def _plain_number(value: str) -> str:
    return value if _USUAL.fullmatch(value) and value != "-0" else plain_number(Decimal(value))


def _word(value: str, attribute: Attribute) -> Iterator[Guess]:
    """One of the fixed words, misspelt or as another service calls it."""
    known = words(attribute.datatype)
    folded = {word.casefold(): word for word in known}
    if value.strip(BLANK).casefold() in folded:
        yield Guess(folded[value.strip(BLANK).casefold()], True, "words are case-sensitive")
    foreign = dialects.words(attribute.name).get(value.strip(BLANK).casefold())
    meant = foreign or (suggest(value, known) if known else None)
    if meant:
        nls = dialects.is_nls_word(attribute.name, value.strip(BLANK))
        remark = f"{value!r} belongs to the vendor's older product (NLS); here it is {meant!r}" if nls else ""
        yield Guess(meant, False, remark)


# --- pauses

_DURATION = re.compile(
    r"\+?([0-9]{1,6}(?:[.,][0-9]{0,6})?|[.,][0-9]{1,6})[ \t]*"
    r"(ms|msecs?|millis|milliseconds?|毫秒|s|secs?|seconds?|秒|min|minutes?|分钟)?",
    re.IGNORECASE,
)
_MILLISECONDS = {"m": 1, "毫": 1, "s": 1000, "秒": 1000}
_MINUTE = 60_000
_BARE_SECONDS = 50
"""A bare number below that is of seconds: no pause is so short."""


def duration(value: str) -> int:
    """How many milliseconds a pause lasts, written in any of the ways people use; 0 if it says nothing.

    >>> duration("0.5s"), duration("800"), duration("1.5"), duration("medium")
    (500, 800, 1500, 0)
    """
    if value.isascii() and value[:-2].isdecimal() and value.endswith("ms"):
        return int(value[:-2][:_DIGITS])
    return round(_length(value) or 0)


_DIGITS = 9


def _length(value: str) -> Decimal | None:
    found = _DURATION.fullmatch(value.translate(_FULL_WIDTH).strip(BLANK))
    if found is None:
        return None
    number = Decimal(found[1].replace(",", "."))
    unit = (found[2] or "").lower()
    if not unit:
        return number * (1000 if number < _BARE_SECONDS else 1)
    return number * (_MINUTE if unit.startswith(("min", "分")) else _MILLISECONDS[unit[0]])


def _pause(value: str, attribute: Attribute) -> Iterator[Guess]:
    length = _length(value)
    if length is None:
        return
    yield Guess(re.sub(r"\s+", "", value.lower()), True)
    bare = value.strip(BLANK)[-1:].isdigit() or value.strip(BLANK)[-1:] in ".,"
    if bare and length % 1000 == 0:
        yield Guess(f"{int(length) // 1000}s", False)
    if length == length.to_integral_value():
        sure = not bare and "," not in value
        yield Guess(f"{length.to_integral_value():f}ms", sure, "write it in whole milliseconds" if sure else "")
    milliseconds = next(d for d in _flat(attribute.datatype) if isinstance(d, Pattern) and d.unit == "ms")
    nearest = min(max(length, milliseconds.low or length), milliseconds.high or length)
    yield Guess(f"{nearest.quantize(Decimal(1), ROUND_HALF_UP):f}ms", False)


def _flat(datatype: Datatype) -> tuple[Datatype, ...]:
    return datatype.alternatives if isinstance(datatype, Choice) else (datatype,)


# --- rate, pitch, volume

_SIGNED = re.compile(r"([+-]?[0-9]{1,4}(?:\.[0-9]{1,4})?)[ \t]*(%|st|x|dB)?", re.IGNORECASE)
_NLS_MOST = 500
_NLS_FASTER, _NLS_SLOWER = Decimal("0.001"), Decimal("0.002")
_OCTAVE = 12


def _multiple(value: str, attribute: Attribute) -> Iterator[Guess]:
    """A rate or a pitch: percent, semitones, words, a decimal comma."""
    text = value.strip(BLANK).lower()
    yield from _of_words(attribute.name, text, attribute)
    if re.fullmatch(r"[0-9]+,[0-9]+", text):
        yield Guess(text.replace(",", "."), False)
    found = _SIGNED.fullmatch(text)
    if not found:
        return
    number, unit = Decimal(found[1]), (found[2] or "").lower()
    if unit == "%":
        base = Decimal(100) if text[0] in "+-" else Decimal(0)
        yield Guess(_short((base + number) / 100), False)
    elif unit == "x":
        yield Guess(_short(number), False)
    elif unit == "st" or (
        not unit and attribute.name == "pitch" and 0 < abs(number) <= _OCTAVE and number == int(number)
    ):
        multiple = _short(Decimal(2 ** (float(number) / _OCTAVE)))
        yield Guess(multiple, False, f"{number} semitones would be {multiple!r}")


def _of_words(name: str, text: str, attribute: Attribute) -> Iterator[Guess]:
    """A word of other dialects, as conversion takes it: a multiple of the default."""
    multiple = dialects.levels(name).get(text)
    if multiple is not None:
        yield Guess(plain_number(Decimal(multiple) * Decimal(attribute.default)), False)


def from_nls(number: Decimal) -> Decimal:
    """The multiple that a rate or pitch on the old scale from -500 to 500 stands for.

    >>> from_nls(Decimal(200)), from_nls(Decimal(-500)), from_nls(Decimal(0))
    (Decimal('1.25'), Decimal('0.5'), Decimal('1'))
    """
    return 1 / (1 - (_NLS_FASTER if number > 0 else _NLS_SLOWER) * number) if number else Decimal(1)


def _nls(value: str, _attribute: Attribute) -> Iterator[Guess]:
    text = value.strip(BLANK)
    if (
        re.fullmatch(r"[+-]?[0-9]{1,3}", text)
        and abs(int(text)) <= _NLS_MOST
        and (abs(int(text)) > _OCTAVE or int(text) <= 0)
    ):
        multiple = _short(from_nls(Decimal(text)))
        remark = f"{text} is on the old scale from -{_NLS_MOST} to {_NLS_MOST} and would be {multiple!r} here"
        yield Guess(multiple, False, remark, ssml_nls_scale.RULE)


def _loudness(value: str, attribute: Attribute) -> Iterator[Guess]:
    """A volume: a share of 1, percent, words, an integer with a fraction of zero."""
    text = value.strip(BLANK).lower()
    if re.fullmatch(r"[0-9]{1,3}\.0{1,4}", text) and text[:2] != "1.":
        yield Guess(text.partition(".")[0], True)
    if re.fullmatch(r"0?\.[0-9]{1,4}|1\.0{1,4}", text):
        better = _short(Decimal(text) * 100, 0)
        yield Guess(better, False, f"on a scale from 0 to 1 it would be {better!r} here")
    if re.fullmatch(r"[0-9]{1,3}%", text):
        yield Guess(text[:-1], False)
    if re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,4}", text):
        yield Guess(_short(Decimal(text), 0), False)
    yield from _of_words("volume", text, attribute)


def _short(number: Decimal, digits: int = 2) -> str:
    return plain_number(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


# --- addresses, lists


def _address(value: str, _attribute: Attribute) -> Iterator[Guess]:
    """Characters that an address must not hold, capitals in its scheme, no scheme at all."""
    text = _NOT_OF_ADDRESSES.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), value.strip(BLANK)
    )
    scheme, colon, rest = text.partition("://")
    if colon:
        yield Guess(f"{scheme.lower()}://{rest}", "<" not in text)
    elif _LIKE_A_HOST.match(text):
        yield Guess(f"https://{text}", False)


_NOT_OF_ADDRESSES = re.compile("[^!-~\ud800-\udfff]")
_LIKE_A_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+/", re.IGNORECASE)


def _list(value: str, _attribute: Attribute) -> Iterator[Guess]:
    items = re.split(r"[ \t\r\n,;，；]+", value.strip(" \t\r\n,;，；[]()"))
    yield Guess(" ".join(items), True)
    yield Guess(" ".join(re.sub(r"\.0+$", "", item) for item in items), True)


def _reading(value: str, _attribute: Attribute) -> Iterator[Guess]:
    from ttsprep.pinyin import normalize

    pinyin = normalize(value)
    if pinyin:
        yield Guess(pinyin, True, f"write {clip(pinyin)!r}")
    phones = re.split(r"[ \t\r\n,;|-]+", value.strip(BLANK).upper())
    yield Guess(" ".join(phones), True, "phones are capitals with spaces between")


_GUESSERS: dict[str, tuple[Guesser, ...]] = {
    "time": (_pause,),
    "rate": (_multiple, _nls),
    "pitch": (_multiple, _nls),
    "volume": (_loudness,),
    "backgroundMusicVolume": (_loudness,),
    "bgm": (_address,),
    "src": (_address,),
    "effectValue": (_list,),
    "ph": (_reading,),
}
"""The guesses of each attribute, in the order in which they are tried."""
