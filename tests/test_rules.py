"""Each rule's documentation is a test: every Bad block fires the rule, no Good block does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import ttsprep
from ttsprep import hot_fix, latex, lint, ssml
from ttsprep.diagnostics import Diagnostic
from ttsprep.lexicon import Lexicon, read_lexicon
from ttsprep.rules import all_rules, documentation
from ttsprep.settings import SettingsFile, TaskSettings
from ttsprep.source import Source

HEADINGS = ["What", "Why", "Bad", "Good", "Source"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEXICONS = {name: f"names.{name}" for name in ("lexicon", "csv", "json", "yaml", "pls")}
SCRIPTS = {"text": "script.txt", "markdown": "script.md", "ssml": "script.ssml"}


def sections(code: str) -> dict[str, str]:
    parts = re.split(r"^## (\w+)\n", documentation(code), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def entries(*lines: str) -> Lexicon:
    lexicon, _ = read_lexicon(Source("\n".join(lines), "names.txt"))
    assert lexicon
    return lexicon


def findings(language: str, example: str) -> tuple[Diagnostic, ...]:
    if language == "python":
        names = {name: getattr(ttsprep, name) for name in ttsprep.__all__}
        given = {"ssml": ssml, "latex": latex, "lint": lint, "hot_fix": hot_fix, "lexicon": entries}
        found = eval(example, names | given)
        return tuple(found)
    if language == "toml":
        file, found = SettingsFile.parse(Source(example, "settings.toml"))
        return TaskSettings.check(file.values, source=file)[1] if file else found
    if language in LEXICONS:
        return read_lexicon(Source(example, LEXICONS[language]))[1]
    return ttsprep.prepare(Source(example, SCRIPTS[language])).diagnostics


def examples(heading: str) -> Iterator[object]:
    for code in all_rules():
        for number, (language, example) in enumerate(BLOCK.findall(sections(code).get(heading, "")), 1):
            yield pytest.param(code, language, example, id=f"{code}-{heading}-{number}")


@pytest.mark.parametrize("code", all_rules())
def test_a_rule_has_its_headings_and_an_example_of_each_kind(code: str) -> None:
    found = sections(code)
    assert list(found) == HEADINGS
    assert all(text.strip() for text in found.values())
    assert BLOCK.search(found["Bad"]) and BLOCK.search(found["Good"])


@pytest.mark.parametrize(("code", "language", "example"), list(examples("Bad")))
def test_bad_fires(code: str, language: str, example: str) -> None:
    assert code in {found.rule.code for found in findings(language, example)}


@pytest.mark.parametrize(("code", "language", "example"), list(examples("Good")))
def test_good_is_silent(code: str, language: str, example: str) -> None:
    assert code not in {found.rule.code for found in findings(language, example)}


def test_rules_name_api_rules_that_exist() -> None:
    from tests.conformance import rules

    known = {row["id"] for row in rules()}
    assert {code: set(rule.api) - known for code, rule in all_rules().items() if set(rule.api) - known} == {}
