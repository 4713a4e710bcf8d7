"""From Speech Markdown: the right document, a report of every loss, no lost text, never a crash."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ssml_oracle import faults, spoken
from ttsprep.diagnostics import Severity
from ttsprep.ssml import from_speech_markdown, speak
from ttsprep.ssml.authoring.speech_modifiers import MODIFIERS, Does
from ttsprep.ssml.datatypes import words
from ttsprep.ssml.grammar import grammar

CASES = tomllib.loads((Path(__file__).parent / "cases" / "ssml" / "speech_markdown.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    converted = from_speech_markdown(case["source"])
    assert str(converted) == case["ssml"]
    assert faults(str(converted)) == []
    found = [
        f"{one.rule.code} {one.span.of(case['source']) if one.span else ''} {one.message}"
        for one in converted.diagnostics
    ]
    expected = sorted(case.get("report", []))
    assert len(found) == len(expected), found
    assert [line[: len(wanted)] for line, wanted in zip(sorted(found), expected, strict=True)] == expected


def test_a_pause_that_is_cut_short_is_a_loss() -> None:
    found = from_speech_markdown('[20s] a [10ms] [break:"strong"]').diagnostics
    assert [one.severity for one in found] == [Severity.WARNING, Severity.NOTE, Severity.NOTE]


def test_names_can_be_given_voices() -> None:
    converted = from_speech_markdown('(a)[voice:"Kendra"]', voices={"Kendra": "longanyang"})
    assert str(converted) == '<speak voice="longanyang">a</speak>'
    assert converted.diagnostics == ()


def test_the_document_knows_its_source() -> None:
    source = 'Q&A (Al)[sub:"aluminum"] [1s] end'
    document = from_speech_markdown(source).document
    assert document.replay(source) == document.text
    for wanted in ("Q", "Al<", "end", "A "):
        at = document.text.index(wanted)
        assert document.source_span(at, at + 1).of(source) == wanted[0]
    at = document.text.index("<break")
    assert document.source_span(at, at + 6).of(source) == "[1s]"


def test_the_table_says_what_the_grammar_has() -> None:
    kinds = set(words(grammar().elements["say-as"].attributes["interpret-as"].datatype))
    assert {m.says for m in MODIFIERS.values() if m.does is Does.SAY_AS} <= kinds
    prosody = {m.says for m in MODIFIERS.values() if m.does in (Does.PROSODY, Does.VOICE)}
    assert prosody <= set(grammar().elements["speak"].attributes)


# W is text, wherever it stands; nothing else has a W.
PLAIN = ["W", "W", "W", "(W)", *"()[]+-~!#\n&<>\"'{}/:;你ʃ, \t\x00", "\ud800", "++", "\n\n", "]\n", "#["]
MARKED = [
    "[rate:'slow']",
    "[sub:'x']",
    '[sub:"&<\'"]',
    "[voice:'longanyang']",
    "[ipa:'zzz']",
    "[phoneme:'ma1']",
    "[500ms]",
]
MARKED += [
    "[break:'strong']",
    "!['https://a.b/c']",
    "#[voice:'x']",
    "{x}",
    "/x/",
    "[rate:'2';pitch:'0.5';digits]",
    "[mark:'x']",
]
PIECES = st.sampled_from(
    PLAIN + MARKED + [f"[{key}]" for key in sorted(MODIFIERS) if MODIFIERS[key].does is not Does.SILENCE]
)


@settings(deadline=None)  # the first call reads the tables
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_text_is_lost_and_the_document_validates(source: str) -> None:
    converted = from_speech_markdown(source)
    assert faults(str(converted)) == []
    assert spoken(str(converted)).count("W") == source.count("W")
    assert converted.document.replay(source) == str(converted)
    for found in converted.diagnostics:
        assert found.span is not None and 0 <= found.span.start <= found.span.end <= len(source)
        assert found.span or found.rule.code == "PAY001"  # what is not there has no place


@settings(deadline=None)  # the first call reads the tables
@given(st.text())
def test_any_text_gives_a_document(source: str) -> None:
    assert faults(str(from_speech_markdown(source))) == []


def test_the_root_brings_what_holds_where_the_text_says_nothing_else() -> None:
    root = speak(voice="longanyang", rate=1.5)
    source = 'a (b)[rate:"0.8"]\n\n#[voice:"longanhuan"]\nc (d)[voice:"device"]'
    assert str(from_speech_markdown(source, root=root)).replace("\n", "") == (
        '<speak voice="longanyang" rate="1.5">a </speak><speak voice="longanyang" rate="0.8">b</speak>'
        '<speak voice="longanhuan" rate="1.5">c </speak><speak voice="longanyang" rate="1.5">d</speak>'
    )
    assert str(from_speech_markdown("", root=root)) == '<speak voice="longanyang" rate="1.5"></speak>'
    with pytest.raises(ValueError, match="attributes only"):
        from_speech_markdown("a", root=root["b"])


HOSTILE = [
    "(",
    ")",
    "[",
    "(a)[",
    "[break:",
    "[a;",
    "+a ",
    "a+ ",
    "-a ",
    "a- +b ",
    "#[",
    '!["',
    "(a)[b:'",
    '(a)[b:"',
    "<a",
    "/ʃ",
    "(a)/b",
    "(a){b",
    "\n#[",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_input_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        source = piece * (size // len(piece))
        begun = time.thread_time()
        from_speech_markdown(source)
        return time.thread_time() - begun

    small = min(seconds(4_000) for _ in range(2))
    assert seconds(16_000) < 16 * small + 0.5


def test_deep_nesting() -> None:
    source = "(" * 20_000 + "a" + ')[rate:"2"]' * 20_000
    assert str(from_speech_markdown(source)) == '<speak rate="2">a</speak>'
