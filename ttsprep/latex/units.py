"""Units of measurement: ``km/h``, ``m^2``, ``\\meter\\per\\second`` → words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ttsprep.latex.lexicon import table, words

__all__ = ["unit_words"]

_PART = re.compile(
    r"(?P<gap>[\s~]+|\\[,;:!]|[.·]|\\cdot(?![A-Za-z])|\\mathrm(?![A-Za-z])|\\text(?![A-Za-z])|[{}])"
    r"|(?P<per>/|\\per(?![A-Za-z]))|(?P<power>\^\{?\s*[-−]?\d+\s*\}?|[²³]|\\squared|\\cubed)"
    r"|(?P<unit>\\[A-Za-z]+|[A-Za-zμµΩ]+|℃)"
)
_POWERS = {"²": 2, "³": 3, "\\squared": 2, "\\cubed": 3}


def unit_words(text: str, language: str, *, one: bool = False) -> str:
    """A unit in words, or nothing where it is none.

    >>> unit_words("km/h", "zh"), unit_words("m/s^2", "en"), unit_words("m^2", "zh"), unit_words("xy", "en")
    ('千米每小时', 'meters per second squared', '平方米', '')
    """
    parts = list(_parts(text))
    if not parts or any(symbol not in table("units") for symbol, _, _ in parts):
        return ""
    return "".join(_spoken(parts, language, one)).strip()


def _parts(text: str) -> Iterator[tuple[str, int, bool]]:
    """(symbol, power, whether it is below) of each unit; a symbol that nothing knows for what is no unit."""
    per = False
    symbol, power, below = "", 1, False
    at = 0
    while at < len(text):
        found = _PART.match(text, at)
        if found is None:
            yield "", 1, False
            return
        at = found.end()
        if found["per"]:
            per = True
        elif found["power"]:
            power = _POWERS.get(found[0]) or int(re.sub(r"[\^{}\s]", "", found[0]).replace("−", "-"))
        elif found["unit"]:
            if symbol:
                yield symbol, power, below
            symbol, power, below, per = found[0], 1, per, False
    if symbol:
        yield symbol, power, below


def _spoken(parts: list[tuple[str, int, bool]], language: str, one: bool) -> Iterator[str]:
    blank = " " if language == "en" else ""
    prefix = ""
    counted = max((index for index, (symbol, power, below) in enumerate(parts) if not below and power > 0), default=-1)
    for index, (symbol, power, below) in enumerate(parts):
        chinese, single, many = table("units")[symbol]
        if symbol in _prefixes():
            prefix += chinese if language == "zh" else single
            continue
        lower = below or power < 0
        single_one = lower or one or index < counted  # newton meters
        name = prefix + (chinese if language == "zh" else single if single_one else many)
        prefix = ""
        yield (words(language)["per"] + blank) if lower else ""
        yield _power(name, abs(power), symbol in _lengths(), language) + blank


def _power(name: str, power: int, length: bool, language: str) -> str:
    if power == 1:
        return name
    said = words(language)
    kind = "unit_" if length else "other_unit_"
    ending = {2: "squared", 3: "cubed"}.get(power)
    template: str = said[kind + ending] if ending else said["unit_power"]
    return template.format(x=name, n=power)


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(table("unit_kinds")["prefixes"].split())


@cache
def _lengths() -> frozenset[str]:
    return frozenset(table("unit_kinds")["lengths"].split())
