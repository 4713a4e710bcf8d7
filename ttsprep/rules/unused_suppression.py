r"""A suppression that suppresses nothing

## What
A comment that suppresses findings of a rule where there are none.

## Why
It was needed once, or never. It will hide the next fault that somebody makes there.

## Bad
```python
lint.lint("<!-- ttsprep: ignore[SSM012] see the issue -->\nAll is well.")
```

## Good
```python
lint.lint("All is well.")
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LNT001", "unused-suppression", Severity.WARNING, fix="safe")
