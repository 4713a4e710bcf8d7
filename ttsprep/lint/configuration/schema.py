"""The JSON Schema of configuration, for editors."""

from __future__ import annotations

from typing import Any

from ttsprep.lint.configuration.keys import DEFINITIONS, KEYS
from ttsprep.lint.configuration.shapes import Keys

__all__ = ["schema"]


def schema() -> dict[str, Any]:
    """Of ttsprep.toml, and of the table ``[tool.ttsprep]`` of pyproject.toml.

    >>> schema()["properties"]["fail-on"]["enum"]
    ['note', 'warning', 'error']
    """
    shapes = Keys(lambda: {name: key.shape for name, key in KEYS.items()}, lambda name: KEYS[name].documentation)
    described = shapes.schema()
    for name, key in KEYS.items():
        if key.default not in (None, {}):
            described["properties"][name]["default"] = (
                list(key.default) if isinstance(key.default, tuple) else key.default
            )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of ttsprep",
        **described,
        "$defs": {name: each.described() for name, each in DEFINITIONS.items()},
    }
