"""Phones: ARPAbet, IPA, X-SAMPA, and what is exact between them."""

from __future__ import annotations

import csv
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.conftest import CASES
from ttsprep import pinyin
from ttsprep.ssml import phones


def rows(name: str) -> list[tuple[str, str | None]]:
    """What is written and what it becomes; ``-`` is None."""
    with (CASES / "ssml" / name).open(encoding="utf-8", newline="") as table:
        _, *found = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(written, None if becomes == "-" else becomes) for _, written, becomes in found]


WRITTEN = st.sampled_from(
    [name + d for name, vowel in phones.arpabet().items() for d in (("0", "1", "2") if vowel else ("",))]
)
IPA = st.lists(st.sampled_from([*"əɚɝʌɑɔæɛeɪiuʊaoɜrɹtʃdʒkɡgŋθð̩ˈˌ'.:ː()/ ", "oʊ", "eər", "t͡ʃ"])).map("".join)


@pytest.mark.parametrize(("ipa", "cmu"), rows("ipa-cmu.tsv"))
def test_english_words(ipa: str, cmu: str | None) -> None:
    assert phones.ipa_to_cmu(ipa) == cmu


@pytest.mark.parametrize(("ipa", "reading"), rows("ipa-pinyin.tsv"))
def test_mandarin_words(ipa: str, reading: str | None) -> None:
    assert phones.ipa_to_pinyin(ipa) == reading


@pytest.mark.parametrize(("xsampa", "ipa"), rows("xsampa-ipa.tsv"))
def test_xsampa(xsampa: str, ipa: str | None) -> None:
    assert phones.xsampa_to_ipa(xsampa) == ipa


@given(st.lists(WRITTEN, min_size=1, max_size=12))
def test_phones_survive_the_way_to_ipa_and_back(written: list[str]) -> None:
    assume({phone[-1] for phone in written} & {"1", "2"})  # a word without stress is not known from one unmarked
    ipa = phones.cmu_to_ipa(" ".join(written))
    assert ipa is not None
    assert phones.ipa_to_cmu(ipa) == " ".join(written)


@given(IPA)
def test_ipa_becomes_phones_of_the_grammar_and_keeps_them(ipa: str) -> None:
    cmu = phones.ipa_to_cmu(ipa)
    if cmu is not None:
        assert all(map(phones.is_phone, cmu.split(" ")))
        back = phones.cmu_to_ipa(cmu)
        assert back is not None
        again = phones.ipa_to_cmu(back)
        assert again is not None
        assert [phone.rstrip("012") for phone in again.split()] == [phone.rstrip("012") for phone in cmu.split()]


@pytest.mark.parametrize(("ipa", "cmu"), [row for row in rows("ipa-cmu.tsv") if row[1] and " " not in row[0]])
def test_words_survive_the_way_back(ipa: str, cmu: str) -> None:
    back = phones.cmu_to_ipa(cmu)
    assert back is not None
    assert phones.ipa_to_cmu(back) == cmu


def test_every_syllable_of_pinyin_is_reached_but_a_few() -> None:
    reached = set(phones._mandarin().values())
    interjections = {"m", "ng", "hng", "lo", "yo"}
    assert pinyin.toneless(rare=False) - reached == interjections
    assert reached <= pinyin.toneless()


def test_the_phones_are_those_of_the_dictionary() -> None:
    vowels = {name for name, vowel in phones.arpabet().items() if vowel}
    assert " ".join(sorted(vowels)) == "AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW"
    assert len(phones.arpabet()) == 39


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AY1", None),
        ("ay1", "AY1"),
        ("Sh", "SH"),
        ("AY3", "AY"),
        ("S1", "S"),
        ("AX", "AH0"),
        ("axr", "ER0"),
        ("IX0", "IH0"),
        ("AX1", "AH0"),
        ("UX1", "UW1"),
        ("ŋ", "NG"),
        ("tʃ", "CH"),
        ("ɒ", None),
        ("Q", None),
        ("", None),
        ("你", None),
        ("A\n1", None),
    ],
)
def test_the_phone_that_was_meant(written: str, meant: str | None) -> None:
    assert phones.near_phone(written) == meant


@pytest.mark.parametrize("unit", ["ə", "ˈ", "tʃ", ".", "/", "[", "\u0329", "˥", "pei˨˩", "1", "_", "\\", "|\\", '"'])
def test_hostile_strings_take_linear_time(unit: str) -> None:
    text, start = unit * 50_000, time.thread_time()
    phones.ipa_to_cmu(text)
    phones.ipa_to_pinyin(text)
    phones.xsampa_to_ipa(text)
    phones.near_phone(text)
    assert time.thread_time() - start < 10
