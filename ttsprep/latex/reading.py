"""A parsed formula → speech: rows of operands and operators, and dispatch to what reads the parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from ttsprep.latex.lexicon import LANGUAGES, kinds, sign, table, words
from ttsprep.latex.nodes import (
    Call,
    Font,
    Fraction,
    Letter,
    Node,
    Number,
    Root,
    Row,
    Scripts,
    Symbol,
    Table,
    Unit,
    Word,
)
from ttsprep.latex.shapes import is_operand, plain, unwrapped
from ttsprep.latex.speaker import Speaker
from ttsprep.latex.units import unit_words

__all__ = ["Reader", "RowReader"]

_PLACE = re.compile(r"\{(\w+)\}")
_GROUPS = re.compile(r"\{,\}|\\,|,")  # between thousands
_ARROWS = frozenset(("\\to", "\\mapsto", "\\hookrightarrow", "\\rightharpoonup", "\\twoheadrightarrow"))


class Reader:
    """Reads the parts of one formula in one language into `out`."""

    def __init__(self, language: str, source: str) -> None:
        self.source = source
        self.language = language
        self.column = LANGUAGES.index(language)
        self.words = words(language)
        self.out = Speaker(language)

    def row(self, row: Row | Sequence[Node], mode: str = "") -> None:
        """Parts in a row; `mode` ``limit`` reads arrows as approaching."""
        items = row.items if isinstance(row, Row) else row
        RowReader(self, unwrapped(items), mode).read()

    def fill(self, template: str, start: int, end: int, **parts: Callable[[], None] | str) -> None:
        """Say a template: its first words at the place given, the others where they are heard."""
        for index, text in enumerate(_PLACE.split(template)):
            part = parts[text] if index % 2 else text
            if callable(part):
                part()
            elif index == 0:
                self.out.say(part.strip(), start, end)
            else:
                self.out.say(part.strip())

    def rows(self, **rows: Row | Sequence[Node] | None) -> dict[str, Callable[[], None] | str]:
        """Rows as parts of a template."""
        return {name: self._later(row) for name, row in rows.items() if row is not None}

    def _later(self, row: Row | Sequence[Node]) -> Callable[[], None]:
        return lambda: self.row(row)

    def symbol(self, node: Symbol) -> str:
        """The words of a sign."""
        known = sign(node.key)
        return known.words[self.column] if known else node.key.lstrip("\\")

    def node(self, node: Node, following: Node | None = None) -> None:
        """One part; `following` is what comes after it in its row."""
        from ttsprep.latex import structures

        if isinstance(node, Row):
            self.row(node)
        elif isinstance(node, (Number, Letter, Word)):
            text = node.text if isinstance(node, Word) else _GROUPS.sub("", node.text)
            self.out.say(text, node.start, node.end)
        elif isinstance(node, Symbol):
            self._lone_symbol(node)
        elif isinstance(node, Font):
            self._font(node)
        elif isinstance(node, Unit):
            self._unit(node)
        elif isinstance(node, Fraction):
            structures.fraction(self, node, following)
        elif isinstance(node, Root):
            structures.root(self, node, following)
        elif isinstance(node, Scripts):
            structures.scripts(self, node, following)
        elif isinstance(node, Call):
            structures.call(self, node)
        elif isinstance(node, Table):
            structures.read_table(self, node, following)

    def _lone_symbol(self, node: Symbol) -> None:
        if node.kind == "big":
            from ttsprep.latex import structures

            structures.big_operator(self, node, None, None)
        elif node.kind == "percent":
            self.out.say(self.words["lone_percent"], node.start, node.end)
        else:
            self.out.say(self.symbol(node), node.start, node.end)

    def _font(self, node: Font) -> None:
        if node.name in kinds("blackboard"):
            known = table("sets").get(plain(node.body))
            if known:
                self.out.say(known[self.column], node.start, node.end)
                return
        if re.fullmatch(r"\s*[A-Za-z]{2,}\s*", node.inner) and node.name not in ("\\mathbf", "\\boldsymbol", "\\bm"):
            known_sign = sign(node.inner.strip())
            text = known_sign.words[self.column] if known_sign else node.inner.strip()
            self.out.say(text or node.inner.strip(), node.start, node.end)
        elif node.name in kinds("units") and unit_words(node.inner, self.language):
            self.out.say(unit_words(node.inner, self.language), node.start, node.end)
        else:
            self.row(node.body)

    def _unit(self, node: Unit) -> None:
        one = plain(node.number) == "1"
        if node.number is not None:
            self.row(node.number)
        spoken = unit_words(node.inner, self.language, one=one) or re.sub(r"[\\{}]+", " ", node.inner).strip()
        start = node.start if node.number is None else max(node.at, node.number.end)
        self.out.say(spoken, start, node.end)


class RowReader:
    """Reads one row from left to right, and knows what stands before and behind each part."""

    def __init__(self, reader: Reader, items: list[Node], mode: str = "") -> None:
        self.reader = reader
        self.out, self.words = reader.out, reader.words
        self.items = items
        self.mode = mode
        self.operand = False
        self._specials = (
            self._percent,
            self._recurring,
            self._mixed,
            self._temperature,
            self._units,
            self._slash,
            self._nabla,
            self._application,
            self._matrix,
        )
        self.brackets: list[str] = []
        self.bars: list[str] = []
        self.bars_left = Counter(key for key, kind in map(_sign_of, items) if kind == "bar")
        self.arrow = any(_sign_of(item)[0] in _ARROWS for item in items)
        self.quantified = any(_sign_of(item)[0] in ("\\forall", "\\exists", "\\exists!") for item in items)

    def read(self) -> None:
        at = 0
        while at < len(self.items):
            at += self._step(at)

    def _get(self, at: int) -> Node | None:
        return self.items[at] if 0 <= at < len(self.items) else None

    def _step(self, at: int) -> int:
        """Read what begins at `at`; how many parts that was."""
        for special in self._specials:
            used = special(at)
            if used:
                self.operand = True
                return used
        item, following = self.items[at], self._get(at + 1)
        base = item.base if isinstance(item, Scripts) else item
        if isinstance(base, Symbol) and base.kind not in ("function", "big", "letter", "word"):
            self._sign(base, at)
            if isinstance(item, Scripts):
                from ttsprep.latex import structures

                structures.suffixes(self.reader, item, following)
                self.operand = True
            return 1
        self._product(at)
        self.reader.node(item, following)
        self.operand = is_operand(item)
        return 1

    # --- several parts that are read together

    def _percent(self, at: int) -> int:
        following = self._get(at + 1)
        if not (isinstance(following, Symbol) and following.kind == "percent" and is_operand(self.items[at])):
            return 0
        item = self.items[at]
        if isinstance(item, Symbol) and item.kind != "letter":
            return 0
        self.reader.fill(self.words["percent"], following.start, following.end, x=lambda: self.reader.node(item))
        return 2

    def _recurring(self, at: int) -> int:
        """``0.\\dot{3}``."""
        number, point, digits = self.items[at], self._get(at + 1), self._get(at + 2)
        if not (isinstance(number, Number) and _sign_of(point)[0] == "." and isinstance(digits, Call)):
            return 0
        text = plain(digits.arguments[0])
        if digits.name not in ("\\dot", "\\overline") or not text.isdigit() or point is None:
            return 0
        self.reader.node(number)
        self.out.say("." + text, point.start, digits.end, glued=True)
        self.out.say(self.words["recurring"].format(x="").strip())
        return 3

    def _mixed(self, at: int) -> int:
        """``2\\frac{1}{3}``."""
        number, part = self.items[at], self._get(at + 1)
        if not (isinstance(number, Number) and isinstance(part, Fraction)):
            return 0
        if not (plain(part.above).isdigit() and plain(part.below).isdigit()):
            return 0
        self.reader.node(number)
        self.out.say(self.words["mixed"])
        self.reader.node(part, self._get(at + 2))
        return 2

    def _temperature(self, at: int) -> int:
        """``25^\\circ C``."""
        item, letter = self.items[at], self._get(at + 1)
        if not (isinstance(item, Scripts) and plain(item.above) in ("\\circ", "°") and item.above and letter):
            return 0
        written = plain(Row(letter.start, letter.end, [letter]))
        name = {"C": "celsius", "F": "fahrenheit"}.get(written)
        if name is None or item.below or item.primes or (item.base and not _is_number(item.base)):
            return 0
        if item.base:
            self.reader.node(item.base)
        self.out.say(self.words[name], item.above.start, letter.end)
        return 2

    def _slash(self, at: int) -> int:
        """``1/2`` by itself; in a longer product a slash is read where it stands."""
        above, mark, below = self.items[at], self._get(at + 1), self._get(at + 2)
        if _sign_of(mark)[0] != "/" or below is None or self.operand or not (_is_number(above) and _is_number(below)):
            return 0
        if is_operand(self._get(at + 3)) or _sign_of(self._get(at + 3))[0] in ("/", "(", "!", "|"):
            return 0
        upper, lower = Row(above.start, above.end, [above]), Row(below.start, below.end, [below])
        self.reader.node(Fraction(above.start, below.end, upper, lower), self._get(at + 3))
        return 3

    def _nabla(self, at: int) -> int:
        """``\\nabla\\cdot``, ``\\nabla\\times``."""
        item, mark = self.items[at], self._get(at + 1)
        name = {"\\cdot": "divergence", "\\times": "curl"}.get(_sign_of(mark)[0])
        if not isinstance(item, Symbol) or item.key != "\\nabla" or name is None or mark is None:
            return 0
        self.out.say(self.words[name], item.start, mark.end)
        return 2

    def _units(self, at: int) -> int:
        """A unit after a number, of one command or several (``\\mathrm{m}/\\mathrm{s}``)."""
        before = self._get(at - 1)
        base = before.base if isinstance(before, Scripts) else before
        if not isinstance(base, Number):
            return 0
        text, used, best, end = "", 0, "", 0
        one = isinstance(before, Number) and before.text == "1"
        while (part := self._get(at + used)) is not None and (written := _unit_text(part)):
            text, used = f"{text} {written}", used + 1
            if written != "/" and (spoken := unit_words(text, self.reader.language, one=one)):
                best, end = spoken, used
            if used > _LONGEST_UNIT:
                break
        if end:
            last = self.items[at + end - 1]
            self.out.say(best, self.items[at].start, last.end)
        return end

    def _application(self, at: int) -> int:
        """``f(x)``: without its brackets where one simple part stands in them."""
        item, opening = self.items[at], self._get(at + 1)
        base = item.base if isinstance(item, Scripts) else item
        name = base.text if isinstance(base, Letter) else base.key if isinstance(base, Symbol) else ""
        if name not in kinds("function_letters") or _sign_of(opening) != ("(", "open"):
            return 0
        argument, closing = self._get(at + 2), self._get(at + 3)
        simple = isinstance(argument, (Number, Letter)) or _sign_of(argument)[1] == "letter"
        self._product(at)
        self.reader.node(item)
        if simple and argument is not None and isinstance(closing, Symbol) and closing.key == ")":
            self.out.say(self.words["of"], opening.start if opening else None, opening.end if opening else None)
            self.reader.node(argument)
            return 4
        self.out.say(self.words["of"])
        return 1

    def _matrix(self, at: int) -> int:
        """A table between delimiters that belong to it."""
        opening, inner, closing = self.items[at], self._get(at + 1), self._get(at + 2)
        if not isinstance(inner, Table) or _sign_of(opening)[1] not in ("open", "bar"):
            return 0
        from ttsprep.latex import structures

        key, shut = _sign_of(opening)[0], _sign_of(closing)[1] in ("close", "bar") and isinstance(closing, Symbol)
        if key == "\\{" and not shut:
            structures.cases(self.reader, inner, closing)
            return 2
        if structures.kind_of(inner) != "matrix" or not shut:
            return 0
        if key in ("\\lvert", "|"):
            structures.matrix(self.reader, inner, "determinant")
        else:
            structures.matrix(self.reader, inner, "matrix")
        return 3

    def _product(self, at: int) -> None:
        """A word between a factor and a fraction, which would run into each other."""
        item, before = self.items[at], self._get(at - 1)
        if isinstance(item, Fraction) and self.operand and not item.choose and not isinstance(before, Word):
            self.out.say(self.words["fraction_product"])

    # --- signs

    def _sign(self, node: Symbol, at: int) -> None:
        following = self._get(at + 1)
        text = self.reader.symbol(node)
        operand = False
        if node.kind == "bar":
            text, operand = self._bar(node.key)
        elif node.kind == "binary":
            text = self._binary(node, following)
        elif node.kind in ("open", "close"):
            text = self._bracket(node, text)
            operand = node.kind == "close"
        elif node.kind == "relation":
            text = self._relation(node, text)
        elif node.key == ":":
            text = self._colon(following)
        else:
            operand = is_operand(node)
        self.out.say(text if node.kind != "percent" else self.words["lone_percent"], node.start, node.end)
        self.operand = operand

    def _bracket(self, node: Symbol, text: str) -> str:
        """The words of a bracket; a bar that closes nothing says for which values what stands before it is taken."""
        if node.kind == "open":
            self.brackets.append(node.key)
        elif node.key == "\\rvert" and "\\lvert" not in self.brackets[-1:]:
            return str(self.words["evaluated"])
        elif self.brackets:
            self.brackets.pop()
        return text

    def _binary(self, node: Symbol, following: Node | None) -> str:
        if not self.operand and node.key in table("unary"):
            if following is None and self.mode == "limit":
                return self.reader.symbol(node)
            found: str = table("unary")[node.key][self.reader.column]
            return found
        return self.reader.symbol(node)

    def _relation(self, node: Symbol, text: str) -> str:
        said: str = text
        if self.mode == "limit" and node.key == "\\to":
            said = self.words["approaches"]
        elif node.key == "\\mid":
            known = sign("\\divides")
            said = self._such_that() or (known.words[self.reader.column] if known else text)
        return said

    def _such_that(self) -> str:
        inner = self.brackets[-1] if self.brackets else ""
        found: str = {"\\{": self.words["such_that"], "(": self.words["given"]}.get(inner, "")
        return found

    def _bar(self, key: str) -> tuple[str, bool]:
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
        return table("lone_bar")[key][column], False

    def _colon(self, following: Node | None) -> str:
        is_ratio = self.operand and is_operand(following) and not self.arrow and not self.quantified
        found: str = self.words["ratio"] if is_ratio else self.words["pause"]
        return found


_LONGEST_UNIT = 8


def _is_number(node: Node) -> bool:
    return isinstance(node, Number) or (isinstance(node, Row) and plain(node).isdigit())


def _sign_of(node: Node | None) -> tuple[str, str]:
    """Key and kind of a sign, also where it has scripts."""
    if isinstance(node, Scripts):
        node = node.base
    return (node.key, node.kind) if isinstance(node, Symbol) else ("", "")


def _unit_text(node: Node) -> str:
    """How a part is written, if it may belong to a unit."""
    if isinstance(node, Scripts) and node.base is not None and node.above is not None and node.below is None:
        written = _unit_text(node.base)
        return f"{written}^{plain(node.above)}" if written and re.fullmatch(r"-?\d+", plain(node.above)) else ""
    if isinstance(node, Font) and node.name not in kinds("blackboard"):
        return node.inner.strip()
    if isinstance(node, Unit) and node.number is None:
        return node.inner.strip()
    if isinstance(node, Word):
        return node.text if node.text in table("units") else ""
    if isinstance(node, Row) and len(node.items) == 1:
        return _unit_text(node.items[0])
    return {"/": "/", "\\cdot": "·"}.get(_sign_of(node)[0], "")
