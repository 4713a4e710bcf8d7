"""Every example of README and docs runs: ``python`` blocks as they are (or as doctests), ``console`` blocks in a shell.

A file's blocks share one folder, which holds a copy of docs/examples, and python blocks share their names.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ttsprep.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(python|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

WITH_EXAMPLES = [page for page in PAGES if BLOCK.search(page.read_text("utf-8"))]


def shell(command: str, folder: Path) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    kept = {name: value for name, value in os.environ.items() if name not in ("GITHUB_ACTIONS", "FORCE_COLOR")}
    environment = {**kept, "PATH": path, "PYTHONUTF8": "1", "COLUMNS": "80"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    return done.stdout.decode("utf-8")


def run_console(block: str, folder: Path) -> None:
    for command, expected in re.findall(r"^\$ (.*\n)((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        printed = shell(command, folder)
        assert doctest.OutputChecker().check_output(expected, printed, FLAGS), f"$ {command}{printed}"


def run_python(block: str, page: Path, line: int, names: dict[str, Any]) -> None:
    if ">>>" not in block:
        exec(compile(block, f"{page.name}:{line}", "exec"), names)
        return
    example = doctest.DocTestParser().get_doctest(block, names, page.name, str(page), line)
    printed: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    runner.run(example, out=printed.append, clear_globs=False)
    names.update(example.globs)
    assert runner.failures == 0, "".join(printed)


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.name)
def test_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "docs" / "examples", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}
    text = page.read_text("utf-8")
    for block in BLOCK.finditer(text):
        if block[1] == "console":
            run_console(block[2], tmp_path)
        else:
            run_python(block[2], page, text.count("\n", 0, block.start(2)), names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_linter_finds_nothing_in_the_docs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(main, ["lint", "--no-cache", "--fail-on", "note", "--output-format", "concise"])
    assert (done.exit_code, done.stdout) == (0, ""), done.output
