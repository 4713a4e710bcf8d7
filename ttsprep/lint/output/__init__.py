"""The forms in which results are printed: ``FORMATS[name](results, options)`` gives the text in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from ttsprep.lint.model import Result
from ttsprep.report import excerpts, lines

__all__ = ["FORMATS", "OutputOptions", "Writer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputOptions:
    """How to print: with colours or not, and in how many columns."""

    colour: bool = False
    columns: int = 100


Writer: TypeAlias = Callable[[Sequence[Result], OutputOptions], Iterator[str]]
"""Gives the pieces of a report, line endings included; files that could not be read are `Result.error`."""


def _full(results: Sequence[Result], options: OutputOptions) -> Iterator[str]:
    for result in results:
        if result.source is not None:
            found = [each.diagnostic for each in result.findings]
            yield from (f"{text}\n\n" for text in excerpts(found, result.source, columns=options.columns))


def _concise(results: Sequence[Result], _options: OutputOptions) -> Iterator[str]:
    for result in results:
        if result.source is not None:
            yield from (f"{line}\n" for line in lines([each.diagnostic for each in result.findings], result.source))


FORMATS: Mapping[str, Writer] = MappingProxyType({"full": _full, "concise": _concise})
"""Every format by its name."""
