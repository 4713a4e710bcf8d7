"""Did you mean?"""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from ttsprep import catalog
from ttsprep.likeness import distance, likeness, suggest
from ttsprep.settings import TaskSettings


def slow_distance(one: str, other: str) -> int:
    """The same by its definition: optimal string alignment, cell by cell."""
    cells = {(-1, -1): 0} | {(i, -1): i + 1 for i in range(len(one))} | {(-1, j): j + 1 for j in range(len(other))}
    for i, left in enumerate(one):
        for j, right in enumerate(other):
            cells[i, j] = min(cells[i - 1, j] + 1, cells[i, j - 1] + 1, cells[i - 1, j - 1] + (left != right))
            if i and j and left == other[j - 1] and one[i - 1] == right:
                cells[i, j] = min(cells[i, j], cells[i - 2, j - 2] + 1)
    return cells[len(one) - 1, len(other) - 1]


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_the_distance_is_that_of_its_definition(one: str, other: str) -> None:
    assert distance(one, other) == slow_distance(one, other) == distance(other, one)


@given(st.text(), st.text())
def test_likeness_is_a_share(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1 == likeness(one, one.casefold())


@given(st.text(), st.lists(st.text()))
def test_a_suggestion_is_a_candidate(word: str, candidates: list[str]) -> None:
    assert suggest(word, candidates) in [*candidates, None]


KINDS = {
    "setting": ["region", "model", *catalog.parameters()],
    "model": [known.id for known in catalog.models()],
    "voice": [known.id for known in catalog.voices(model="cosyvoice-v3-flash")],
}


def cases() -> list[tuple[str, str, str]]:
    with (CASES / "suggestions.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["kind"], row["written"], row["meant"]) for row in rows]


@pytest.mark.rule("RUN-05", "PAR-02")
@pytest.mark.parametrize(("kind", "written", "meant"), cases())
def test_what_a_stranger_writes(kind: str, written: str, meant: str) -> None:
    """In the note of the settings (or the error, for the name of a setting)."""
    values = {written: 1} if kind == "setting" else {kind: written}
    found = TaskSettings.check(values)[1]
    hints = [
        one.message.partition("did you mean ")[2].partition("?")[0] for one in found if one.field in (kind, written)
    ]
    assert hints == ([meant] if meant != "-" else [""])
    assert meant == "-" or meant in KINDS[kind]
