"""The linter's own checks: what they find in ordinary documents, and that they are linear."""

from __future__ import annotations

import json
import re
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sessions import recording
from ttsprep import prepare
from ttsprep.diagnostics import Diagnostic
from ttsprep.lint import Kind, LintFile, check, kind_of
from ttsprep.lint.checks import CHECKS, speaking
from ttsprep.lint.checks.prose import LookingFor, promising, stretches
from ttsprep.lint.checks.talk import RULES
from ttsprep.lint.fixing import fix
from ttsprep.lint.linting import default_configuration
from ttsprep.protocol import ContinueTask, RunTask
from ttsprep.protocol import Kind as Departing
from ttsprep.rules import all_rules
from ttsprep.source import Source

CASES = Path(__file__).resolve().parent / "cases"
DOCUMENTS = sorted((CASES / "markdown" / "documents").glob("*.md"))
WORD = re.compile(r"[^\W\d_\u3040-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]")
TEXTS: list[dict[str, Any]] = tomllib.loads((CASES / "lint" / "checks.toml").read_text("utf-8"))["case"]
SEARCHES = [each.function for each in speaking.CHECKS if isinstance(each.function, LookingFor)]
PIECES = (
    "the",
    "1234567",
    "a b c",
    "d e f",
    "好 好",
    "!!",
    "——",
    "https:",
    "//a.de/b",
    "[1]",
    "(laughs",
    ")",
    "因为",
    "9f9f9f",
)
LABELS = [
    line.split("\t")
    for line in (CASES / "lint" / "documents.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def findings(text: str, name: str) -> tuple[Diagnostic, ...]:
    source = Source(text, name)
    return check(LintFile(name, source, kind_of(source)))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_found_in_ordinary_documents_is_known_and_judged(path: Path) -> None:
    source = Source(path.read_text("utf-8"), path.name)
    found = check(LintFile(path.name, source, Kind.MARKDOWN))
    placed = [(str(source.position(one.span.start)[0]) if one.span else "0", one.rule.code) for one in found]
    assert placed == [(line, code) for name, line, code, _ in LABELS if name == path.name]


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["name"])
def test_what_is_found_in_a_text(case: dict[str, Any]) -> None:
    found = findings(case["text"], case.get("file", "a.txt"))
    placed = [f"{one.rule.code} {one.span.of(case['text'])}" for one in found if one.span]
    assert placed == case["finds"]


@pytest.mark.parametrize("check", [each for each in SEARCHES if each.clues], ids=lambda each: each.rule.name)
@settings(max_examples=40)
@given(st.data())
def test_a_clue_stands_wherever_a_pattern_is_found(check: LookingFor, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(check.pattern.pattern, check.pattern.flags)))
    found = check.pattern.search(text)
    assert found is not None
    assert check.may_be_in(found[0], found[0].casefold())


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=20), st.sampled_from([" ", "", "\n", "<b/>", "</b>, "]))
def test_what_is_found_between_tags_is_found_in_each_text_alone(pieces: list[str], between: str) -> None:
    """However many texts are searched at once."""
    parts = [between.join(pieces[at : at + 2]) for at in range(0, len(pieces), 2)]
    file = LintFile("a.ssml", Source(f"<speak>{'<break/>'.join(parts)}</speak>"), Kind.SSML)
    for search in SEARCHES:
        alone = [one for each in stretches(file) for one in search.pattern.findall(each.text)]
        assert [one for each in promising(file, search.pattern) for one in search.pattern.findall(each.text)] == alone


def test_what_is_mended_unseen_is_heard_as_before() -> None:
    """Invisible characters, and other forms of the right ones."""
    text = "Deep\u200bSeek d\x07, ⽅法 cafe\u0301 共１2人 ｶﾞﾗｽ." + " " * 30 + "x\n"
    fixed = fix(Source(text, "a.txt"), default_configuration())
    assert fixed.text == "DeepSeek d, 方法 café 共12人 ガラス. x\n"


def test_what_prepare_writes_is_right() -> None:
    plan = prepare("你好。" * 9_000)
    assert len(plan.tasks) == 1 and len(plan.parts) > 1
    lines = [instruction.to_json() for task in plan.tasks for instruction in task.instructions("0" * 32)]
    assert findings("\n".join(lines), "plan.jsonl") == ()
    wrapped = "".join(f'{{"instruction": {line}, "counted": 1}}\n' for line in lines)
    assert findings(wrapped, "plan.jsonl") == ()


SAID = ["你好", '"', "\\", "\n", "😀", "(laughs)", "{{name}}", "<b>", " ", "\u200b"]
SPEECH = st.lists(st.sampled_from(SAID), max_size=8)


def instructions(text: str, form: str, *, ascii_only: bool) -> Source:
    """A file with one continue-task: a list, or lines of instructions or of a recording."""
    task = RunTask("0" * 32, "cosyvoice-v3-flash", {"text_type": "PlainText", "voice": "longanhuan"})
    sent = [task.to_dict(), ContinueTask("0" * 32, text).to_dict()]
    if form == "list":
        return Source(json.dumps(sent, ensure_ascii=ascii_only, indent=1), "a.json")
    rows = [json.dumps(each, ensure_ascii=ascii_only) for each in sent]
    if form == "recording":
        entry = {"time": 0.0, "connection": 1, "from": "client", "kind": "text"}
        rows = [json.dumps({**entry, "text": row}, ensure_ascii=ascii_only) for row in rows]
        rows.insert(0, '{"recording": 1, "role": "client", "began": "2026-11-22T00:00:00"}')
    return Source("\n".join(rows), "a.jsonl")


@settings(max_examples=60)
@given(SPEECH, st.booleans(), st.sampled_from(["lines", "list", "recording"]))
def test_findings_in_instructions_stand_where_the_text_does(parts: list[str], ascii_only: bool, form: str) -> None:
    """What stands there, read as JSON, is what is found in the text alone."""

    def words(source: Source, kind: Kind) -> list[str]:
        found = check(LintFile(source.name, source, kind))
        return [one.span.of(source.text) for one in found if one.span and one.rule.code.startswith("TXT")]

    text = "".join(parts)
    found = words(instructions(text, form, ascii_only=ascii_only), Kind.RECORDING)
    for _ in range(2 if form == "recording" else 1):
        found = [json.loads(f'"{each}"') for each in found]
    assert found == words(Source(text, "a.txt"), Kind.TEXT)


def test_at_most_one_disputed_finding_in_ten_thousand_words() -> None:
    words = sum(len(WORD.findall(path.read_text("utf-8"))) for path in DOCUMENTS)
    assert {label for *_, label in LABELS} <= {"right", "disputed"}
    assert sum(label == "disputed" for *_, label in LABELS) <= words / 10_000


def test_every_departure_has_its_rule() -> None:
    assert set(RULES) == set(Departing)


def test_every_family_of_a_check_has_rules() -> None:
    assert {each.family for each in CHECKS} <= {code[:3] for code in all_rules()}


HOSTILE: dict[str, Callable[[int], str]] = {
    "open brackets": lambda size: "(" * size,
    "open quotes": lambda size: "“" * size,
    "brackets in pairs": lambda size: "(a)" * size,
    "lines of brackets": lambda size: "(a\n\n" * size,
    "digits": lambda size: "1" * size,
    "hexadecimal": lambda size: "1a" * size,
    "spaced letters": lambda size: "a " * size,
    "spaced Han": lambda size: "好 " * size,
    "stars": lambda size: "**a " * size,
    "placeholders": lambda size: "{{" * size,
    "references": lambda size: "[a][" * size,
    "repeated words": lambda size: "the " * size,
    "mojibake": lambda size: "Ã©" * size,
    "katakana": lambda size: "ｶﾞ" * size,
    "combining": lambda size: "e\u0301" * size,
    "code": lambda size: "`a` (x " * size,
    "formulas": lambda size: "$x$ y^2 " * size,
    "emoji": lambda size: "🎉 " * size,
    "tables": lambda size: "|a|b|\n|-|-|\n|c|d|\n\n" * size,
    "html": lambda size: "<b hidden " * size,
    "blank lines": lambda size: "\n" * size,
    "escapes": lambda size: "\\u4f60" * size,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("ending", ["md", "txt"])
def test_checks_are_linear(name: str, ending: str) -> None:
    def seconds(size: int) -> float:
        file = LintFile(f"a.{ending}", Source(HOSTILE[name](size), f"a.{ending}"), kind_of(Source("", f"a.{ending}")))
        _ = file.segments, file.outline  # what the stages need is measured with them
        began = time.thread_time()
        for each in CHECKS:
            if file.kind in each.kinds:
                list(each.function(file))
        return time.thread_time() - began

    few, many = seconds(500), seconds(4_000)
    assert many < 30 * few + 0.25


@settings(max_examples=60)
@given(st.text(max_size=200), st.sampled_from(["a.md", "a.txt", "a.ssml", "a.jsonl", "a.json", "a.toml"]))
def test_checks_never_raise_and_point_into_the_text(text: str, name: str) -> None:
    source = Source(text, name)
    for found in check(LintFile(name, source, kind_of(source))):
        assert found.span is None or found.span.end <= len(source.text) + 1


FRAMES = (
    "0.0 > run-task",
    "0.3 < task-started",
    "0.4 > continue-task 你好。",
    "0.5 > finish-task",
    "0.6 < audio",
    "0.7 < task-finished",
    "0.8 < task-failed X y",
    "0.9 > close 1000",
    "9.0 < close 1006",
    "40 > continue-task id=b 好",
    "0.1 < raw {}",
    "0.2 > raw {}",
    "0.2 > audio",
    "99 > run-task id=b ",
)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(FRAMES), max_size=8))
def test_any_session_is_heard_to_its_end(frames: list[str]) -> None:
    found = findings(recording("\n".join(frames)), "a.jsonl")
    assert all(one.rule.code[:3] in ("SEQ", "PAY", "PAR") and one.span is not None for one in found)


def test_a_file_of_instructions_is_checked_against_the_rules_of_parameters() -> None:
    frame = recording("0 > run-task").splitlines()[1]
    bad = frame.replace('\\"longanyang\\"', '\\"longanyang\\",\\"rate\\":3')
    file = recording("").splitlines()[0] + "\n" + bad + "\n"
    found = next(one for one in findings(file, "a.jsonl") if one.rule.code == "PAR006")
    assert found.span is not None and found.span.of(file) == '\\"rate\\"'


def test_a_broken_line_does_not_hide_the_others() -> None:
    lines = recording("0.0 > run-task\n0.3 < task-started\n0.4 > continue-task 你好。\n0.5 > finish-task").splitlines()
    lines[2:2] = ["{", "[]"]
    codes = [one.rule.code for one in findings("\n".join(lines), "a.jsonl")]
    assert codes == ["SEQ001", "SEQ001", "SEQ013"]
