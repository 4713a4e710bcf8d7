"""Two documents compared by ear."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ssml_documents import broken, documents
from ttsprep.ssml.alignment import aligned
from ttsprep.ssml.comparing import diff
from ttsprep.ssml.splitting import split

CASES = tomllib.loads((Path(__file__).parent / "cases" / "ssml" / "diff.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["same"], ids=lambda case: case["about"])
def test_what_sounds_the_same_has_no_difference(case: dict[str, Any]) -> None:
    assert [*map(str, diff(case["a"], case["b"]))] == [*map(str, diff(case["b"], case["a"]))] == []


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["differences"][0][1])
def test_differences(case: dict[str, Any]) -> None:
    found = [[d.change.value, d.words, d.a.of(case["a"]), d.b.of(case["b"])] for d in diff(case["a"], case["b"])]
    assert found == case["differences"]


@settings(deadline=None)
@given(documents())
def test_a_document_cut_between_speaks_and_sentences_sounds_the_same(ssml: str) -> None:
    pieces = [document.text.text for document in split(ssml, 200).documents]
    assert diff(ssml, ssml) == ()
    assert [found for found in diff(ssml, "".join(pieces)) if found.change != "text"] == []


@settings(deadline=None)
@given(documents(), documents())
def test_differences_are_found_both_ways(a: str, b: str) -> None:
    assert bool(diff(a, b)) == bool(diff(b, a))


@settings(deadline=None)
@given(broken(), broken())
def test_nothing_raises(a: str, b: str) -> None:
    for found in diff(a, b):
        assert found.a.end <= len(a) and found.b.end <= len(b) and found.words


@settings(deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
def test_common_stretches_are_common_and_ascend(a: list[str], b: list[str]) -> None:
    at = bt = 0
    for i, j, size in aligned(a, b):
        assert i >= at and j >= bt and (i + j > at + bt or at == 0) and a[i : i + size] == b[j : j + size]
        at, bt = i + size, j + size


def test_long_sequences_meet_at_stretches_that_occur_once() -> None:
    a = [str(number) for number in range(5_000)]
    b = [word for word in a if int(word) % 50]
    common = sum(size for _, _, size in aligned(a, b))
    assert common == len(b)


def test_much_without_anything_in_common_is_one_difference() -> None:
    (found,) = diff(f"<speak>{'天地' * 50_000}</speak>", f"<speak>{'你我' * 50_000}</speak>")
    assert len(found.a) == len(found.b) == 100_000 and len(found.words) < 200
