"""The public names: what `ttsprep` promises is there, loads lazily, and is documented."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import ttsprep

PUBLIC = [name for name in ttsprep.__all__ if not name.startswith("__")]


def test_type_checkers_and_the_running_package_see_the_same_names() -> None:
    tree = ast.parse(Path(ttsprep.__file__).read_text("utf-8"))
    checked = next(node for node in tree.body if isinstance(node, ast.If))
    imported = {
        (str(statement.module), alias.name)
        for statement in checked.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }
    assert imported == {(f"ttsprep.{part}", name) for name, part in ttsprep._HOME.items()}
    assert sorted(PUBLIC) == sorted(ttsprep._HOME)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(ttsprep, name))


def test_no_public_name_is_hidden_by_a_part_of_the_same_name() -> None:
    parts = {path.stem for path in Path(ttsprep.__file__).parent.iterdir()}
    assert parts & set(PUBLIC) == set()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'sprache'"):
        _ = ttsprep.sprache


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_stands_in_the_docs(name: str) -> None:
    pages = (Path(ttsprep.__file__).parent.parent / "docs").glob("*.md")
    assert any(f"`{name}" in text or f"{name}(" in text for text in (page.read_text("utf-8") for page in pages))
