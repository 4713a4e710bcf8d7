"""What may stand inside ``<say-as>``: the documented forms of each kind, and how characters are spelled out.

    >>> fits("date", "2026-11-22"), fits("time", "12:00")
    (None, None)
    >>> fits("date", "138 1234 5678")  # doctest: +NORMALIZE_WHITESPACE
    'the content has to be a date, such as 2026年11月22日, 2026-11-22, 11/22/2026 or 22 Nov 2026, or a range of dates;
    did you mean interpret-as="telephone"?'

The forms stand in ``data/say_as.toml``. Other forms may be read well too, so what does not fit deserves a warning at
most. The vendor's own examples go beyond its tables: such content fits, and :func:`hint` says what the table asks for.
Chinese and English forms are one set: which language is read depends on the voice and the text around.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from ttsprep.catalog import tables
from ttsprep.ssml.datatypes import BLANK

__all__ = ["Kind", "Language", "digits_read", "fits", "form_of", "hint", "kinds"]

Language = Literal["zh", "en"]

_NAME = re.compile(r"\{([A-Za-z_]+)\}")
_LONGEST = 200
"""No form of limited length is longer; what is longer is only held against the kinds whose length has no limit."""
_SILENT = {"digits": " -", "telephone": " -()（）+", "characters": " ", "id": " ", "punctuation": " "}
"""The kinds that are spelled out → what is not spoken of them."""


@dataclass(frozen=True)
class Kind:
    """A value of `interpret-as`: what is expected, and the forms by name. `samples` are forms of the vendor's
    examples that its tables do not have, with what the tables ask for; `any` text fits where no form is documented.
    """

    name: str
    expected: str
    forms: Mapping[str, re.Pattern[str]]
    samples: Mapping[re.Pattern[str], str]
    any: bool

    def form_of(self, content: str) -> str | None:
        """The name of the first form that the content has."""
        return next((name for name, form in self.forms.items() if form.fullmatch(content)), None)

    def sample_of(self, content: str) -> str | None:
        """What the tables ask for, where only an example of the vendor has the form."""
        return next((wanted for form, wanted in self.samples.items() if form.fullmatch(content)), None)

    def fits(self, content: str) -> bool:
        """Whether the content, without white space at its ends, has a form of this kind."""
        if self.any or not content:
            return bool(content)
        return self.form_of(content) is not None or self.sample_of(content) is not None


@cache
def _data() -> Mapping[str, Any]:
    return tables("say_as")


@cache
def _parts() -> Mapping[str, str]:
    """Name → what stands for it in a form, all names inside resolved; a part names only what stands before it."""
    found = {name: str(value) for name, value in _data()["limits"].items()}
    for name, words in _data()["words"].items():
        found[name] = f"(?:{'|'.join(map(re.escape, sorted(words.split(), key=len, reverse=True)))})"
    for name, part in _data()["parts"].items():
        found[name] = _filled(part, found)
    return MappingProxyType(found)


def _filled(text: str, parts: Mapping[str, str]) -> str:
    return _NAME.sub(lambda name: parts[name[1]], text)


def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(_filled(form, _parts()), re.IGNORECASE)


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name.

    >>> list(kinds())[:3], list(kinds()["measure"].forms)
    (['cardinal', 'digits', 'telephone'], ['quantity', 'several', 'fraction'])
    """
    return MappingProxyType({name: _kind(name, row) for name, row in _data()["kind"].items()})


def _kind(name: str, row: Mapping[str, Any]) -> Kind:
    forms = {label: _compiled(form) for label, form in row.get("forms", {}).items()}
    samples = {_compiled(form): wanted for form, wanted in row.get("samples", {}).items()}
    return Kind(name, _filled(row["expected"], _parts()), forms, samples, row.get("any", False))


def _known(kind: str) -> Kind:
    if kind not in kinds():
        raise ValueError(f"interpret-as is one of {', '.join(kinds())}, not {kind!r}")
    return kinds()[kind]


def fits(kind: str, content: str) -> str | None:
    """None where the content has a documented form of its kind; otherwise a sentence for a warning.

    `content` is the text of the element with references decoded. Raises ValueError for an unknown kind.

    >>> fits("telephone", "010-12345678"), fits("time", "5:00am"), fits("name", "曾小凡")
    (None, None, None)
    >>> fits("id", "")
    'the content has to be letters from A to Z, digits and _, and is empty'
    """
    known, content = _known(kind), content.strip(BLANK)
    if known.fits(content):
        return None
    sentence = f"the content has to be {known.expected}"
    if not content:
        return f"{sentence}, and is empty"
    meant = _nearest(content)
    return f'{sentence}; did you mean interpret-as="{meant}"?' if meant else sentence


def _nearest(content: str) -> str | None:
    if len(content) > _LONGEST:
        return None
    return next((name for name in _data()["nearest"] if kinds()[name].fits(content)), None)


def form_of(kind: str, content: str) -> str | None:
    """The name of the documented form that the content has, or None.

    >>> form_of("telephone", "400 810 1234"), form_of("cardinal", "3e9.1"), form_of("date", "tomorrow")
    ('toll-free', 'scientific', None)
    """
    return _known(kind).form_of(content.strip(BLANK))


def hint(kind: str, content: str) -> str | None:
    """What the vendor's tables ask for, where the content has a form that only the vendor's examples have.

    >>> hint("time", "5:00am"), hint("time", "5:00 am")
    ('a space before am or pm: 5:00 am', None)
    """
    known, content = _known(kind), content.strip(BLANK)
    return None if known.any or known.form_of(content) else known.sample_of(content)


def digits_read(kind: str, content: str, language: Language = "zh") -> list[str]:
    """What is spoken, character by character, for the kinds that are spelled out.

    >>> digits_read("digits", "10-2"), digits_read("telephone", "+43-05", "en"), digits_read("id", "my_1")
    (['一', '零', '二'], ['four', 'three', 'oh', 'five'], ['M', 'Y', '下划线', '一'])

    Letters are capitals; what has no name here (Chinese characters, rare marks) stays as it is. Spaces, and in
    numbers what only parts the groups, are not spoken. Raises ValueError for a kind that is read as a whole.
    """
    if kind not in _SILENT:
        raise ValueError(f"only {', '.join(sorted(_SILENT))} are spelled out, not {kind!r}")
    names = _names(language, telephone=kind == "telephone")
    silent = _SILENT[kind] + BLANK
    return [_name(character, names) for character in content if character not in silent]


def _name(character: str, names: Mapping[str, str]) -> str:
    found = names.get(character) or names.get(unicodedata.normalize("NFKC", character))
    return found or (character.upper() if character.isascii() else character)


@cache
def _names(language: Language, *, telephone: bool) -> Mapping[str, str]:
    data = _data()["read"][language]
    digits = dict(zip("0123456789", data["digits"].split(), strict=True))
    if telephone and "telephone-zero" in data:
        digits["0"] = data["telephone-zero"]
    return MappingProxyType({**data["marks"], **digits})
