"""A bracket closed by one of another width

## What
A full-width bracket is closed by a half-width one, or the other way round.

## Why
It is a slip of an input method, and keeps programs from finding the pair.

## Bad
```text
他（昨天)来了。
```

## Good
```text
他（昨天）来了(今天)。
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT035", "bracket-width", Severity.NOTE, fix="unsafe")
