"""The fast lanes of the Markdown reader give what the parser's own rules give."""

from __future__ import annotations

import gc
import json
import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.token import Token

from tests.conftest import CASES
from ttsprep.markdown import strip
from ttsprep.markdown._fast_inline import simple_inlines
from ttsprep.markdown._leaves import line_ends
from ttsprep.markdown._parser import SpeechParser, parser
from ttsprep.markdown._reading import Reader

HOSTILE: list[str] = json.loads((CASES / "markdown" / "hostile.json").read_text("utf-8"))
INLINE = [
    "中",
    "**",
    "*",
    "_",
    "$x$",
    "$5",
    "`c`",
    " ",
    "  ",
    "\n",
    "[t](u)",
    "~",
    "：",
    "<",
    "&",
    "word",
    "²",
    "[x]",
    "[",
    "]",
]
FIELDS = ("type", "tag", "nesting", "attrs", "map", "content", "markup", "info", "meta", "hidden")


def fields(token: Token) -> dict[str, Any]:
    return {name: getattr(token, name) for name in FIELDS}


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE + INLINE), max_size=14).map("".join), st.booleans(), st.booleans())
@example("a *b*  \nc ` `` ` `d`", False, False)
@example("*a _b_ c* **中文。**后 x_y_z", True, False)
@example("价 $5，$x^2$ 与 \\(y\\)，2$3$", False, False)
@example("![**a**](u)", False, False)
@example("[x] [a][x] [b] [^1](u)", False, True)
@example("[x] [a][x] [!NOTE]\n[!a] [ ] [^1](u) [b] (c)", False, False)
def test_running_text_gives_the_tokens_of_the_rules(text: str, growing: bool, defined: bool) -> None:
    known = {"X": {"href": "/u", "title": ""}} if defined else {}
    env: dict[str, Any] = {"references": known, **({"growing": True} if growing else {})}
    simple = simple_inlines(text, defined=defined)
    if simple is not None:
        assert [*map(fields, simple)] == [*map(fields, parser().inline.by_rules(text, parser(), env, []))]


def test_content_is_not_looked_for_in_the_marker_before_it() -> None:
    document = "2) \u3000\n   2) a\n"
    text = strip(document).text
    assert text.text == "2) 2) a."
    assert text.source_span(3, 5).start == document.rindex("2)")


def test_common_text_takes_the_fast_lane() -> None:
    common = "**注意：**见 [文](https://a.b/c?d=e&f)，`x_1 < 2`、$a^2$ 和\n*em* _em_ a_b 3 < 4 ~5 & more: 2 * 3 \\(x\\)"
    assert simple_inlines(common) is not None
    assert simple_inlines("see ![x](y)") is None


def noted(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph that definitions know of."""
    state.env["paragraph_at"] = start
    found = paragraph(state, start, end, silent)
    token = state.tokens[-2]
    if token.content:
        token.meta["ends"] = line_ends(state, token.content, start, state.line)
    return found


class OwnRules(SpeechParser):
    """markdown-it-py with its own loop, lines, headings, rules, paragraphs and lists."""

    def __init__(self) -> None:
        super().__init__()
        rules, block = {rule.name: rule for rule in self.block.ruler.__rules__}, ParserBlock()
        for name in ("table", "fence", "blockquote", "reference", "html_block", "lheading"):
            block.ruler.at(name, rules[name].fn, {"alt": rules[name].alt})
        for name, follower in (("math_block", "table"), ("footnote", "reference"), ("definition", "html_block")):
            block.ruler.before(follower, name, rules[name].fn, {"alt": rules[name].alt})
        block.ruler.at("paragraph", noted)
        self.block = block  # type: ignore[assignment] # not the fast one, which is the point


BLOCKS = ["a", "中文。", "\n", "\n\n", "- ", "* ", "1. ", "2) ", "> ", "# ", "## x #", "---", "===", "|", "|-|", "    "]
BLOCKS += [
    "  ",
    "\t",
    "```",
    "$$",
    "[x]: /u",
    "<div>",
    "+",
    "10. ",
    "\u3000",
    " ",
    "***",
    "_ _ _",
    ":",
    "~",
    "-",
    "-\n",
]
BLOCK_FIELDS = ("type", "tag", "nesting", "attrs", "map", "level", "content", "markup", "info", "block", "children")


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE + BLOCKS), max_size=24).map("".join), st.booleans())
@example("- a\n\n  b\n- c\n3. d\n   ***\n", False)
@example("1.\n\n\n   a\n1) b\n- - c\n", False)
@example("> - a\nb\n> 1. c\n\td\n", True)
def test_blocks_are_those_of_the_own_rules(text: str, growing: bool) -> None:
    found = []
    for reader in (parser(), OwnRules()):
        env: dict[str, Any] = {"references": {}, **({"growing": True} if growing else {})}
        tokens: list[Token] = []
        reader.block.parse(text, reader, env, tokens)
        found.append(([{name: getattr(token, name) for name in BLOCK_FIELDS} for token in tokens], env["references"]))
    assert found[0] == found[1]


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(enabled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def fail(*_: object) -> None:
        seen.append(gc.isenabled())
        raise ZeroDivisionError

    monkeypatch.setattr(Reader, "hear", fail)
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        with pytest.raises(ZeroDivisionError):
            strip("a")
        assert (seen, gc.isenabled()) == ([False], enabled)
    finally:
        (gc.enable if before else gc.disable)()


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("*a ", "x_ "),
        ("[a", "] "),
        ("`a ", "$"),
        ("**a:", "** "),
        ("[^", "]("),
        ("< a", "@"),
        ("&a", ";"),
        ("\\(", "a"),
    ],
)
def test_what_the_fast_lane_refuses_takes_linear_time(unit: str, other: str) -> None:
    def seconds(size: int) -> float:
        text = unit * size + other * size
        begun = time.thread_time()
        simple_inlines(text)
        return time.thread_time() - begun

    seconds(100)
    assert min(seconds(8_000) for _ in range(3)) < 12 * min(seconds(2_000) for _ in range(3)) + 0.02
