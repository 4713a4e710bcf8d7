r"""A comment to the linter that it does not understand

## What
A comment that begins as a suppression does and goes on otherwise.

## Why
It suppresses nothing, though somebody relies on it.

## Bad
```python
lint.lint("<!-- ttsprep: ignroe[MDN004] set as in print -->\nAll is well.")
```

## Good
```python
lint.lint("<!-- written with ttsprep -->\nAll is well.")
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LNT004", "malformed-suppression", Severity.WARNING)
