"""Configuration: what acts on which files, and who said so.

The nearest ``ttsprep.toml``, ``.ttsprep.toml`` or pyproject.toml with a table ``[tool.ttsprep]``, in the folder of a
file or above it, counts for that file; options of the command line win over it.
"""

from __future__ import annotations

from ttsprep.lint.configuration.effective import Configuration, Loaded, Value, check_configuration, load
from ttsprep.lint.configuration.keys import KEYS, Key
from ttsprep.lint.configuration.schema import schema

__all__ = ["KEYS", "Configuration", "Key", "Loaded", "Value", "check_configuration", "load", "schema"]
