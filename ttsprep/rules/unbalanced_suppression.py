r"""A suppressed block without its end, or an end without its block

## What
A comment begins a block in which findings are suppressed and none ends it, or the other way round.

## Why
All of the rest of the file is suppressed, or nothing is.

## Bad
```python
lint.lint("<!-- ttsprep: ignore-start[MDN004] set as in print -->\n\n    It was night. Nobody was there.")
```

## Good
```python
lint.lint("<!-- ttsprep: ignore-start[MDN] print -->\n\n    It was night. It rained.\n\n<!-- ttsprep: ignore-end -->")
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LNT005", "unbalanced-suppression", Severity.WARNING)
