"""Pinyin: the syllables of Mandarin, readings in one form, what was meant."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from ttsprep import pinyin


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / "pinyin" / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


READINGS, NEAR = rows("readings.tsv"), rows("near.tsv")
SYLLABLES = st.builds("{}{}".format, st.sampled_from(sorted(pinyin.toneless())), st.sampled_from("12345"))
WRITTEN = st.lists(st.sampled_from([*"aeinguvhr:ǎüùü125·' ⅷ", "zh", "\u0304", "\u0301", "\u0308", "ma", "①"])).map(
    "".join
)
MARKS = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300", "5": ""}


@pytest.mark.parametrize("row", READINGS, ids=lambda row: row["written"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_readings(row: dict[str, str], form: str) -> None:
    written = unicodedata.normalize(form, row["written"])  # type: ignore[arg-type]  # one of two literals
    assert pinyin.normalize(written) == (None if row["canonical"] == "-" else row["canonical"])


@pytest.mark.parametrize("row", NEAR, ids=lambda row: row["written"])
def test_what_was_meant(row: dict[str, str]) -> None:
    assert pinyin.near(row["written"]) == (None if row["meant"] == "-" else row["meant"])


def test_the_syllables_are_those_of_the_standard(shared_cases: Path) -> None:
    standard = json.loads((shared_cases / "pinyin" / "syllables.json").read_text("utf-8"))
    assert pinyin.toneless(rare=False) == set(standard["toneless"])
    assert [toned for toned in standard["toned"] if not pinyin.is_syllable(toned)] == []


def test_readings_of_real_text_are_canonical_but_for_the_spelling(shared_cases: Path) -> None:
    readings = set((shared_cases / "pinyin" / "cpp_dev.lb").read_text("utf-8").split())
    assert {r for r in readings if pinyin.normalize(r) != r.replace("u:", "v")} == set()


@pytest.mark.parametrize(
    "text", ["", "hang", "hang0", "hang6", "Hang2", "hang2 ", "hang2xing2", "lu:4", "háng", "r1", "hang２"]
)
def test_what_is_no_syllable_in_the_form_of_the_service(text: str) -> None:
    assert not pinyin.is_syllable(text)


@given(st.lists(SYLLABLES, min_size=1), st.sampled_from([" ", "", "-", "'", ", "]))
def test_canonical_readings_stay(reading: list[str], separator: str) -> None:
    assert all(map(pinyin.is_syllable, reading))
    assert pinyin.normalize(separator.join(reading)) == " ".join(reading)


@given(SYLLABLES.filter(lambda toned: set(toned) & set("aeiouvê")), st.integers(0), st.booleans(), st.booleans())
def test_a_mark_says_what_the_digit_says(toned: str, place: int, composed: bool, neighbour: bool) -> None:
    """Whichever vowel it is over; the neutral tone has a dot before it."""
    letters = toned[:-1]
    vowels = [at for at, letter in enumerate(letters) if letter in "aeiouvê"]
    at = vowels[place % len(vowels)] + 1
    marked = (letters[:at] + MARKS[toned[-1]] + letters[at:]).replace("v", "u\u0308")
    marked = ("·" if toned[-1] == "5" else "") + unicodedata.normalize("NFC" if composed else "NFD", marked)
    assert pinyin.normalize(f"hǎo {marked}" if neighbour else marked) == ("hao3 " if neighbour else "") + toned


@given(WRITTEN | st.text())
def test_pieces_lie_in_order_and_leave_out_separators_only(reading: str) -> None:
    pieces = pinyin.syllables(reading)
    end = 0
    for piece in pieces:
        assert reading[piece.start : piece.end] == piece.text != ""
        assert piece.start >= end - 1  # one character may decompose into two pieces (㏂)
        end = piece.end
    covered = {at for piece in pieces for at in range(piece.start, piece.end)}
    left_out = "".join(character for at, character in enumerate(reading) if at not in covered)
    assert not any(character.isalnum() for character in left_out)


@given(WRITTEN | st.lists(st.sampled_from(["hǎo", "ma1", "ma", "xīān", "ye4", " ", "1", "ü", "¨", "①"])).map("".join))
def test_the_quick_way_gives_what_the_pieces_are(reading: str) -> None:
    pieces = [piece.canonical for piece in pinyin.syllables(reading)]
    assert pinyin.normalize(reading) == (" ".join(map(str, pieces)) if pieces and all(pieces) else None)


@given(WRITTEN)
def test_a_certain_form_is_canonical_and_stays(reading: str) -> None:
    found = pinyin.normalize(reading)
    if found is not None:
        assert all(map(pinyin.is_syllable, found.split(" ")))
        assert pinyin.normalize(found) == found


@given(WRITTEN | st.text(max_size=8))
def test_what_was_meant_are_syllables(text: str) -> None:
    meant = pinyin.near(text)
    assert meant is None or all(pinyin.is_syllable(part) or part in pinyin.toneless() for part in meant.split(" "))


@pytest.mark.parametrize("unit", ["ān", "a", "·", "5", "é", "ü:", "a1", "\u0304", "xiān", "lie", "' "])
def test_hostile_readings_take_linear_time(unit: str) -> None:
    start = time.thread_time()
    pinyin.syllables(unit * 12_500)
    pinyin.near(unit * 12_500)
    assert time.thread_time() - start < 10  # up to 50,000 characters; what is quadratic takes minutes


def test_nothing_is_read_at_import() -> None:
    code = "import sys; import ttsprep.pinyin as p; print(p._spellings.cache_info().currsize, 'regex' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False"]
