"""The linter: scripts, settings and recordings, every mistake named before anything is sent."""

from __future__ import annotations

from ttsprep.lint.checking import check
from ttsprep.lint.configuration import Configuration, check_configuration
from ttsprep.lint.kinds import kind_of
from ttsprep.lint.linting import lint
from ttsprep.lint.model import Check, CheckOptions, Finding, Kind, LintFile, Position, Registered, Result

__all__ = [
    "Check",
    "CheckOptions",
    "Configuration",
    "Finding",
    "Kind",
    "LintFile",
    "Position",
    "Registered",
    "Result",
    "check",
    "check_configuration",
    "kind_of",
    "lint",
]
