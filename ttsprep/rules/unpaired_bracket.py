"""A bracket without its partner

## What
A bracket is not closed, or not opened, in its paragraph.

## Why
Something was cut off, or the wrong key was pressed; the voice pauses at the wrong place.

## Bad
```text
他（昨天来了。
```

## Good
```text
他（昨天）来了。1) one 2) two :) [0, 1)
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT033", "unpaired-bracket", Severity.NOTE)
