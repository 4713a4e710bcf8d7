"""The linter: scripts, settings and recordings, every mistake named before anything is sent."""

from __future__ import annotations

from ttsprep.lint.checking import check
from ttsprep.lint.kinds import kind_of
from ttsprep.lint.model import Check, CheckOptions, Finding, Kind, LintFile, Position, Registered, Result

__all__ = [
    "Check",
    "CheckOptions",
    "Finding",
    "Kind",
    "LintFile",
    "Position",
    "Registered",
    "Result",
    "check",
    "kind_of",
]
