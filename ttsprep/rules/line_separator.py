r"""A line ending that is none

## What
U+2028 or U+2029 stands in the text.

## Why
Web pages and chat programs put them in. Markdown does not take them for line endings, so a heading or list behind one
is read as running text.

## Bad
```python
findings("First.\u2028Second.")
```

## Good
```python
findings("First.\n\nSecond.")
```

## Source
CommonMark 0.31, section 2.1.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT007", "line-separator", Severity.WARNING, fix="unsafe")
