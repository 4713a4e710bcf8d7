"""Checks that only a linter makes: one module for each family of codes, loaded when a file of its kind is looked at."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from ttsprep.diagnostics import Diagnostic
from ttsprep.lint.model import SCRIPTS, Check, Kind, LintFile, Registered

__all__ = ["CHECKS"]


def _of(module: str) -> Check:
    """All checks of a module that look at files of the kind."""

    def check(file: LintFile) -> Iterator[Diagnostic]:
        for each in importlib.import_module(f"{__name__}.{module}").CHECKS:
            if file.kind in each.kinds:
                yield from each.function(file)

    check.__name__ = module
    return check


CHECKS: tuple[Registered, ...] = (
    Registered("TXT", SCRIPTS, _of("characters")),
    Registered("TXT", SCRIPTS, _of("speaking")),
    Registered("TXT", SCRIPTS, _of("pairs")),
    Registered("LEN", SCRIPTS, _of("lengths")),
    Registered("MDN", frozenset({Kind.MARKDOWN}), _of("markdown")),
    Registered("MTH", frozenset({Kind.MARKDOWN, Kind.TEXT}), _of("formulas")),
    Registered("SEQ", frozenset({Kind.RECORDING}), _of("conversation")),
)
"""Every check, in the order in which they run."""
