"""A drawing made of characters

## What
Box-drawing characters or blocks stand in a row.

## Why
Nobody hears a drawing, and every character of it is billed.

## Bad
```text
┌────┐
│ A  │
└────┘
```

## Good
```text
A stands in a box.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT025", "character-drawing", Severity.WARNING)
