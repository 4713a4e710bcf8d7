"""Checks that only a linter makes: one module for each family of codes."""

from __future__ import annotations

from ttsprep.lint.model import Registered

__all__ = ["CHECKS"]

CHECKS: tuple[Registered, ...] = ()
"""Every check, in the order in which they run."""
