"""From Markdown to SSML: what the stripper leaves, with pauses and pronunciations; always valid."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ssml_oracle import faults, spoken
from ttsprep.markdown import MarkdownOptions, strip
from ttsprep.ssml import Pauses, SsmlOptions, break_, from_markdown, from_text, speak

CASES = tomllib.loads((Path(__file__).parent / "cases" / "ssml" / "from_markdown.toml").read_text("utf-8"))["case"]
PAUSES = {field.name for field in dataclasses.fields(Pauses)}


def options(values: dict[str, Any]) -> SsmlOptions:
    pauses = {name: value for name, value in values.items() if name in PAUSES and isinstance(value, int)}
    markdown = {name: value for name, value in values.items() if name not in pauses}
    return SsmlOptions(Pauses(**pauses), MarkdownOptions(**markdown))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    converted = from_markdown(case["source"], options(case.get("options", {})))
    assert str(converted) == case["ssml"]
    assert faults(str(converted)) == []
    source = case["source"].removeprefix("\ufeff")
    found = [
        f"{one.rule.code} {one.span.of(source) if one.span else ''} {one.message}" for one in converted.diagnostics
    ]
    expected = case.get("report", [])
    assert len(found) == len(expected), found
    assert [line[: len(wanted)] for line, wanted in zip(found, expected, strict=True)] == expected


def test_a_plain_text_in_which_nothing_is_spoken() -> None:
    assert [one.rule.code for one in from_text("— & …").diagnostics] == ["PAY001"]
    assert from_text("7").diagnostics == ()


def test_the_root_brings_its_attributes() -> None:
    converted = from_markdown("a", SsmlOptions(root=speak(voice="longanyang", rate=0.9)))
    assert str(converted) == '<speak voice="longanyang" rate="0.9">a</speak>'
    with pytest.raises(ValueError, match="attributes only"):
        SsmlOptions(root=speak["text"])


@pytest.mark.parametrize("wrong", [{"item": 20}, {"heading": -1}, {"rule": 10_001}, {"line": 0.5}])
def test_pauses_that_the_service_does_not_take(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="it has to be"):
        Pauses(**wrong)


def test_the_fix_for_a_brace_makes_it_one() -> None:
    source = "a {x|y} b"
    (found,) = from_markdown(source).diagnostics
    assert found.fix is not None and not found.fix.safe
    mended = from_markdown(found.fix.apply(source))
    assert mended.diagnostics == ()
    assert str(mended) == str(from_markdown(source))


def test_the_document_knows_its_source() -> None:
    source = "# Q&A\n\n去{典当行|dian3 dang4 hang2}。"
    document = from_markdown(source).document
    assert document.replay(source) == document.text
    for wanted in ("Q", "A", "去", "典", "当"):
        at = document.text.index(wanted)
        assert document.source_span(at, at + 1).of(source) == wanted
    at = document.text.index("<phoneme")
    assert document.source_span(at, at + 1).of(source) == "{"


MARKUP = [
    "# ",
    "## ",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "| a | b |\n|---|---|\n| c | d |\n",
    "```\n",
    "    ",
    "---\n",
    "  \n",
]
MARKUP += [
    "*",
    "**",
    "`",
    "$",
    "[a](b)",
    "<b>",
    "&amp;",
    "&",
    "<",
    '"',
    "你好。",
    "word ",
    "\\",
    "a{b",
    "}",
    "\t",
    "\r\n",
]
PIECES = st.sampled_from([*MARKUP, "\x01", "\0", "=\n"])


@settings(deadline=None)  # the first call reads the tables
@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_is_spoken_is_what_the_stripper_leaves(source: str) -> None:
    converted = from_markdown(source)
    assert faults(str(converted)) == []
    heard = strip(source).text.text
    assert spoken(str(converted)) == re.sub("[\x00\x01]", "", heard)
    assert str(converted).count("<break") == heard.count("\n")
    assert converted.document.replay(source) == str(converted)


@settings(deadline=None)  # the first call reads the tables
@given(st.text())
def test_any_text_gives_a_document(source: str) -> None:
    assert faults(str(from_markdown(source))) == []


BRACES = st.sampled_from(
    ["{", "}", "|", "典", "dian3", "S AY N", "\\", "`", " ", "\n", "{典|dian3}", "a", "$", "&", "*", "\\|", "<"]
)


@settings(deadline=None)  # the first call reads the tables
@given(st.lists(BRACES, max_size=20).map("".join))
def test_pronunciations_leave_the_rest_as_it_is(source: str) -> None:
    converted = from_markdown(source)
    assert faults(str(converted)) == []
    with_readings = re.sub(
        r'<phoneme alphabet="\w+" ph="([^"]*)">([^<]*)</phoneme>', lambda m: f"{{{m[2]}|{m[1]}}}", str(converted)
    )
    heard = strip(source).text.text
    squeezed = re.sub(r"\s", "", spoken(with_readings))
    assert squeezed == re.sub(r"\s", "", heard)


def test_a_pause_is_one_that_can_be_built() -> None:
    assert Pauses().element("heading") == break_(ms=Pauses().heading)
