"""The forms of the linter's output: against files kept in the tests, and by the rules of each form."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lint_outputs import ENDINGS, FOLDER, results, written
from ttsprep.diagnostics import Edit, Fix, Severity, Span
from ttsprep.lint import Finding, Result
from ttsprep.lint.output import FORMATS, OutputOptions
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


# --- SARIF: what the schema of version 2.1.0 asks of the parts that are written

LEVELS = {"none", "note", "warning", "error"}
ALLOWED = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool", "results"}, {"columnKind", "invocations"}),
    "rule": ({"id"}, {"name", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"}),
    "result": ({"message"}, {"ruleId", "ruleIndex", "level", "locations", "fixes", "suppressions"}),
    "region": (set(), {"startLine", "startColumn", "endLine", "endColumn"}),
    "fix": ({"artifactChanges"}, {"description"}),
    "change": ({"artifactLocation", "replacements"}, set()),
    "replacement": ({"deletedRegion"}, {"insertedContent"}),
    "suppression": ({"kind"}, {"justification"}),
    "invocation": ({"executionSuccessful"}, {"toolExecutionNotifications"}),
    "notification": ({"message"}, {"level", "locations"}),
}
"""Part → what it must have and what else it has, of what the schema knows."""


def conforms(kind: str, value: dict[str, Any]) -> None:
    required, optional = ALLOWED[kind]
    assert required <= value.keys() <= required | optional, (kind, value)


def check_region(region: dict[str, int]) -> None:
    conforms("region", region)
    assert all(type(number) is int and number >= 1 for number in region.values())
    start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
    assert start <= end


def check_location(place: dict[str, Any]) -> None:
    inner = place["physicalLocation"]
    assert re.fullmatch(r"(?:file:///)?[A-Za-z0-9%._~/-]+", inner["artifactLocation"]["uri"])
    if "region" in inner:
        check_region(inner["region"])


def check_sarif(log: dict[str, Any]) -> None:
    conforms("log", log)
    assert log["version"] == "2.1.0"
    for run in log["runs"]:
        conforms("run", run)
        assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
        rules = run["tool"]["driver"]["rules"]
        for rule in rules:
            conforms("rule", rule)
            assert rule["defaultConfiguration"]["level"] in LEVELS
        assert len({rule["id"] for rule in rules}) == len(rules)
        for invocation in run["invocations"]:
            conforms("invocation", invocation)
            for note in invocation["toolExecutionNotifications"]:
                conforms("notification", note)
        for result in run["results"]:
            check_result(result, rules)


def check_result(result: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    conforms("result", result)
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] and result["level"] in LEVELS
    assert isinstance(result["message"]["text"], str)
    for place in result["locations"]:
        check_location(place)
    for suppression in result.get("suppressions", ()):
        conforms("suppression", suppression)
        assert suppression["kind"] in ("inSource", "external")
    for fix in result.get("fixes", ()):
        conforms("fix", fix)
        for change in fix["artifactChanges"]:
            conforms("change", change)
            assert change["replacements"]
            for replacement in change["replacements"]:
                conforms("replacement", replacement)
                check_region(replacement["deletedRegion"])


def test_sarif_is_as_its_schema_asks() -> None:
    check_sarif(json.loads(written("sarif")))


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
