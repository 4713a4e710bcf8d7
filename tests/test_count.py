"""Counted characters: the page's examples, every code point against a plain oracle, and the fast routes against it."""

from __future__ import annotations

import csv
import re
import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CASES
from ttsprep import prepare
from ttsprep.counting import count, count_plain, counts, counts_spoken, fitting

ALL = "".join(map(chr, range(0x110000)))


def rows() -> list[Any]:
    with (CASES / "count" / "texts.tsv").open(encoding="utf-8") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [pytest.param(int(row["counted"]), row["text"] or "", id=row["text"] or "empty") for row in table]


@pytest.mark.rule("TXT-03", "TXT-04", "TXT-05")
@pytest.mark.parametrize(("counted", "text"), rows())
def test_counted_characters(counted: int, text: str) -> None:
    assert count(text) == counted


@pytest.mark.rule("TXT-03")
def test_every_ideograph_that_unicode_names_counts_two() -> None:
    """By another route than the ranges of the code: the names in Python's Unicode data."""
    names = {c: unicodedata.name(c, "") for c in ALL}
    ideographs = [c for c, name in names.items() if name.startswith(("CJK UNIFIED IDEO", "CJK COMPATIBILITY IDEO"))]
    assert len(ideographs) > 90_000
    assert {count_plain(c) for c in ideographs} == {2}
    assert count_plain("〇") == 2
    kana = ("HIRAGANA", "KATAKANA")
    others = (
        *kana,
        "HIRAGANA",
        "KATAKANA",
        "HANGUL",
        "LATIN",
        "CYRILLIC",
        "CJK RADICAL",
        "KANGXI",
        "HEXAGRAM",
        "IDEOGRAPHIC FULL",
    )
    assert {count_plain(c) for c, name in names.items() if name.startswith(others)} == {1}


# The plain oracle: one search, no bytes.
TWO = re.compile(
    "[\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def oracle(text: str) -> int:
    return len(text) + len(TWO.findall(text))


def test_every_code_point_alone_and_all_in_a_row() -> None:
    assert [c for c in ALL if count_plain(c) != oracle(c)] == []
    assert count_plain(ALL) == oracle(ALL)
    assert counts(ALL, range(0x110001)) == [oracle(c) for c in ALL]


edges = st.sampled_from(
    "a中々〇〡〹㐀䶿䷀䷿一鿿豈﫿あ가、。\u3000\ud800\udfff\ud840\udc00𠀀🿿😀𮀀\U0003ffff\U00040000\U0001f900"
)
texts = st.lists(st.one_of(edges, st.characters()), max_size=40).map("".join)


@settings(max_examples=500, deadline=None)
@given(texts)
def test_random_texts(text: str) -> None:
    assert count_plain(text) == oracle(text)
    assert count_plain(text * 900) == oracle(text) * 900


@settings(max_examples=300, deadline=None)
@given(texts, st.lists(st.integers(0, 40), max_size=8))
def test_many_stretches_at_once(text: str, places: list[int]) -> None:
    cuts = sorted(min(place, len(text)) for place in places)
    assert counts(text, cuts) == [oracle(text[a:b]) for a, b in pairwise(cuts)]


@settings(max_examples=300, deadline=None)
@given(texts, st.integers(-3, 60), st.integers(0, 40))
def test_the_longest_stretch_that_fits(text: str, limit: int, start: int) -> None:
    start = min(start, len(text))
    end = fitting(text, limit, start)
    assert start <= end <= len(text)
    assert end == start or oracle(text[start:end]) <= limit
    assert end == len(text) or oracle(text[start : end + 1]) > limit


SSML_PIECES = st.lists(
    st.sampled_from(["你好。", "<b>", "</b>", "a < b", "<!-- 注 -->", "<![CDATA[<好]]>", "&lt;", "?"])
)


@pytest.mark.rule("TXT-04")
@given(SSML_PIECES, st.data())
def test_counts_of_ssml_add_up_to_the_count_of_the_whole(pieces: list[str], data: st.DataObject) -> None:
    text = f"<speak>{''.join(pieces)}</speak>"
    cuts = sorted({0, len(text), *data.draw(st.lists(st.integers(0, len(text))))})
    stretches = counts_spoken(text, cuts)
    assert sum(stretches) == count(text)
    assert all(0 <= part <= whole for part, whole in zip(stretches, counts(text, cuts), strict=True))


@pytest.mark.rule("TXT-04", "TXT-05")
@pytest.mark.parametrize("syntax", ["text", "ssml"])
@pytest.mark.parametrize(
    "text", ["<speak>你好</speak>", "<speak>你好。<break time='1s'/>再见。</speak>", "你<b>好", "你好"]
)
def test_a_plan_counts_as_count_does(text: str, syntax: str) -> None:
    assert prepare(text, syntax=syntax).counted == count(text)


@pytest.mark.rule("TXT-04")
def test_a_long_plan_counts_as_count_does() -> None:
    text = "<speak>" + "一句话。<break/>" * 9_000 + "</speak>"
    plan = prepare(text, syntax="text")
    assert len(plan.parts) > 2 and plan.counted == count(text)
    assert all(count_plain(part.text) <= 20_000 for part in plan.parts)  # whatever the service counts
