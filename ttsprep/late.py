"""Patterns that are compiled when they are first used.

A class with the ranges of CJK characters takes a millisecond or more to compile, which a run that never searches for it
need not pay for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

__all__ = ["late_pattern"]


def late_pattern(shape: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` returns, made at its first use; a `shape` that takes time to put together is a function.

    >>> digits = late_pattern("[0-9]+")
    >>> digits.findall("1 and 23")
    ['1', '23']
    """
    return cast("re.Pattern[str]", _Late(shape, flags))


class _Late:
    """Has the methods of the pattern, each from its first use on as its own attribute: no slower than the pattern."""

    def __init__(self, shape: str | Callable[[], str], flags: int) -> None:
        self._shape, self._flags = shape, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        shape = self._shape if isinstance(self._shape, str) else self._shape()
        found = getattr(re.compile(shape, self._flags), name)
        setattr(self, name, found)
        return found
