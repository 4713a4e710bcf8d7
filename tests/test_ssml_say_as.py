"""What may stand inside say-as, and how it is spelled out."""

from __future__ import annotations

import csv
import html
import re
import time
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from ttsprep.ssml.datatypes import words
from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.say_as_forms import digits_read, fits, form_of, hint, kinds


def rows(name: str) -> list[list[str]]:
    with (CASES / "ssml" / name).open(encoding="utf-8", newline="") as table:
        _, *found = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
    return found


CONTENT = st.text(st.sampled_from([*"0123456789-/.,:~ ()+年月日元kgam$%Mar_", "万"]), max_size=30) | st.text()


@pytest.mark.parametrize(("kind", "content", "form"), rows("say_as.tsv"))
def test_forms(kind: str, content: str, form: str) -> None:
    fault = fits(kind, content)
    assert (fault is None) == (form != "-")
    assert (hint(kind, content) is not None) == (form == "sample")
    assert form_of(kind, content) == (None if form in ("-", "sample", "any") else form)
    if fault is not None:
        assert kinds()[kind].expected in fault
        assert fault[0].islower() and not fault.endswith(".")


@pytest.mark.parametrize(("kind", "content", "meant"), rows("say_as-nearest.tsv"))
def test_the_kind_that_was_meant(kind: str, content: str, meant: str) -> None:
    fault = fits(kind, content) or ""
    assert fault
    assert re.findall(r'did you mean interpret-as="(\w+)"\?$', fault) == ([] if meant == "-" else [meant])


@pytest.mark.parametrize(("kind", "language", "content", "spoken"), rows("say_as-read.tsv"))
def test_what_is_spoken(kind: str, language: Literal["zh", "en"], content: str, spoken: str) -> None:
    assert digits_read(kind, content, language) == spoken.split("|")


def test_the_vendors_examples_fit(shared_cases: Path) -> None:
    found = {}
    for path in sorted((shared_cases / "ssml" / "vendor").glob("say-as-*.ssml")):
        for kind, content in re.findall(r'interpret-as="([\w-]+)">([^<]*)<', path.read_text("utf-8")):
            found[html.unescape(content).strip()] = kind
    assert len(found) >= 15
    assert {content: fault for content, kind in found.items() if (fault := fits(kind, content))} == {}
    hinted = {content for content, kind in found.items() if hint(kind, content)}
    assert hinted == {"10-01-2020", "5:00am", "13,000,000.00RMB"}


def test_the_kinds_are_those_of_the_grammar() -> None:
    assert tuple(kinds()) == words(grammar().elements["say-as"].attributes["interpret-as"].datatype)


def test_every_form_has_a_case() -> None:
    tried = {(kind, form) for kind, _, form in rows("say_as.tsv")}
    assert {(name, form) for name, kind in kinds().items() for form in kind.forms} - tried == set()


@pytest.mark.parametrize("kind", ["nick", "", "ordinal"])
def test_unknown_kinds_are_bad_calls(kind: str) -> None:
    with pytest.raises(ValueError, match="interpret-as is one of cardinal, digits"):
        fits(kind, "1")
    with pytest.raises(ValueError, match="spelled out"):
        digits_read(kind, "1")


@given(st.sampled_from(sorted(kinds())), CONTENT, st.sampled_from(["", " ", "\n\t", "\r\n "]))
def test_white_space_around_does_not_matter(kind: str, content: str, blank: str) -> None:
    assert fits(kind, blank + content + blank) == fits(kind, content)


@given(st.sampled_from(sorted(kinds())), CONTENT)
def test_what_was_meant_fits(kind: str, content: str) -> None:
    meant = re.search(r'did you mean interpret-as="(\w+)"', fits(kind, content) or "")
    assert meant is None or (meant[1] != kind and fits(meant[1], content) is None)


@given(st.sampled_from(["digits", "telephone", "characters", "id", "punctuation"]), CONTENT)
def test_nothing_is_spoken_twice(kind: str, content: str) -> None:
    spoken = digits_read(kind, content)
    assert all(spoken) and len(spoken) <= len(content)


@pytest.mark.parametrize("kind", sorted(kinds()))
@pytest.mark.parametrize(
    "unit", ["1", " ", "-", "1-", "1 ", "(", "(1)", "1,000,", "!", "_ ", "1月", "Mar ", "10m", "年", "a"]
)
@pytest.mark.parametrize("end", ["", "\x00"])
def test_hostile_content_takes_linear_time(kind: str, unit: str, end: str) -> None:
    content, start = unit * (50_000 // len(unit)) + end, time.thread_time()
    fits(kind, content)
    hint(kind, content)
    assert time.thread_time() - start < 2
