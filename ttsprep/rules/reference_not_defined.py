"""A link whose address is missing

## What
A link names a label, and no line defines it.

## Why
It is no link then: its text and its label are read with their brackets.

## Bad
```markdown
Read [the report][r26] first.
```

## Good
```markdown
Read [the report][r26] first.

[r26]: https://a.example/r
```

## Source
CommonMark 0.31, section 6.3.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN022", "reference-not-defined", Severity.WARNING)
