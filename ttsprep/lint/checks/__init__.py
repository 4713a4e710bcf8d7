"""Checks that only a linter makes: one module for each family of codes."""

from __future__ import annotations

from ttsprep.lint.checks import characters, conversation, formulas, lengths, markdown, pairs, speaking
from ttsprep.lint.model import Registered

__all__ = ["CHECKS"]

CHECKS: tuple[Registered, ...] = (
    *characters.CHECKS,
    *speaking.CHECKS,
    *pairs.CHECKS,
    *lengths.CHECKS,
    *markdown.CHECKS,
    *formulas.CHECKS,
    *conversation.CHECKS,
)
"""Every check, in the order in which they run."""
