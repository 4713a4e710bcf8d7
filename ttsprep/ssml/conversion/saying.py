"""How words are read: ``say-as`` and ``phoneme`` of other dialects.

>>> say_as("date", "dmy", "22/11/2026", "en").text, say_as("ordinal", "", "3", "zh").markup
('2026-11-22', '<sub alias="第3">3</sub>')
>>> pronunciation("x-amazon-pinyin", "dian3dang4hang2", "典当行").markup
'<phoneme alphabet="py" ph="dian3 dang4 hang2">典当行</phoneme>'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ttsprep.counting import HAN
from ttsprep.ssml.conversion.tables import data
from ttsprep.ssml.references import clip, escape

__all__ = ["Said", "pronunciation", "say_as"]

_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True)
class Said:
    """What became of an element that says how its text is read."""

    text: str
    """The text inside."""
    markup: str = ""
    """The element that it became; "" where only the text is left."""
    change: str = ""
    """What was changed; ends a sentence."""
    loss: str = ""
    """Why it is lost; ends a sentence."""
    near: bool = False
    """Whether the service may read it otherwise."""


# --- say-as


def say_as(kind: str, form: str, text: str, language: str) -> Said:
    """A ``say-as`` of another dialect; `language` is ``zh``, ``en`` or another, or "" where it is unknown."""
    kind = kind.lower().removeprefix("vxml:")
    meant = _kind_of_number(kind, form.lower())
    if meant in _SPECIAL:
        return _SPECIAL[meant](text, language)
    if meant:
        return _say_as(meant, text, f"{kind!r} of the format {form!r} is {meant!r} here")
    if kind in _SPECIAL:
        return _SPECIAL[kind](text, language)
    ours = data()["say-as"].get(kind)
    if ours is None:
        why = data()["say-as-lost"].get(kind, f"{kind!r} is nothing that the service reads in a way of its own")
        return Said(text, loss=why)
    if ours == "date" and form:
        return _date(form.lower(), text)
    changes = [f"{kind!r} is {ours!r} here"] if ours != kind else []
    changes += [f"the form of the text decides how it is read, the format {form!r} goes"] if form else []
    return _say_as(ours, text, "; ".join(changes))


def _kind_of_number(kind: str, form: str) -> str:
    """W3C's note on say-as has one kind for numbers, whose format says which: ordinal, telephone, digits and so on."""
    kinds = data()["say-as"]
    if kinds.get(kind) != "cardinal":
        return ""
    return form if form in _SPECIAL else kinds[form] if kinds.get(form) in ("cardinal", "digits", "telephone") else ""


def _say_as(ours: str, text: str, change: str = "") -> Said:
    from ttsprep.ssml.say_as_forms import fits

    objection = fits(ours, text) if change and text else None
    change = f"{change}; {objection}" if objection else change
    return Said(text, f'<say-as interpret-as="{ours}">{escape(text)}</say-as>', change, near=bool(objection))


def _sub(text: str, alias: str, change: str) -> Said:
    return Said(text, f'<sub alias="{escape(alias)}">{escape(text)}</sub>', change)


_ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


def _ordinal(text: str, language: str) -> Said:
    if re.fullmatch(r"第.+|[0-9]+(?:st|nd|rd|th)", text, re.IGNORECASE):
        return Said(text, change="the text says by itself that it is an ordinal")
    if re.fullmatch(r"[0-9]{1,15}", text):
        if language == "zh":
            return _sub(text, f"第{text}", f"an ordinal is read as '第{text}'")
        if language == "en":
            ending = "th" if text[-2:] in ("11", "12", "13") else _ENDINGS.get(text[-1], "th")
            return _sub(text, text + ending, f"an ordinal is read as '{text}{ending}'")
    return Said(text, loss="an ordinal cannot be asked for: write it out")


def _fraction(text: str, language: str) -> Said:
    found = re.fullmatch(r"([0-9]{1,9})[ \t]*[/\u2044][ \t]*([0-9]{1,9})", text)
    if found and language == "zh":
        alias = f"{found[2]}分之{found[1]}"
        return _sub(text, alias, f"a fraction is read as {alias!r}")
    if language == "en" and re.fullmatch(r"-?(?:[0-9]{1,9}[ \t]+)?[0-9]{1,9}/[0-9]{1,9}", text):
        return _say_as("cardinal", text, "'fraction' is 'cardinal' here")
    return Said(text, loss="a fraction cannot be asked for: write it out")


_SPECIAL: dict[str, Callable[[str, str], Said]] = {"ordinal": _ordinal, "fraction": _fraction}


_REPEATED = re.compile(r"([ymd])\1+")


def _date_parts(form: str, text: str) -> list[str] | None:
    """The numbers of a date in the order of its format, ``dmy`` or ``ddmmyyyy``; None if they do not fit."""
    order = _REPEATED.sub(r"\1", form)
    if not re.fullmatch("[ymd]+", order) or len(set(order)) < len(order):
        return None
    if len(text) == len(form) > len(order) and re.fullmatch("[0-9]+", text):
        return [text[form.index(letter) : form.rindex(letter) + 1] for letter in order]
    parts = re.findall(r"[0-9]+", text)
    return parts if len(parts) == len(order) and re.fullmatch(r"[0-9]+(?:[-/. ][0-9]+)*", text) else None


def _date(form: str, text: str) -> Said:
    """A date whose format says which part is which, in the order that has one meaning only."""
    parts = _date_parts(form, text)
    if parts is None:
        return _say_as("date", text, f"the form of the text decides how it is read, the format {form!r} goes")
    form = _REPEATED.sub(r"\1", form)
    named = dict(zip(form, parts, strict=True))
    if set(named) == set("ymd") and len(named["y"]) == 4:
        month, day = int(named["m"][:3]), int(named["d"][:3])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return Said(text, loss=f"this is no date of the format {form!r}")
        better = f"{named['y']}-{month:02}-{day:02}"
        if (form == "ymd" and text != "".join(parts)) or (
            form == "mdy" and re.fullmatch(r"[0-9]+/[0-9]+/[0-9]+", text)
        ):
            return _say_as("date", text, f"the form of the text decides how it is read, the format {form!r} goes")
        return _say_as("date", better, f"the date is written {better!r}, which has one meaning only")
    if set(named) == set("ym") and len(named["y"]) == 4 and 1 <= int(named["m"][:3]) <= 12:
        better = f"{named['y']}-{int(named['m'][:3]):02}"
        return _say_as("date", better, f"the date is written {better!r}, which has one meaning only")
    return Said(text, loss=f"a date of the format {form!r} has no form here that has one meaning only")


# --- phoneme


def pronunciation(alphabet: str, reading: str, text: str) -> Said:
    """A ``phoneme`` of another dialect, if what it says can be said exactly."""
    found = _reading(alphabet, reading, text)
    if found is None:
        return Said(text, loss=_why_not(alphabet, reading))
    name, ph = found
    change = "" if (name, ph) == (alphabet, reading) else f"it is {name} {ph!r} here"
    if name == "py" and len(ph.split()) != len(_HAN.findall(text)):
        return Said(text, loss=f"{ph!r} has not as many syllables as the text has Chinese characters")
    return Said(text, f'<phoneme alphabet="{name}" ph="{ph}">{escape(text)}</phoneme>', change)


def _why_not(alphabet: str, reading: str) -> str:
    if alphabet and alphabet.lower() not in data()["alphabets"]:
        return f"the alphabet {alphabet!r} has no exact equivalent in py or cmu"
    return f"{clip(reading)!r} cannot be said exactly in py or cmu"


def _reading(alphabet: str, reading: str, text: str) -> tuple[str, str] | None:
    chinese = bool(_HAN.search(text))
    how = data()["alphabets"].get(alphabet.lower(), "" if alphabet else "pinyin" if chinese else "phones")
    return _READINGS[how](reading, chinese) if how else None


def _pinyin(reading: str, _chinese: bool) -> tuple[str, str] | None:
    from ttsprep.pinyin import is_syllable, normalize

    found = normalize(reading)
    return ("py", found) if found and all(map(is_syllable, found.split())) else None


def _phones(reading: str, _chinese: bool) -> tuple[str, str] | None:
    from ttsprep.ssml.phones import is_phone

    found = reading.upper().split()
    return ("cmu", " ".join(found)) if found and all(map(is_phone, found)) else None


def _ipa(reading: str, chinese: bool) -> tuple[str, str] | None:
    from ttsprep.ssml.phones import ipa_to_cmu, ipa_to_pinyin

    found = ipa_to_pinyin(reading) if chinese else ipa_to_cmu(reading)
    return ("py" if chinese else "cmu", found) if found else None


def _xsampa(reading: str, chinese: bool) -> tuple[str, str] | None:
    from ttsprep.ssml.phones import xsampa_to_ipa

    found = xsampa_to_ipa(reading)
    return _ipa(found, chinese) if found else None


def _sapi(reading: str, chinese: bool) -> tuple[str, str] | None:
    """SAPI writes each tone or stress by itself: ``bo 2``, ``h eh 1``."""
    joined = re.sub(r"(?<=[a-zA-Z])[ \t]+(?=[0-9](?![0-9]))", "", reading.replace("-", " ")).split()
    if chinese:
        return _pinyin(" ".join(joined), True)
    names = data()["sapi"]
    return _phones(" ".join(names.get(phone.lower(), phone) for phone in joined), False)


_READINGS: dict[str, Callable[[str, bool], tuple[str, str] | None]] = {
    "pinyin": _pinyin,
    "phones": _phones,
    "ipa": _ipa,
    "x-sampa": _xsampa,
    "sapi": _sapi,
}
