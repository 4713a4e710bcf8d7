"""Blanks are billed

## What
Twenty blanks or ten line endings stand in a row in plain text.

## Why
Each counts as a character, and nothing is heard of them.

## Bad
```python
findings("One." + " " * 30 + "Two.", "a.txt")
```

## Good
```text
One. Two.

Three.
```

## Source
API page, "Text length limits": every character counts.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LEN007", "blanks-are-billed", Severity.NOTE, api=("TXT-03",), fix="safe")
