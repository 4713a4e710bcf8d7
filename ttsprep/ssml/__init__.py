"""SSML for the service: its grammar, and everything that is done with documents in it.

    validate(source)          every fault at once: where, why, and the fix
    accepts(document)         the verdict of the grammar's own validator

Importing this package loads none of its parts; each name loads its part when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ttsprep.ssml.checker import validate
    from ttsprep.ssml.gate import accepts, disagreement

__all__ = ["accepts", "disagreement", "validate"]

_HOME = {
    "accepts": "gate",
    "disagreement": "gate",
    "validate": "checker",
}
"""Public name → module that defines it."""


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
