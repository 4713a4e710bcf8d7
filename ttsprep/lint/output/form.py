"""What every writer is: a function from results to the pieces of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ttsprep.lint.model import Result

__all__ = ["OutputOptions", "Writer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputOptions:
    """How to print: with colours or not, and in how many columns."""

    colour: bool = False
    columns: int = 100


Writer: TypeAlias = Callable[[Sequence[Result], OutputOptions], Iterator[str]]
"""Gives the pieces of a report, line endings included; files that could not be read are `Result.error`."""
