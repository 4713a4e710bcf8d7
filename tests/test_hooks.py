"""The hooks for pre-commit and the action for GitHub: their form, and what they do when they are run."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
HOOKS = ROOT / ".pre-commit-hooks.yaml"
ACTION = ROOT / "action.yml"
STAGED = "(laughs) Good morning.\n"
MENDABLE = "Deep\u200bSeek is here.\n"
UNTIDY = "<speak rate='1.2' >Good morning.</speak>\n"
BAD_RECORDING = '{"header": {"action": "run-task"}}\n'
SOMEBODY = {f"GIT_{who}_{what}": "nobody@a.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def run(*command: str, folder: Path, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a folder; its environment has nothing of the one this test runs in but what it needs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GIT_", "PYTHON"))}
    return subprocess.run(
        command,
        cwd=folder,
        env={**kept, **SOMEBODY, **environment},
        check=check,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


@functools.cache
def has_index() -> bool:
    """Whether packages can be installed here."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--ignore-installed", "hatchling"]
    options = ["--quiet", "--retries", "0", "--timeout", "5", "--disable-pip-version-check"]
    return subprocess.run([*command, *options], capture_output=True, timeout=60, check=False).returncode == 0


def needs_index() -> None:
    if not has_index():
        pytest.skip("no package index can be reached, which an installation needs")


def test_the_hooks_have_the_form_that_pre_commit_asks_for() -> None:
    done = run(sys.executable, "-m", "pre_commit", "validate-manifest", str(HOOKS), folder=ROOT, check=False)
    assert done.returncode == 0, done.stdout
    assert {hook["id"] for hook in yaml.safe_load(HOOKS.read_text("utf-8"))} == set(SHOWN.values())


def test_the_action_has_the_form_that_github_asks_for() -> None:
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", str(ACTION))
    done = run(*command, folder=ROOT, check=False)
    assert done.returncode == 0, done.stdout


def test_the_page_names_hooks_and_inputs_that_there_are() -> None:
    page = (ROOT / "docs" / "linting-in-ci.md").read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"^\| `(ttsprep-[\w-]+)` \|", page, re.MULTILINE)) == set(SHOWN.values())
    assert {name for block in blocks for name in re.findall(r"- id: ([\w-]+)", block)} <= set(SHOWN.values())
    inputs = yaml.safe_load(ACTION.read_text("utf-8"))["inputs"]
    row = r"^\| `([\w-]+)` \|[^|]*\| *(?:`([^|`]+)`)?[^|]*\|$"
    tabled = re.findall(row, page.split("## GitHub")[1], re.MULTILINE)
    assert [name for name, _ in tabled] == list(inputs)
    assert all(default in ("", inputs[name]["default"]) for name, default in tabled)
    used = [step["with"] for block in blocks for step in _steps(yaml.safe_load(block)) if "ttsprep" in step["uses"]]
    assert used and all(given.keys() <= inputs.keys() for given in used)


def _steps(shown: Any) -> list[dict[str, Any]]:
    """The steps of a workflow, or of a piece of one."""
    if isinstance(shown, dict):
        shown = [step for job in shown.get("jobs", {}).values() for step in job["steps"]]
    return [step for step in shown if "uses" in step]


# --- pre-commit

SHOWN = {
    "ttsprep lint": "ttsprep-lint",
    "ttsprep lint --fix": "ttsprep-fix",
    "ttsprep ssml format": "ttsprep-format",
    "ttsprep lint (settings and recordings)": "ttsprep-recordings",
}


@pytest.fixture
def project(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with files to lint that uses a clone of this one; the clone has keys of tests and lies elsewhere."""
    if not (ROOT / ".git").exists():
        pytest.skip("hooks are installed from a repository, and this is none")
    clone = tmp_path_factory.mktemp("clone") / "ttsprep"
    run("git", "clone", "--quiet", str(ROOT), str(clone), folder=tmp_path)
    (clone / HOOKS.name).write_bytes(HOOKS.read_bytes())
    run("git", "add", HOOKS.name, folder=clone)
    run("git", "commit", "--quiet", "--allow-empty", "--no-verify", "-m", "hooks", folder=clone)
    head = run("git", "rev-parse", "HEAD", folder=clone).stdout.strip()
    hooks = [{"id": name} for name in SHOWN.values()]
    folder = tmp_path / "scripts"
    (folder / "skipped").mkdir(parents=True)
    files = {
        ".pre-commit-config.yaml": yaml.safe_dump({"repos": [{"repo": str(clone), "rev": head, "hooks": hooks}]}),
        "ttsprep.toml": 'exclude = ["skipped"]\n',
        "staged.txt": STAGED,
        "mendable.md": MENDABLE,
        "skipped/a.txt": STAGED,
        "a.ssml": UNTIDY,
        "a.jsonl": BAD_RECORDING,
        "code.py": STAGED,
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    run("git", "init", "--quiet", ".", folder=folder)
    run("git", "add", ".", folder=folder)
    return folder


def test_hooks_do_what_they_say(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    needs_index()
    kept = tmp_path_factory.mktemp("kept")
    command = (sys.executable, "-m", "pre_commit", "run", "--all-files", "--color=never", "--verbose")
    done = run(*command, folder=project, check=False, PRE_COMMIT_HOME=str(kept / "home"), TTSPREP_CACHE_DIR=str(kept))
    said = dict(re.findall(r"^([^\n]+?)\.{3,}(\w+)\n(?:.*?\n)*?(?=\S+.*\.{3,}|\Z)", done.stdout, re.MULTILINE))
    assert said == dict.fromkeys(SHOWN, "Failed"), done.stdout
    assert "staged.txt:1:1: TXT016 warning" in done.stdout
    assert "a.jsonl:1:1: PAY005 error" in done.stdout
    assert "skipped" not in done.stdout and "code.py" not in done.stdout
    assert (project / "mendable.md").read_text("utf-8") == "DeepSeek is here.\n"
    assert (project / "a.ssml").read_text("utf-8") == UNTIDY.replace("'", '"').replace(" >", ">")
    assert (project / "staged.txt").read_text("utf-8") == STAGED


# --- GitHub


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its expressions replaced; one that is not known is a fault."""
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: values[found[1]], text)


def steps(folder: Path, **inputs: str) -> list[tuple[str, dict[str, str]]]:
    """The shell steps of the action with their environments."""
    action: dict[str, Any] = yaml.safe_load(ACTION.read_text("utf-8"))
    given = {name: str(about["default"]) for name, about in action["inputs"].items()}
    assert inputs.keys() <= given.keys()
    values = {f"inputs.{name}": value for name, value in (given | inputs).items()}
    values |= {"github.action_path": str(ROOT), "steps.python.outputs.python-path": sys.executable}
    runner = {"RUNNER_TEMP": str(folder / "temp"), "GITHUB_ENV": str(folder / "env"), "GITHUB_ACTIONS": "true"}
    found = []
    for step in action["runs"]["steps"]:
        if "run" in step:
            environment = {name: filled(value, values) for name, value in step["env"].items()}
            assert step["shell"] == "bash" and "${{" not in step["run"]
            found.append((step["run"], runner | environment))
    return found


def shell(step: tuple[str, dict[str, str]], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A step as GitHub runs it, with what steps before it have put into the environment."""
    written = Path(step[1]["GITHUB_ENV"])
    kept = dict(line.split("=", 1) for line in written.read_text("utf-8").splitlines()) if written.exists() else {}
    command = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step[0])
    return run(*command, folder=folder, check=False, **{**step[1], **kept, **more})


@pytest.mark.parametrize(
    ("inputs", "status", "expected"),
    [
        ({}, 1, ["a b.txt", "c.txt"]),
        ({"paths": "'a b.txt'\n"}, 1, ["a b.txt"]),
        ({"paths": "*.md *.txt", "arguments": "--fail-on error"}, 0, ["a b.txt", "c.txt"]),
        ({"arguments": "--exclude 'a b.txt' --exit-zero"}, 0, ["c.txt"]),
        ({"paths": "$(touch bad) ; `touch bad`"}, 2, []),
    ],
)
def test_the_lint_step_names_findings_beside_their_lines(
    tmp_path: Path, inputs: dict[str, str], status: int, expected: list[str]
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    for name, text in {"a b.txt": STAGED, "c.txt": STAGED, "d.md": "Good.\n"}.items():
        (work / name).write_text(text, "utf-8")
    here = {"TTSPREP_PYTHON": sys.executable, "PYTHONPATH": str(ROOT), "TTSPREP_CACHE_DIR": str(tmp_path / "kept")}
    done = shell(steps(tmp_path, **inputs)[-1], work, **here)
    assert done.returncode == status, done.stderr
    assert re.findall(r"^::warning file=([^,]+),line=1,.*TXT016", done.stdout, re.MULTILINE) == expected
    assert not (work / "bad").exists()


@pytest.mark.parametrize(
    ("version", "asked"), [("", str(ROOT)), ("0.1.0", "ttsprep==0.1.0"), ("ttsprep>=0.1", "ttsprep>=0.1")]
)
def test_the_install_step_installs_what_is_asked_for(tmp_path: Path, version: str, asked: str) -> None:
    """Python is one that makes no environment and writes down what it is asked for."""
    python = tmp_path / "temp" / "ttsprep" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {tmp_path}/asked\n', "utf-8")
    python.chmod(0o755)
    script, environment = steps(tmp_path, version=version)[0]
    done = shell((script, {**environment, "PYTHON": str(python)}), tmp_path)
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert lines[:3] == ["-m", "venv", str(python.parents[1])]
    assert lines[3:6] == ["-m", "pip", "install"] and lines[-1] == asked
    assert (tmp_path / "env").read_text("utf-8") == f"TTSPREP_PYTHON={python}\n"
