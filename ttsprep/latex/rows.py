"""Reads one row of a formula from left to right, and knows what stands before and behind each part."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ttsprep.latex.lexicon import sign, table
from ttsprep.latex.nodes import Call, Font, Fraction, Letter, Node, Number, Row, Scripts, Symbol, Word
from ttsprep.latex.phrases import phrase
from ttsprep.latex.scripts import evaluated, suffixes
from ttsprep.latex.shapes import Brackets, is_operand, sign_of

if TYPE_CHECKING:
    from ttsprep.latex.reading import Reader

__all__ = ["RowReader"]

_ARROWS = frozenset(("\\to", "\\mapsto", "\\hookrightarrow", "\\rightharpoonup", "\\twoheadrightarrow"))
_MODULO = frozenset(("\\pmod", "\\pod", "\\bmod"))
_QUANTIFIERS = frozenset(("\\forall", "\\exists", "\\exists!", "\\nexists"))
_GO_TO_LIMITS = frozenset("xyztnkhm")


class RowReader:
    """One row; `operand` says whether an operator would stand behind an operand."""

    def __init__(self, reader: Reader, items: list[Node], mode: str = "") -> None:
        self.reader = reader
        self.out, self.words = reader.out, reader.words
        self.items = items
        self.mode = mode
        self.operand = False
        self.open: list[str] = []
        self.bars: list[str] = []
        keys = [sign_of(item) for item in items]
        self.pairs = Brackets(items, keys)
        self.bars_left = Counter(key for key, kind in keys if kind == "bar")
        self.keys = frozenset(key for key, _ in keys)
        self.colons = sum(key == ":" for key, _ in keys)

    def read(self) -> None:
        at = 0
        while at < len(self.items):
            at += self._step(at)

    def get(self, at: int) -> Node | None:
        return self.items[at] if 0 <= at < len(self.items) else None

    def _step(self, at: int) -> int:
        """Read what begins at `at`; how many parts that was."""
        used = phrase(self, at)
        if used:
            self.operand = True
            return used
        item, following = self.items[at], self.get(at + 1)
        base = item.base if isinstance(item, Scripts) else item
        if isinstance(base, Symbol) and base.kind not in _OPERANDS:
            self._sign(base, item, at)
            return 1
        self.product(at)
        self.reader.node(item, following)
        self.operand = is_operand(item)
        return 1

    def product(self, at: int) -> None:
        """A word between a factor and a fraction, which would run into each other."""
        item = self.items[at]
        if isinstance(item, Fraction) and self.operand and not item.choose and not isinstance(self.get(at - 1), Word):
            self.out.say(self.words["fraction_product"])

    # --- signs

    def _sign(self, node: Symbol, item: Node, at: int) -> None:
        following = self.get(at + 1)
        operand = False
        if node.kind == "bar":
            text, operand = self._bar(node.key, item)
        elif node.kind == "binary":
            text = self._binary(node, at)
        elif node.kind in ("open", "close"):
            text = self._bracket(node)
            operand = node.kind == "close"
        elif node.kind == "relation":
            text = self._relation(node, at)
        elif node.key == ":":
            text = self._colon(at)
        else:
            text, operand = self._other(node, at), is_operand(node)
        self.out.say(text, node.start, node.end)
        self.operand = operand
        if isinstance(item, Scripts):
            if text == self.words["evaluated"]:
                evaluated(self.reader, item)
            else:
                suffixes(self.reader, item, following)
            self.operand = True

    def _other(self, node: Symbol, at: int) -> str:
        if node.kind == "percent":
            return str(self.words["lone_percent"])
        if self.operand and node.key in _QUANTIFIERS:
            self.out.say(self.words["pause"])
        if node.key == "\\triangle" and self._between_sets(at):
            return str(self.words["symmetric_difference"])
        return self.reader.symbol(node)

    def _between_sets(self, at: int) -> bool:
        """Whether one capital letter stands on either side, and not the corners of a figure."""
        sides = [self.get(at + step) for step in (-2, -1, 1, 2)]
        far = any(isinstance(sides[index], Letter) for index in (0, 3))
        return not far and _is_capital(sides[1]) and _is_capital(sides[2])

    def _bracket(self, node: Symbol) -> str:
        """The words of a bracket; a bar that closes nothing says for which values what stands before it is taken."""
        if node.kind == "open":
            self.open.append(node.key)
        elif node.key == "\\rvert" and "\\lvert" not in self.open[-1:]:
            return str(self.words["evaluated"])
        elif self.open:
            self.open.pop()
        return self.reader.symbol(node)

    def _binary(self, node: Symbol, at: int) -> str:
        following = self.get(at + 1)
        column = self.reader.column
        if not self.operand and node.key in table("unary") and not (following is None and self.mode == "limit"):
            found: str = table("unary")[node.key][column]
            return found
        product = table("vectors").get(node.key)
        if product and _is_vector(self.get(at - 1)) and self._vector_at(at + 1):
            return str(product[column])
        return self.reader.symbol(node)

    def _vector_at(self, at: int) -> bool:
        """A vector, or the differential of one."""
        item = self.get(at)
        return _is_vector(item) or (isinstance(item, Letter) and item.text == "d" and _is_vector(self.get(at + 1)))

    def _relation(self, node: Symbol, at: int) -> str:
        said = self.reader.symbol(node)
        if node.key == "\\to" and self._approaches(at):
            said = self.words["approaches"]
        elif node.key == "\\mid":
            known = sign("\\divides")
            said = self._such_that() or (known.words[self.reader.column] if known else said)
        elif node.key == "\\equiv" and self._modulo():
            said = self.words["congruent"]
        elif node.key == "\\sim" and self.pairs.opens(at + 2) and _is_capital(self.get(at - 1)):
            said = self.words["distributed"]
        return said

    def _modulo(self) -> bool:
        return bool(self.keys & _MODULO) or any(isinstance(item, Call) and item.name in _MODULO for item in self.items)

    def _approaches(self, at: int) -> bool:
        """Whether an arrow is that of a limit: a variable or a sequence goes somewhere."""
        if self.mode == "limit":
            return True
        before, following = self.get(at - 1), self.get(at + 1)
        if ":" in self.keys or before is None:
            return False
        base = before.base if isinstance(before, Scripts) else before
        if isinstance(base, (Call, Font)) or (isinstance(base, Letter) and base.text.isupper()):
            return False
        if isinstance(before, Scripts) and before.below is not None and isinstance(base, Letter):
            return True
        to_number = isinstance(following, Number) or sign_of(following)[0] in ("\\infty", "+", "-")
        return to_number or (isinstance(before, Letter) and before.text in _GO_TO_LIMITS)

    def _such_that(self) -> str:
        inner = self.open[-1] if self.open else ""
        found: str = {"\\{": self.words["such_that"], "(": self.words["given"]}.get(inner, "")
        return found

    def _bar(self, key: str, item: Node) -> tuple[str, bool]:
        """The words of a bar, and whether it ends an operand."""
        column = self.reader.column
        self.bars_left[key] -= 1
        if self.bars and self.bars[-1] == key and self.operand:
            self.bars.pop()
            return table("bar_ends")[key][column], True
        inside = self._such_that() if self.operand and key == "|" and not self.bars else ""
        if inside and self.bars_left[key] % 2 == 0:
            return inside, False
        if self.bars_left[key] > 0:
            self.bars.append(key)
            known = sign(key)
            return (known.words[column] if known else key), False
        if key == "|" and isinstance(item, Scripts) and self.operand:
            return self.words["evaluated"], True
        return table("lone_bar")[key][column], False

    def _colon(self, at: int) -> str:
        if self.open[-1:] == ["\\{"]:
            return str(self.words["such_that"])
        if self.operand and "\\to" in self.keys:
            return str(self.words["maps_from"])
        ratio = self.operand and is_operand(self.get(at + 1)) and not self.keys & (_ARROWS | _QUANTIFIERS)
        return str(self.words["ratio"] if ratio and not self._is_named(at) else self.words["pause"])

    def _is_named(self, at: int) -> bool:
        """Whether a colon stands behind the name of a statement: ``H_0: p=1``, with no blank ``C:x^2+y^2=1``."""
        colon, before, source = self.items[at], self.items[at - 1], self.reader.source
        if self.colons > 1 or isinstance(before, Number):
            return False
        if source[colon.end : colon.end + 1].isspace() and not source[colon.start - 1 : colon.start].isspace():
            return True
        keys = [sign_of(item) for item in self.items[at + 1 :]] if at == 1 else []
        sums = any(kind == "binary" and is_operand(self.items[at + place]) for place, (_, kind) in enumerate(keys))
        return sums and any(kind == "relation" for _, kind in keys)


_OPERANDS = frozenset(("function", "big", "letter", "word"))


def _is_vector(node: Node | None) -> bool:
    """A vector, also with scripts; small bold letters are vectors."""
    base = node.base if isinstance(node, Scripts) else node
    if isinstance(base, Row) and len(base.items) == 1:
        return _is_vector(base.items[0])
    if isinstance(base, Font):
        return base.name in ("\\mathbf", "\\boldsymbol", "\\bm") and base.inner.islower()
    return isinstance(base, Call) and base.name in ("\\vec", "\\overrightarrow")


def _is_capital(node: Node | None) -> bool:
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Letter) and base.text.isupper()
