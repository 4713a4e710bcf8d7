"""Each rule's documentation is a test: every Bad block fires the rule and no other, no Good block does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

import pytest
from _pytest.mark import ParameterSet

import ttsprep
from tests.sessions import recording
from ttsprep import hot_fix, latex, lint, ssml
from ttsprep.catalog import error
from ttsprep.diagnostics import Diagnostic
from ttsprep.lexicon import Lexicon, read_lexicon
from ttsprep.lint import CheckOptions, LintFile, check, kind_of
from ttsprep.markup import speak_tag
from ttsprep.rules import all_rules, documentation
from ttsprep.settings import TaskSettings
from ttsprep.source import Source

HEADINGS = ["What", "Why", "Bad", "Good", "Source"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEXICONS = {name: f"names.{name}" for name in ("lexicon", "csv", "json", "yaml", "pls")}
COMPANIONS = {"SSM058": {"SSM015"}}
"""Rules about other findings cannot come alone."""
FIXES = ("none", "unsafe", "safe")
NAMES = {
    "text": "script.txt",
    "markdown": "script.md",
    "ssml": "script.ssml",
    "toml": "settings.toml",
    "jsonl": "instructions.jsonl",
}
Findings: TypeAlias = tuple[Diagnostic, ...]


def sections(code: str) -> dict[str, str]:
    parts = re.split(r"^## (\w+)\n", documentation(code), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def linted(text: str, name: str = "script.md", settings: TaskSettings | None = None, **options: int) -> Findings:
    """What the linter finds in a file of this name."""
    source = Source(text, name)
    file = LintFile(name, source, kind_of(source), settings, options=CheckOptions(**options))
    return check(file)


def entries(*lines: str) -> Lexicon:
    lexicon, _ = read_lexicon(Source("\n".join(lines), "names.txt"))
    assert lexicon
    return lexicon


def findings(language: str, example: str) -> Findings:
    if language == "python":
        names = {name: getattr(ttsprep, name) for name in ttsprep.__all__}
        parts = {"ssml": ssml, "latex": latex, "lint": lint, "hot_fix": hot_fix, "lexicon": entries}
        found = eval(example, names | parts | {"findings": linted})
        return tuple(found)
    if language in LEXICONS:
        return read_lexicon(Source(example, LEXICONS[language]))[1]
    if language == "session":
        return linted(recording(example), "session.jsonl")
    settings = TaskSettings(enable_ssml=True) if language == "ssml" and speak_tag(example) else None
    return linted(example, NAMES[language], settings)


def blocks(heading: str) -> Iterator[tuple[str, str, str]]:
    for code in all_rules():
        for language, example in BLOCK.findall(sections(code).get(heading, "")):
            yield code, language, example


def examples(heading: str) -> Iterator[ParameterSet]:
    for number, (code, language, example) in enumerate(blocks(heading), 1):
        yield pytest.param(code, language, example, id=f"{code}-{heading}-{number}")


@pytest.mark.parametrize("code", all_rules())
def test_a_rule_has_its_headings_and_an_example_of_each_kind(code: str) -> None:
    found = sections(code)
    assert list(found) == HEADINGS
    assert all(text.strip() for text in found.values())
    assert BLOCK.search(found["Bad"]) and BLOCK.search(found["Good"])


@pytest.mark.parametrize(("code", "language", "example"), list(examples("Bad")))
def test_bad_fires_its_rule_and_no_other(code: str, language: str, example: str) -> None:
    assert {found.rule.code for found in findings(language, example)} == {code} | COMPANIONS.get(code, set())


@pytest.mark.parametrize(("code", "language", "example"), list(examples("Bad")))
def test_fixes_are_as_safe_as_the_rule_says(code: str, language: str, example: str) -> None:
    best = FIXES.index(all_rules()[code].fix)
    of_rule = (found.fix for found in findings(language, example) if found.rule.code == code)
    fixes = [fix for fix in of_rule if fix and fix.edits]
    assert all(1 + fix.safe <= best for fix in fixes)


def test_some_example_shows_the_best_fix_of_its_rule() -> None:
    shown: dict[str, int] = {}
    for _, language, example in blocks("Bad"):
        for found in findings(language, example):
            best = 1 + found.fix.safe if found.fix and found.fix.edits else 0
            shown[found.rule.code] = max(shown.get(found.rule.code, 0), best)
    assert {code: FIXES[best] for code, best in shown.items()} == {code: rule.fix for code, rule in all_rules().items()}


def test_the_failures_that_rules_name_are_in_the_catalog() -> None:
    for rule in all_rules().values():
        assert not rule.error or error(rule.error).says


@pytest.mark.parametrize(("code", "language", "example"), list(examples("Good")))
def test_good_is_silent(code: str, language: str, example: str) -> None:
    assert code not in {found.rule.code for found in findings(language, example)}


def test_rules_name_api_rules_that_exist() -> None:
    from tests.conformance import rules

    known = {row["id"] for row in rules()}
    assert {code: set(rule.api) - known for code, rule in all_rules().items() if set(rule.api) - known} == {}
