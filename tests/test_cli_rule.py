"""`ttsprep rule`: the page of a rule, the list of all, and both as JSON."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from tests.generated_docs import DOCS
from ttsprep.cli import main
from ttsprep.rules import all_rules


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["rule", *words])


def test_a_rule_is_known_by_its_code_and_its_name_in_any_case() -> None:
    page = (DOCS / "rules" / "PAR003.md").read_text("utf-8")
    for said in ("PAR003", "par003", "invalid-format", "Invalid-Format"):
        done = run(said)
        assert (done.exit_code, done.output) == (0, page)
    assert "| the service answers | `Request format is invalid!` |" in page


def test_all_rules_are_a_line_each() -> None:
    lines = run("--all").output.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(all_rules())
    assert lines[0].split() == ["code", "name", "severity", "fix", "what"]


def test_a_rule_as_json() -> None:
    found = json.loads(run("SSM013", "--output-format", "json").output)
    assert (found["code"], found["name"], found["severity"], found["fix"]) == (
        "SSM013", "ssml-unclosed-element", "error", "safe",
    )  # fmt: skip
    assert len(found["bad"]) == 2 and found["service_answers"] is None
    every = json.loads(run("--all", "--output-format", "json").output)
    assert [rule["code"] for rule in every] == list(all_rules())
    assert next(rule for rule in every if rule["code"] == "PAY001")["service_answers"] == (
        "Please ensure input text is valid."
    )


def test_an_unknown_rule_is_an_error_with_the_one_that_was_meant() -> None:
    done = run("invalid-formt")
    assert done.exit_code == 2 and "did you mean invalid-format?" in done.output
    assert run().exit_code == run("PAR003", "--all").exit_code == 2
