"""The public names of `ttsprep.ssml`: each is there, loads lazily, is documented, and is hidden by no module."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import random
import subprocess
import sys
from pathlib import Path

import pytest

from ttsprep import ssml

FILE = Path(str(ssml.__file__))
PUBLIC = list(ssml.__all__)
_ENTRIES = [*pkgutil.walk_packages(ssml.__path__, "ttsprep.ssml.")]
MODULES = [entry.name for entry in _ENTRIES]
PACKAGES = ["ttsprep.ssml", *(entry.name for entry in _ENTRIES if entry.ispkg)]


def test_type_checkers_and_the_running_package_see_the_same_names() -> None:
    tree = ast.parse(FILE.read_text("utf-8"))
    checked = next(node for node in tree.body if isinstance(node, ast.If))
    imported = {
        (str(statement.module), alias.name)
        for statement in checked.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }
    assert imported == {(f"ttsprep.ssml.{part}", name) for name, part in ssml._HOME.items()}
    assert sorted(PUBLIC) == sorted(ssml._HOME) and set(PUBLIC) <= set(dir(ssml))


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    found = getattr(ssml, name)
    assert inspect.getdoc(found) and name in importlib.import_module(f"ttsprep.ssml.{ssml._HOME[name]}").__all__


@pytest.mark.parametrize("package", PACKAGES)
def test_no_public_name_is_hidden_by_a_module_of_the_same_name(package: str) -> None:
    found = importlib.import_module(package)
    assert {entry.name for entry in pkgutil.iter_modules(found.__path__)} & set(found.__all__) == set()


@pytest.mark.parametrize("seed", range(3))
def test_in_any_order_of_imports_the_names_are_the_same(seed: int) -> None:
    order = [*MODULES, *(f"ttsprep.ssml:{name}" for name in PUBLIC)]
    random.Random(seed).shuffle(order)
    script = f"""
import importlib, types
from ttsprep import ssml
for one in {order!r}:
    module, _, name = one.partition(":")
    found = importlib.import_module(module)
    assert not name or not isinstance(getattr(found, name), types.ModuleType), name
for name, part in ssml._HOME.items():
    assert getattr(ssml, name) is getattr(importlib.import_module("ttsprep.ssml." + part), name), name
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_importing_the_package_loads_none_of_its_parts() -> None:
    script = "import sys, ttsprep.ssml; print([name for name in sys.modules if name.startswith('ttsprep.ssml.')])"
    assert subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout.strip() == b"[]"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'sprache'"):
        _ = ssml.sprache


def test_every_public_name_stands_in_the_docs() -> None:
    pages = [page.read_text("utf-8") for page in (FILE.parents[2] / "docs").glob("ssml*.md")]
    assert [name for name in PUBLIC if not any(f"`{name}" in page or f"{name}(" in page for page in pages)] == []
