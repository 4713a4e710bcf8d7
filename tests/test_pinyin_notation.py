"""Pinyin in other notations, slips of the keyboard, and tones that change beside others."""

from __future__ import annotations

import csv
import json
import random
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from ttsprep import pinyin
from ttsprep.pinyin.notation import Notation, read, written
from ttsprep.pinyin.sandhi import spoken_tones


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / "pinyin" / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def toned(shared_cases: Path) -> list[str]:
    """The 1,296 syllables of the standard."""
    found: list[str] = json.loads((shared_cases / "pinyin" / "syllables.json").read_text("utf-8"))["toned"]
    return [one.replace("ü", "v") for one in found]


@pytest.mark.parametrize("row", rows("notations.tsv"), ids=lambda row: row["canonical"])
def test_notations(row: dict[str, str]) -> None:
    assert {name: written(row["canonical"], Notation(name)) for name in Notation} == {n: row[n] for n in Notation}
    assert written(row["canonical"], joined=True) == row["joined"]


def test_the_table_is_that_of_the_standard(toned: list[str]) -> None:
    letters = {one[:-1] for one in toned}
    assert {s + t for s in pinyin.toneless() for t in "12345" if pinyin.is_listed(s + t)} == set(toned)
    assert letters == pinyin.toneless(rare=False)


@pytest.mark.parametrize("notation", Notation)
def test_every_syllable_is_read_back_from_every_notation(toned: list[str], notation: Notation) -> None:
    """So it goes from each to each other: what is read is the canonical form."""
    assert [read(written(syllable, notation), notation) for syllable in toned] == toned


def test_a_syllable_without_tone_is_neutral_where_the_table_has_it_so(toned: list[str]) -> None:
    neutral = {one[:-1] for one in toned if one.endswith("5")}
    for letters in pinyin.toneless():
        expected = f"{letters}5" if letters in neutral else None
        assert read(letters, Notation.MARKS) == read(letters, Notation.BARE) == expected
        assert read(letters, Notation.DIGITS) is pinyin.normalize(letters) is None


SYLLABLES = st.builds("{}{}".format, st.sampled_from(sorted(pinyin.toneless())), st.sampled_from("12345"))


@given(st.lists(SYLLABLES, min_size=1, max_size=6).map(" ".join), st.sampled_from(Notation), st.booleans())
def test_readings_round_trip(reading: str, notation: Notation, joined: bool) -> None:
    assert read(written(reading, notation, joined=joined), notation) == reading


@pytest.mark.parametrize("reading", ["", "hang", "Hang2", "háng", "hang2  ye4", "lü4", "hang2ye4"])
def test_only_canonical_readings_are_written(reading: str) -> None:
    with pytest.raises(ValueError, match="canonical form"):
        written(reading)


def edits(word: str) -> set[str]:
    """Every word that is one slip away: a letter too many, too few, another one, or two that swapped places."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = string.ascii_lowercase
    return (
        {a + b[1:] for a, b in cuts if b}
        | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        | {a + c + b[1:] for a, b in cuts if b for c in letters}
        | {a + c + b for a, b in cuts for c in letters}
    )


def test_wrong_syllables_are_refused_and_the_one_that_is_near_is_named(toned: list[str]) -> None:
    """2,000 slips. A syllable is meant where it is the only one within a slip, or the only one by swapped letters."""
    chance = random.Random(6)
    standard = pinyin.toneless(rare=False)
    wrong: set[str] = set()
    while len(wrong) < 2_000:
        syllable = chance.choice(toned)
        slip = chance.choice(sorted(edits(syllable[:-1])))
        if pinyin.normalize(slip + syllable[-1]) is None and len(slip) > 1:
            wrong.add(slip + syllable[-1])
    named = 0
    for slip in sorted(wrong):
        assert not pinyin.is_syllable(slip)
        letters, tone = slip[:-1], slip[-1]
        if letters.endswith("r") and letters[:-1] in pinyin.toneless():
            assert pinyin.near(slip) == f"{letters[:-1]}{tone} er5"
            continue
        around = edits(letters) & standard
        swapped = {one for one in around if sorted(one) == sorted(letters)}
        likely = swapped or around
        assert pinyin.near(slip) == ("".join(likely) + tone if len(likely) == 1 else None), slip
        named += len(likely) == 1
    assert named > 500


@pytest.mark.parametrize("row", rows("spoken-tones.tsv"), ids=lambda row: f"{row['text']}-{row['reading']}")
def test_tones_as_they_are_spoken(row: dict[str, str]) -> None:
    expected = [] if row["plain"] == "-" else row["plain"].split(" ")
    assert [
        found.rpartition("dictionaries write ")[2].strip("'") for found in spoken_tones(row["text"], row["reading"])
    ] == expected
