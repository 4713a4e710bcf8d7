"""Lexicons: every format read and written, what is wrong in them, files that include each other."""

from __future__ import annotations

import csv
import random
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from ttsprep import report
from ttsprep.diagnostics import Diagnostic, Severity, has_errors
from ttsprep.lexicon import FORMATS, Entry, Kind, Lexicon, load_lexicon, read_lexicon, write_lexicon
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


with (CASES / "lexicon" / "findings.tsv").open(encoding="utf-8", newline="") as table:
    FINDINGS = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", FINDINGS, ids=lambda row: row["text"])
def test_what_is_found_in_entries(row: dict[str, str]) -> None:
    text = row["text"].replace("\\n", "\n").replace("\\u0301", "\u0301").replace("\\u200b", "\u200b")
    found = read_lexicon(Source(text, "names.txt"))[1]
    assert " ".join(one.rule.code for one in found) == row["codes"]


@pytest.mark.parametrize("row", FINDINGS, ids=lambda row: row["text"])
def test_fixes_leave_one_finding_less(row: dict[str, str]) -> None:
    source = Source(row["text"].replace("\\n", "\n").replace("\\u0301", "\u0301"), "names.txt")
    found = read_lexicon(source)[1]
    for one in found:
        if one.fix is not None:
            mended = Source(one.fix.apply(source.text), source.name)
            assert len(read_lexicon(mended)[1]) < len(found)


# --- writing

WORDS = st.text(st.sampled_from("重庆行长ab1 #\"'=→->[]@,\t\\:{}<&|~🎉\u0301\u2028\x85\n"), min_size=1, max_size=8)
READINGS = st.lists(
    st.sampled_from(["chong2", "qing4", "lv4", "er5", "nve4", "ê2", "hng5"]), min_size=1, max_size=4
).map(" ".join)
CONTEXTS = st.just("") | WORDS.map(str.strip)
NOTES = WORDS.map(lambda words: " ".join(words.split()))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    kind = draw(st.sampled_from(Kind))
    key = draw(st.text(st.sampled_from("重庆行长"), min_size=1, max_size=4) if draw(st.booleans()) else WORDS)
    value = {
        Kind.PRONUNCIATION: READINGS,
        Kind.REPLACE: st.just("") | WORDS,
        Kind.PHONES: st.sampled_from(["T IY1", "EH1 N", "S AY N"]),
    }[kind]
    context = (draw(CONTEXTS), draw(CONTEXTS), draw(st.just("") | NOTES))
    return Entry(key, kind, draw(value), *context)


def fits(entry: Entry) -> bool:
    """Whether the entry has no error: as many syllables as Chinese characters, or more beside other characters."""
    chinese = sum(1 for character in entry.key if "\u4e00" <= character <= "\u9fff")
    syllables = entry.value.count(" ") + 1
    fitting = syllables == chinese if chinese == len(entry.key) else syllables >= chinese
    return entry.kind is not Kind.PRONUNCIATION or fitting


@pytest.mark.parametrize("form", FORMATS)
@given(st.lists(entries().filter(fits), max_size=5).map(Lexicon.of))
def test_what_is_written_is_read_back(form: str, lexicon: Lexicon) -> None:
    text = write_lexicon(lexicon, form)
    read, found = read_lexicon(Source(text, "lexicon"), form=form)
    assert read == lexicon, (text, [str(one) for one in found])


@pytest.mark.parametrize("case", FILES, ids=lambda case: case["name"])
@pytest.mark.parametrize("form", FORMATS)
def test_files_are_converted_without_loss(case: dict[str, Any], form: str) -> None:
    lexicon = read_lexicon(Source(case["text"], case["name"]))[0]
    if lexicon is not None:
        assert read_lexicon(Source(write_lexicon(lexicon, form), "lexicon"), form=form)[0] == lexicon


def test_what_xml_does_not_have_is_not_written() -> None:
    with pytest.raises(ValueError, match=r"U\+0007"):
        write_lexicon(Lexicon.of([Entry("\a", Kind.REPLACE, "bell")]), "pls")


def test_unknown_formats_are_bad_calls() -> None:
    with pytest.raises(ValueError, match="did you mean yaml"):
        write_lexicon(Lexicon(), "yml")
    with pytest.raises(ValueError, match="no format"):
        read_lexicon(Source(""), form="docx")


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(ImportError, match=r"ttsprep\[yaml\]"):
        read_lexicon(Source("a: b", "names.yaml"))


# --- several files


def folder(tmp_path: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def messages(found: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{Path(one.file).name}: {one}" for one in found]


def test_a_file_wins_over_what_it_includes_wherever_it_does(tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        {
            "main.txt": "行 hang2\n@include sub/base.yaml\n",
            "sub/base.yaml": "include: [../more.csv]\n行: xing2\n今天: 金天",
            "more.csv": "今天,斤天\n重庆,chong2 qing4",
        },
    )
    read = load_lexicon(place / "main.txt")
    assert read.lexicon is not None
    assert [(entry.key, entry.value, Path(entry.file).name, entry.line) for entry in read.lexicon] == [
        ("重庆", "chong2 qing4", "more.csv", 2),
        ("今天", "金天", "base.yaml", 3),
        ("行", "hang2", "main.txt", 1),
    ]
    assert [Path(source.name).name for source in read.sources] == ["main.txt", "base.yaml", "more.csv"]
    assert {(one.rule.code, one.severity) for one in read.diagnostics} == {("HOT005", Severity.NOTE)}


def test_later_files_win_and_both_places_are_named(tmp_path: Path) -> None:
    place = folder(tmp_path, {"one.txt": "行 xing2\n", "two.txt": "\n行 hang2\n"})
    lexicon, found = read_lexicon(place / "one.txt", place / "two.txt")
    assert lexicon is not None and lexicon.lookup("行")[0].value == "hang2"
    assert "one.txt:1 already, with 'xing2'" in found[0].message and found[0].file.endswith("two.txt")


def test_cycles_and_depth_are_errors(tmp_path: Path) -> None:
    deep = {f"{n}.txt": f"@include {n + 1}.txt\n" for n in range(12)} | {"12.txt": "重庆 chong2 qing4\n"}
    cycle = {"a.txt": "@include b.txt\n", "b.txt": "@include ./a.txt\n", "self.txt": "@include self.txt\n"}
    place = folder(tmp_path, deep | cycle)
    assert messages(read_lexicon(place / "a.txt")[1]) == [
        "b.txt: HOT003 error: './a.txt' is not included: it includes itself (a.txt → b.txt → a.txt)"
    ]
    assert "includes itself (self.txt → self.txt)" in messages(read_lexicon(place / "self.txt")[1])[0]
    assert "more than 8 deep" in messages(read_lexicon(place / "0.txt")[1])[0]
    assert read_lexicon(place / "6.txt")[0] is not None


def test_a_file_that_is_included_twice_is_read_once(tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        {
            "a.txt": "@include b.txt\n@include c.txt",
            "b.txt": "@include d.txt",
            "c.txt": "@include d.txt",
            "d.txt": "中 zhong1",
        },
    )
    read = load_lexicon(place / "a.txt")
    assert read.diagnostics == () and len(read.sources) == 4


def test_an_error_in_one_file_leaves_nothing_of_any(tmp_path: Path) -> None:
    place = folder(tmp_path, {"good.txt": "中 zhong1", "bad.txt": "中 zhongg1", "old.txt": ""})
    (place / "old.txt").write_bytes("重庆 chong2 qing4".encode("gb18030"))
    assert read_lexicon(place / "good.txt", place / "bad.txt")[0] is None
    lexicon, found = read_lexicon(place / "old.txt")
    assert lexicon is None and found[0].rule.code == "TXT001" and found[0].file.endswith("old.txt")
    assert "(save it as UTF-8, or read it as gb18030)" in found[0].message
    assert read_lexicon(place / "old.txt", encoding="gb18030")[0] is not None
    with pytest.raises(FileNotFoundError):
        read_lexicon(place / "none.txt")


# --- lexicons


def test_the_longest_context_is_tried_first_and_of_equals_the_later() -> None:
    def entry(value: str, before: str, after: str) -> Entry:
        return Entry("行", Kind.PRONUNCIATION, value, before, after)

    lexicon = Lexicon.of([entry("1", "", ""), entry("2", "银", ""), entry("3", "", "长"), entry("4", "中国银", "")])
    assert [one.value for one in lexicon.lookup("行")] == ["4", "3", "2", "1"]
    assert lexicon.lookup("银") == ()


def test_lexicons_are_merged() -> None:
    one = Lexicon.of([Entry("a", Kind.REPLACE, "1"), Entry("b", Kind.REPLACE, "2"), Entry("a", Kind.REPLACE, "3")])
    other = Lexicon.of([Entry("b", Kind.REPLACE, "4")])
    assert [(entry.key, entry.value) for entry in Lexicon.merged(one, other)] == [("a", "3"), ("b", "4")]
    assert Lexicon.merged() == Lexicon() and len(one) == 2


# --- hostile input


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "unit", ['"', "[", "a ", "<", "- ", "a=", "#", "\\", "{", "[a]", '"\\', "\n", "重 ", "=>", " ", "@include "]
)
def test_hostile_files_take_linear_time(form: str, unit: str) -> None:
    start = time.thread_time()
    read_lexicon(Source(unit * (60_000 // len(unit)), "lexicon"), form=form)
    assert time.thread_time() - start < 5


@pytest.mark.parametrize("form", FORMATS)
@given(st.text(st.sampled_from("重庆 \"'=[]{}<>/!&;:,-#\n\t\r\\axk1\x00\ud800\ufeff"), max_size=40))
def test_any_text_is_read_or_refused(form: str, text: str) -> None:
    source = Source(text, "lexicon")
    lexicon, found = read_lexicon(source, form=form)
    assert (lexicon is None) == has_errors(found)
    for one in found:
        assert one.span is not None and one.span.end <= len(source.text)


def test_damage_to_a_good_file_is_never_half_loaded() -> None:
    chance = random.Random(1)
    for form in FORMATS:
        lexicon = Lexicon.of([Entry("重庆", Kind.PRONUNCIATION, "chong2 qing4"), Entry("今天", Kind.REPLACE, "金天")])
        text = write_lexicon(lexicon, form)
        for _ in range(100):
            at = chance.randrange(len(text))
            read, found = read_lexicon(Source(text[:at] + text[at + 1 :], "lexicon"), form=form)
            assert read is None or len(read) >= 1
            assert (read is None) == has_errors(found)
