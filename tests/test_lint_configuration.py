"""Configuration: what is said of it, where values come from, what patterns of paths mean."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from tests.conftest import CASES, ROOT
from ttsprep.cli import main
from ttsprep.lint.configuration import KEYS, check_configuration, load, schema
from ttsprep.lint.configuration.reading import find_file
from ttsprep.lint.patterns import Patterns
from ttsprep.lint.selection import Selection
from ttsprep.source import Source

CASES = CASES / "lint"
SAID = tomllib.loads((CASES / "configuration.toml").read_text("utf-8"))["case"]
IGNORED = [
    line.split("\t")
    for line in (CASES / "gitignore.tsv").read_text("utf-8").splitlines()
    if not line.startswith("# pat")
]


@pytest.mark.parametrize("case", SAID, ids=[case["name"] for case in SAID])
def test_what_is_said_of_a_file(case: dict[str, Any]) -> None:
    source = Source(case["file"].lstrip("\n"), "pyproject.toml" if case.get("pyproject") else "ttsprep.toml")
    found = check_configuration(source)
    said = [(":".join(map(str, source.position(each.span.start))) if each.span else "", each) for each in found]
    shown = [f"{place} {each}" for place, each in said]
    for place, code, words in case["expect"]:
        assert any(at == place and one.rule.code == code and words in one.message for at, one in said), shown
    assert case.get("also") or len(found) == len(case["expect"]), shown


@pytest.mark.parametrize(("lines", "path", "expected"), IGNORED, ids=[f"{row[0]}-{row[1]}" for row in IGNORED])
def test_patterns(lines: str, path: str, expected: str) -> None:
    patterns = Patterns.of(lines.split(";"))
    assert patterns.excludes(path.rstrip("/"), folder=path.endswith("/")) is (expected == "yes")


@pytest.mark.parametrize(("lines", "path", "expected"), IGNORED, ids=[f"{row[0]}-{row[1]}" for row in IGNORED])
def test_git_has_the_same_verdict(lines: str, path: str, expected: str, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True, timeout=30)
    (tmp_path / ".gitignore").write_text(lines.replace(";", "\n"), "utf-8")
    place = tmp_path / path
    if path.endswith("/"):
        place.mkdir(parents=True)
    done = subprocess.run(
        ["git", "check-ignore", "-q", "--", path], cwd=tmp_path, check=False, capture_output=True, timeout=30
    )
    assert done.returncode == (0 if expected == "yes" else 1), done.stderr


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "ttsprep.toml").write_text("", "utf-8")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\nname = 'ttsprep'\n", "utf-8")
    assert find_file(deep) == tmp_path / "ttsprep.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.ttsprep]\n", "utf-8")
    assert find_file(deep) == tmp_path / "a" / "pyproject.toml"
    (deep / "pyproject.toml").write_text("[tool.ttsprep\n", "utf-8")
    assert find_file(deep) == deep / "pyproject.toml"


def test_each_value_has_its_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ttsprep.toml").write_text('model = "cosyvoice-v3-flash"\n[markdown]\ncode = "skip"\n', "utf-8")
    loaded = load(tmp_path, {"model": ("--model", "cosyvoice-v3-plus"), "ignore": ("--ignore", ("SSM",))})
    values = loaded.configuration.values if loaded.configuration else {}
    assert {key: (each.value, each.origin) for key, each in values.items() if each.origin != "default"} == {
        "model": ("cosyvoice-v3-plus", "--model"),
        "ignore": (("SSM",), "--ignore"),
        "markdown.code": ("skip", "ttsprep.toml:3:1"),
    }
    assert loaded.configuration is not None and loaded.configuration.settings is not None
    assert loaded.configuration.settings.model == "cosyvoice-v3-plus"


def test_settings_files_are_found_from_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "project" / "deep").mkdir(parents=True)
    (tmp_path / "project" / "voice.toml").write_text("rate = 1.5\nvoice = 'longanyang'\n", "utf-8")
    (tmp_path / "project" / "ttsprep.toml").write_text('settings = "voice.toml"\nvoice = "longanhuan"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    configuration = load(tmp_path / "project" / "deep").configuration
    assert configuration is not None and configuration.settings is not None
    assert (configuration.settings.rate, configuration.settings.voice) == (1.5, "longanhuan")


def test_the_longer_selector_wins() -> None:
    selection = Selection(select=("SSM", "TXT001"), ignore=("SSM01", "TXT"), extend_select=("SSM014",))
    assert [selection.has(code) for code in ("SSM001", "SSM010", "SSM014", "TXT001", "TXT003", "MDN001")] == [
        True, False, True, True, False, False,
    ]  # fmt: skip
    assert not Selection(select=("SSM",), ignore=("SSM",)).has("SSM001")


def test_the_schema_has_every_key_with_its_meaning() -> None:
    described = schema()["properties"]
    assert set(described) == set(KEYS)
    assert all(each["description"] for each in described.values())
    assert set(described["markdown"]["properties"]) > {"code", "table-cells", "neutral"}


VALIDATOR = Draft202012Validator(schema())


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


def accepted(text: str, *, pyproject: bool = False) -> bool:
    """What an editor says of a configuration."""
    values = tomllib.loads(text)
    return bool(VALIDATOR.is_valid(values.get("tool", {}).get("ttsprep", {}) if pyproject else values))


SHAPES = [case for case in SAID if case.get("editor", True)]
"""All but those whose faults a schema cannot know: files that are missing, values that do not fit each other."""


@pytest.mark.parametrize("case", SHAPES, ids=[case["name"] for case in SHAPES])
def test_the_schema_refuses_what_is_refused(case: dict[str, Any]) -> None:
    assert accepted(case["file"], pyproject=case.get("pyproject", False)) is not bool(case["expect"])


def test_the_schema_accepts_what_config_prints() -> None:
    values = json.loads(CliRunner().invoke(main, ["config", "--output-format", "json", "--isolated"]).stdout)
    tables: dict[str, Any] = {"markdown": {}}
    for name, each in values.items():
        table, dot, inner = name.partition(".")
        if each["value"] is not None:
            (tables[table] if dot else tables)[inner or name] = each["value"]
    assert tables["markdown"]
    VALIDATOR.validate(tables)


def test_the_schema_accepts_the_configuration_of_this_project() -> None:
    assert accepted((ROOT / "pyproject.toml").read_text("utf-8"), pyproject=True)


def test_the_schema_in_docs_is_fresh() -> None:
    text = (ROOT / "docs" / "configuration.schema.json").read_text("utf-8")
    assert json.loads(text) == json.loads(json.dumps(schema()))


def test_the_page_tells_every_key() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    assert [key for key in KEYS if not re.search(rf"^\| `{key}` \|", page, re.MULTILINE)] == []
