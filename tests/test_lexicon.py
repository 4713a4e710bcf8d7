"""Lexicons: every format read and written, what is wrong in them, files that include each other."""

from __future__ import annotations

import csv
import tomllib
from typing import Any

import pytest

from tests.conftest import CASES
from ttsprep import report
from ttsprep.diagnostics import Severity, has_errors
from ttsprep.lexicon import Entry, read_lexicon
from ttsprep.source import Source

FILES: list[dict[str, Any]] = tomllib.loads((CASES / "lexicon" / "files.toml").read_text("utf-8"))["case"]


def shown(entry: Entry) -> str:
    context = (entry.before, entry.after, entry.note, str(entry.line))
    return "|".join([entry.key, entry.kind, entry.value, *context])


@pytest.mark.parametrize("case", FILES, ids=lambda case: case["name"])
def test_files(case: dict[str, Any]) -> None:
    source = Source(case["text"], case["name"])
    lexicon, found = read_lexicon(source)
    assert sorted({one.rule.code for one in found}) == case.get("codes", [])
    assert {one.file for one in found} <= {case["name"]}
    if has_errors(found):
        assert lexicon is None
        return
    assert lexicon is not None
    assert [shown(entry) for entry in lexicon] == case["entries"]
    for entry in lexicon:
        assert entry.span and entry.file == case["name"]
        assert source.position(entry.span.start)[0] <= entry.line <= source.position(entry.span.end)[0]


with (CASES / "lexicon" / "broken.tsv").open(encoding="utf-8", newline="") as table:
    BROKEN = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def unescaped(text: str) -> str:
    parts = text.split("\\\\")
    return "\\".join(part.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\a") for part in parts)


@pytest.mark.parametrize("row", BROKEN, ids=lambda row: f"{row['format']} {row['text']}")
def test_what_is_wrong_is_said_at_its_place_and_nothing_is_loaded(row: dict[str, str]) -> None:
    source = Source(unescaped(row["text"]), "lexicon")
    lexicon, found = read_lexicon(source, form=row["format"])
    assert lexicon is None
    errors = [one for one in found if one.severity is Severity.ERROR]
    places = [(report.place(one, source), one.rule.code) for one in errors]
    assert (f"lexicon:{row['place']}", row["code"]) in places
    assert row["says"] in " ".join(one.message for one in errors)
