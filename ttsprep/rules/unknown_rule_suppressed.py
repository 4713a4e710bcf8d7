r"""A suppression of a rule that does not exist

## What
A comment that suppresses findings names something that stands for no rule.

## Why
It suppresses nothing, though somebody relies on it.

## Bad
```python
lint.lint("<!-- ttsprep: ignore[MDN904] see the issue -->\nAll is well.")
```

## Good
```python
lint.lint("All is well.")
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LNT002", "unknown-rule-suppressed", Severity.WARNING, fix="unsafe")
