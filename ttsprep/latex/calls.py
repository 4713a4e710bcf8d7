"""Reads commands with arguments: accents, binomials, arrows with words, chemical formulas."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from ttsprep.latex.lexicon import by_spelling, sign
from ttsprep.latex.nodes import Call, Symbol
from ttsprep.latex.shapes import is_compound

if TYPE_CHECKING:
    from ttsprep.latex.reading import Reader

__all__ = ["call"]


def call(reader: Reader, node: Call) -> None:
    """An accent, a binomial, an arrow with words, a chemical formula."""
    if node.name == "\\ce":
        _chemistry(reader, node)
        return
    for name in ("accents", "arrows", "two"):
        row = by_spelling(name).get(node.name)
        if row:
            template = row[reader.column]
            parts = dict(zip("xy", node.arguments, strict=False))
            if name == "arrows" and not node.arguments[0].items:
                template = re.split("[，{]| with", template)[0]
            if template.startswith("{x}") and len(template) > 3 and is_compound(node.arguments[0]):
                template = template.replace("{x}", "{x}" + reader.words["whole"])
            reader.fill(template, node.start, node.start, **reader.rows(**parts))
            return


_CHEMICAL = re.compile(
    r"(?:(?P<equilibrium><=>>?|<<=>|<->|⇌)|(?P<produces>->|→|=))(?:\[(?P<over>[^\]]*)\])?"
    r"|(?P<plus>(?<=\s)\+(?=\s))|(?P<word>[^\s]+?(?=\s|->|<=|=|→|$))|\s+"
)


def _chemistry(reader: Reader, node: Call) -> None:
    """Substances as they are written, arrows and plus signs in words."""
    body = node.arguments[0]
    for found in _CHEMICAL.finditer(reader.source[body.start : body.end]):
        start, end = body.start + found.start(), body.start + found.end()
        arrow = "equilibrium" if found["equilibrium"] else "produces" if found["produces"] else ""
        if arrow:
            over = re.sub(r"[_^{}$\\]", "", found["over"] or "").strip()
            reader.out.say(reader.words[arrow], start, end)
            reader.out.say(f"{reader.words['pause']} {over}{reader.words['pause']}" if over else "")
        elif found["plus"]:
            known = Symbol(start, end, "+", "binary")
            reader.out.say(reader.symbol(known), start, end)
        elif found["word"]:
            _substance(reader, found["word"], start, end)


_ISOTOPE = re.compile(r"(?:\^\{?(\d+)\}?)?(?:_\{?(\d+)\}?)?(?=[A-Z])")
_CHARGE = re.compile(r"(?:\^\{?|(?<=[A-Za-z\])]))(\d*)([+-])\}?$")


def _substance(reader: Reader, written: str, start: int, end: int) -> None:
    """A formula as it is written, its charge in words."""
    mark = sign({"v": "\\downarrow", "^": "\\uparrow"}.get(written, ""))
    if mark:
        reader.out.say(mark.words[reader.column], start, end)
        return
    isotope = _ISOTOPE.match(written)
    for name, digits in zip(("before_above", "before_below"), isotope.groups() if isotope else (), strict=False):
        if digits:
            reader.fill(reader.words[name], start, start, n=partial(reader.out.say, digits, start, start))
    written = written[isotope.end() :] if isotope else written
    charge = _CHARGE.search(written)
    body = written[: charge.start()] if charge else written
    reader.out.say(re.sub(r"[_^{}$\\]", "", body), start, end)
    if charge:
        reader.out.say(charge[1])
        reader.out.say(reader.words["charge"][charge[2] == "-"])
