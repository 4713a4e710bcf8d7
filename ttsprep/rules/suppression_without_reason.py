r"""A suppression that does not say why

## What
A comment that suppresses findings and gives no reason.

## Why
Whoever reads the script next cannot tell whether the suppression may go.

## Bad
```python
lint.lint("<!-- ttsprep: ignore[MDN004] -->\n\n    It was night. Nobody was there.")
```

## Good
```python
lint.lint("<!-- ttsprep: ignore[MDN004] set as in print -->\n\n    It was night. Nobody was there.")
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LNT003", "suppression-without-reason", Severity.NOTE)
