"""A point is heard with another number

## What
A point of a numbered list is written with another number than the one it gets.

## Why
Markdown counts the points itself, from the first one on: 3. behind 1. is heard as 2. Texts that refer to a number are
wrong then. Points that are all written as 1. are left alone.

## Bad
```markdown
1. wash
3. dry
```

## Good
```markdown
1. wash
2. dry

Then:

1. fold
1. iron
```

## Source
CommonMark 0.31, section 5.3.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN018", "list-number-changed", Severity.WARNING)
