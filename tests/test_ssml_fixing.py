"""Safe fixes keep their promise: nothing is heard otherwise, no fault is new."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.ssml_documents import broken, documents
from ttsprep.diagnostics import Severity
from ttsprep.ssml import validate
from ttsprep.ssml.fixing import fix
from ttsprep.ssml.hearing import Pause, heard
from ttsprep.ssml.spoken import text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "ssml" / "fix.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("about", case["ssml"]))
def test_fix(case: dict[str, Any]) -> None:
    assert fix(case["ssml"]).text == case["fixed"]
    assert fix(case["ssml"], unsafe=True).text == case.get("unsafe", case["fixed"])


def errors(ssml: str) -> Counter[str]:
    return Counter(found.rule.code for found in validate(ssml) if found.severity is Severity.ERROR)


def pause(ssml: str) -> int:
    return sum(item.raw for item in heard(ssml) if isinstance(item, Pause))


@settings(deadline=None)
@given(broken())
def test_safe_fixes_are_harmless(ssml: str) -> None:
    fixed = fix(ssml)
    words, before = str(text(fixed.text)).split(), str(text(ssml)).split()
    assert words == before or (len(words) > len(before) and "".join(words) == "".join(before))
    assert pause(fixed.text) == pause(ssml)
    assert not errors(fixed.text) - errors(ssml)
    assert fixed.left == validate(fixed.text)
    assert fix(fixed.text).text == fixed.text


@settings(deadline=None)
@given(broken())
def test_what_was_mended_is_told_with_its_place(ssml: str) -> None:
    fixed = fix(ssml)
    assert bool(fixed.applied) == (fixed.text != ssml)
    assert all(found.span and found.span.end <= len(ssml) for found in fixed.applied)
    assert fixed.mapped.replay(ssml) == fixed.text
    fix(ssml, unsafe=True)


@settings(deadline=None)
@given(documents())
def test_a_legal_document_stays_but_for_unusual_values(ssml: str) -> None:
    assert fix(ssml).text == ssml.replace('" 0.8"', '"0.8"')


def test_many_faults_are_mended_in_rounds() -> None:
    assert fix("<speak>" + "a & b. " * 500 + "</speak>").text == "<speak>" + "a &amp; b. " * 500 + "</speak>"
