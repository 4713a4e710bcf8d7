"""Reports: lines, excerpts with marks, and values for JSON."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttsprep.diagnostics import Diagnostic, Edit, Fix, Rule, Severity, Span
from ttsprep.report import as_dict, excerpts, lines, width
from ttsprep.source import Source

CASES = tomllib.loads((Path(__file__).parent / "cases" / "report.toml").read_text("utf-8"))["case"]
RULE = Rule("DEM001", "demo", Severity.WARNING)


def marked(text: str) -> tuple[Source, Diagnostic]:
    """The source without the marks, and a diagnostic of the span between them."""
    before, rest = text.split("«")
    inside, after = rest.split("»")
    span = Span(len(before), len(before) + len(inside))
    return Source(before + inside + after, "a.txt"), RULE.at(span, "so it is")


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["about"]))
def test_excerpts(case: dict[str, Any]) -> None:
    source, found = marked(case["source"])
    (text,) = excerpts([found], source, columns=case.get("columns", 100))
    head, *shown, note = text.split("\n")
    assert head == next(lines([found], source))
    assert "\n".join(shown) + "\n" == case["shown"].lstrip("\n")
    assert note == " " * (shown[0].index("|")) + "= more: ttsprep explain DEM001"


def test_the_fix_is_said_and_the_page_once_for_each_code() -> None:
    span = Span(0, 1)
    unsure = RULE.at(span, "one", fix=Fix.replace(span, "b", safe=False))
    advised = RULE.at(span, "two", fix=Fix.advice("do it"))
    first, second = excerpts([unsure, advised], Source("a"))
    assert first.split("\n")[3:] == [
        "    = fix: replace by 'b' (if that is what was meant)",
        "    = more: ttsprep explain DEM001",
    ]
    assert second.split("\n")[3:] == ["    = fix: do it"]


def test_what_has_no_place_has_no_excerpt() -> None:
    (text,) = excerpts([RULE.at(None, "so it is", field="rate")], Source("a", "a.txt"))
    assert text.split("\n") == ["a.txt: rate: DEM001 warning: so it is", "    = more: ttsprep explain DEM001"]
    (text,) = excerpts([RULE.at(Span(0, 1), "so it is")])
    assert text.split("\n")[0] == "input: DEM001 warning: so it is"


def test_a_diagnostic_of_another_file_is_shown_in_that_file() -> None:
    from dataclasses import replace

    found = replace(RULE.at(Span(4, 5), "so it is"), file="b.toml")
    (text,) = excerpts([found], Source("script", "a.txt"), Source("one\ntwo", "b.toml"))
    assert text.split("\n")[:2] == ["b.toml:2:1: DEM001 warning: so it is", "  2 | two"]
    assert as_dict(found, Source("script", "a.txt"))["file"] == "b.toml"
    assert "line" not in as_dict(found, Source("script", "a.txt"))


def test_as_dict_has_the_place_and_the_edits() -> None:
    source, found = marked("你好\n  «世\n»界")
    fix = Fix("mend it", (Edit(Span(5, 6), "x"),), safe=True)
    found = RULE.at(found.span, "so it is", fix=fix)
    assert as_dict(found, source) == {
        "file": "a.txt",
        "line": 2,
        "column": 3,
        "end_line": 3,
        "end_column": 1,
        "code": "DEM001",
        "name": "demo",
        "severity": "warning",
        "message": "so it is",
        "api": [],
        "span": [5, 7],
        "fix": {"title": "mend it", "safe": True, "edits": [{"span": [5, 6], "text": "x"}]},
    }


TEXTS = st.text(st.sampled_from("ab 你。\t\n\r\x1b\u202e\u0301😀…"), max_size=60)


@given(TEXTS, st.integers(0, 60), st.integers(0, 60), st.integers(8, 40))
def test_no_excerpt_breaks_the_frame(text: str, start: int, length: int, columns: int) -> None:
    """Whatever the text: rows and marks in pairs, nothing wider than the room, nothing that a terminal obeys."""
    start = min(start, len(text))
    found = RULE.at(Span(start, min(start + length, len(text))), "so it is")
    (shown,) = excerpts([found], Source(text), columns=columns)
    rows = [row for row in shown.split("\n")[1:] if "|" in row]
    assert len(rows) in (2, 4)
    assert len({row.index("|") for row in rows}) == 1
    for row, marks in zip(rows[::2], rows[1::2], strict=True):
        margin = row.index("|") + 2
        assert width(row[margin:]) <= columns
        assert set(marks[margin:]) <= {" ", "^"} and "^" in marks[margin:]
        assert width(marks[margin:]) <= columns + 1
    assert all(character.isprintable() for row in rows for character in row)


def test_many_findings_in_one_long_line_take_no_time() -> None:
    source = Source("你好，世界。" * 500_000)
    found = [RULE.at(Span(at, at + 2), "so it is") for at in range(0, len(source.text), len(source.text) // 200)]
    begin = time.thread_time()
    assert len(list(excerpts(found, source))) >= 200
    assert time.thread_time() - begin < 5
