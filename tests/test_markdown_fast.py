"""The fast lanes of the Markdown reader give what the parser's own rules give."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from tests.conftest import CASES
from ttsprep.markdown._fast_inline import simple_inlines
from ttsprep.markdown._parser import parser

HOSTILE: list[str] = json.loads((CASES / "markdown" / "hostile.json").read_text("utf-8"))
INLINE = ["中", "**", "*", "_", "$x$", "$5", "`c`", " ", "  ", "\n", "[t](u)", "~", "：", "<", "&", "word", "²"]
FIELDS = ("type", "tag", "nesting", "attrs", "map", "content", "markup", "info", "meta", "hidden")


def fields(token: Token) -> dict[str, Any]:
    return {name: getattr(token, name) for name in FIELDS}


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE + INLINE), max_size=14).map("".join), st.booleans())
@example("a *b*  \nc ` `` ` `d`", False)
@example("*a _b_ c* **中文。**后 x_y_z", True)
@example("价 $5，$x^2$ 与 \\(y\\)，2$3$", False)
@example("![**a**](u)", False)
def test_running_text_gives_the_tokens_of_the_rules(text: str, growing: bool) -> None:
    env: dict[str, Any] = {"references": {}, **({"growing": True} if growing else {})}
    simple = simple_inlines(text)
    if simple is not None:
        assert [*map(fields, simple)] == [*map(fields, parser().inline.by_rules(text, parser(), env, []))]


def test_common_text_takes_the_fast_lane() -> None:
    common = "**注意：**见 [文](https://a.b/c?d=e&f)，`x_1 < 2`、$a^2$ 和\n*em* _em_ a_b 3 < 4 ~5 & more: 2 * 3 \\(x\\)"
    assert simple_inlines(common) is not None
    assert simple_inlines("see ![x](y)") is None
