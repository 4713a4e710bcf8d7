"""Parts of a formula that are units of measurement, or belong to one."""

from __future__ import annotations

from ttsprep.latex.lexicon import kinds
from ttsprep.latex.nodes import Font, Node, Row, Scripts, Unit, Word
from ttsprep.latex.shapes import plain, sign_of
from ttsprep.latex.units import unit_words

__all__ = ["is_unit", "unit_text"]

_SIGNS = {"/": "/", "\\cdot": "·", "\\Omega": "Ω", "\\mu": "μ"}
_PREFIXES = ("k", "M", "μ", "µ")


def unit_text(node: Node) -> str:
    """How a part is written, if it may belong to a unit."""
    if isinstance(node, Scripts) and node.base is not None and node.above is not None and node.below is None:
        power = plain(node.above)
        written = unit_text(node.base) if power.lstrip("-").isdigit() else ""
        return f"{written}^{power}" if written else ""
    if isinstance(node, Font) and node.name not in kinds("blackboard"):
        return node.inner.strip()
    if isinstance(node, Unit) and node.number is None:
        return node.inner.strip()
    if isinstance(node, Word):
        return node.text if node.text in _PREFIXES or unit_words(node.text, "en") else ""
    if isinstance(node, Row) and len(node.items) == 1:
        return unit_text(node.items[0])
    return _SIGNS.get(sign_of(node)[0], "")


def is_unit(node: Node | None) -> bool:
    """Whether a part by itself is a unit; an upright d is a differential."""
    if node is None or sign_of(node)[0]:
        return False
    written = unit_text(node)
    return bool(written) and written != "d" and bool(unit_words(written, "en"))
