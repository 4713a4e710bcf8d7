"""One file, all its checks.

>>> from ttsprep.source import Source
>>> [str(found) for found in check(LintFile("a.ssml", Source("<speak>你好</speek>"), Kind.SSML))][0][:12]
'SSM014 error'
"""

from __future__ import annotations

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.lint.model import Kind, LintFile, Registered

__all__ = ["check", "checks"]


def checks(kind: Kind) -> tuple[Registered, ...]:
    """The checks that look at files of a kind, in the order in which they run."""
    from ttsprep.lint.checks import CHECKS
    from ttsprep.lint.stages import STAGES

    return tuple(each for each in (*STAGES, *CHECKS) if kind in each.kinds)


def check(file: LintFile) -> tuple[Diagnostic, ...]:
    """Everything that the checks find in a file, in order of place; what two of them say stands once."""
    found = [*file.source.faults()]
    for each in checks(file.kind):
        found += each.function(file)
    return tuple(sorted(dict.fromkeys(found), key=_place))


def _place(found: Diagnostic) -> tuple[bool, Span, str]:
    """What has no place in the text comes last."""
    return found.span is None, found.span or Span(0, 0), found.rule.code
