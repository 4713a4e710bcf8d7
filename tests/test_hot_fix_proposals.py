"""Heteronyms: what is proposed, how often it is right, and how little is reported."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.benchmarks.proposals import labelled, reported, score
from ttsprep.cli import main
from ttsprep.hot_fix import Tier, draft, generate, propose, readings
from ttsprep.hot_fix.readings import heteronyms, is_dominant
from ttsprep.hot_fix.straddling import straddled
from ttsprep.lexicon import Entry, Kind, Lexicon, read_lexicon, write_lexicon
from ttsprep.markdown import strip
from ttsprep.pinyin import is_syllable
from ttsprep.source import Source

CASES = Path(__file__).parent / "cases" / "hot_fix"
PROPOSALS = tomllib.loads((CASES / "proposals.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", PROPOSALS, ids=[case["text"] for case in PROPOSALS])
def test_propose(case: dict[str, object]) -> None:
    found = propose(str(case["text"]), every=True)
    assert [f"{one.character} {one.likely} {one.tier} {one.word}" for one in found] == case["all"]
    quiet = [one.character for one in propose(str(case["text"]))]
    assert quiet == [one.character for one in found if one.tier is Tier.OPEN] == case["open"]


def test_proposals_against_labelled_sentences(shared_cases: Path) -> None:
    """A part of what tests/benchmarks/proposals.py measures on all."""
    found = score(list(labelled(shared_cases))[::7])
    assert found["inside phrases"] >= 0.97
    assert found["all"] >= found["pypinyin"]


def test_little_is_reported() -> None:
    documents, characters, share = reported()
    assert documents >= 20 and characters > 3000
    assert 0 < share <= 0.05


def test_the_table_has_readings_that_exist() -> None:
    assert len(heteronyms()) > 500
    assert all(len(readings) > 1 and all(map(is_syllable, readings)) for readings in heteronyms().values())
    assert all(is_dominant(character) for character in "的了与还")
    assert not any(is_dominant(character) for character in "行长重为得")


def test_places_are_those_of_the_source() -> None:
    source = Source("# 题\n\n他**长**得")
    (one, _) = propose(strip(source)[0])
    assert one.character == one.span.of(source.text) == "长"


def test_a_draft_is_a_lexicon() -> None:
    text = "他长得高，他长得好，银行。"
    entries = Lexicon.of(draft(text, propose(text, every=True)))
    again, found = read_lexicon(Source(write_lexicon(entries, "plain"), "draft.txt"))
    assert again == entries and not found
    assert [(one.before, one.key, one.after) for one in entries if one.key == "长"] == [("他", "长", "得")]
    assert {one.kind for one in entries} == {Kind.PRONUNCIATION}
    assert all(re.match("(open|dominant|phrase): ", one.note) for one in entries)


@pytest.mark.parametrize(
    ("text", "key", "certain"),
    [
        ("双重庆祝", "重庆", False),
        ("首都市长", "都市", True),
        ("去重庆大学", "重庆", None),
        ("重庆市长", "重庆", None),
        ("现代都市", "都市", None),
    ],
)
def test_straddled(text: str, key: str, certain: bool | None) -> None:
    found = straddled(text, text.index(key), text.index(key) + len(key))
    assert (found and found.certain) == certain


# --- without the dictionary


@pytest.fixture
def no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_pypinyin", lambda: None)


@pytest.mark.usefixtures("no_dictionary")
def test_without_pypinyin_proposals_say_what_to_install() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"ttsprep\[pinyin\]"):
        propose("行")
    done = CliRunner().invoke(main, ["hot-fix", "propose"], input="行")
    assert done.exit_code == 2 and "ttsprep[pinyin]" in done.stderr


@pytest.mark.usefixtures("no_dictionary")
def test_without_pypinyin_a_key_that_needs_the_reading_of_a_neighbour_is_left_out() -> None:
    entries = Lexicon.of([Entry("行", Kind.PRONUNCIATION, "hang2", "银"), Entry("2", Kind.REPLACE, "二", "", "月")])
    made = generate("行人去银行，2月2人", entries)
    assert made.hot_fix.as_setting() == {"replace": [{"2月": "二月"}]}
    (found,) = made.diagnostics
    assert found.rule.code == "HOT036" and "ttsprep[pinyin]" in found.message
