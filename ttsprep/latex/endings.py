"""Where a fraction, root or power ends: said where what follows could be taken for a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ttsprep.latex.nodes import Letter, Node, Scripts, Symbol
from ttsprep.latex.unit_parts import is_unit

if TYPE_CHECKING:
    from ttsprep.latex.reading import Reader

__all__ = ["goes_on", "is_factor", "say_end"]


def goes_on(following: Node | None) -> bool:
    """Whether what follows could be taken for a part of what was read."""
    base = following.base if isinstance(following, Scripts) else following
    if isinstance(base, Symbol):
        return base.kind not in ("relation", "close", "mark", "bar")
    return base is not None


def is_factor(following: Node | None) -> bool:
    base = following.base if isinstance(following, Scripts) else following
    if isinstance(base, Letter) and base.text == "d":  # as in dx
        return False
    return goes_on(following) and not (isinstance(base, Symbol) and base.kind in ("binary", "postfix"))


def say_end(reader: Reader, word: str, following: Node | None, *, compound: bool) -> None:
    """What tells a listener that a fraction or root ends where more follows."""
    if not goes_on(following) or is_unit(following):
        return
    if compound:
        reader.out.say(reader.words[word])
    elif is_factor(following):
        reader.out.say(reader.words["product"])
    else:
        reader.out.say(reader.words["pause"])
