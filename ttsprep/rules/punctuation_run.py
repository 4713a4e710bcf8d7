"""A row of the same sign

## What
The same sign stands four times or more in a row.

## Why
Lines drawn with signs are read sign by sign by some voices, each one is billed, and several full stops may end
several sentences.

## Bad
```text
真的吗？？？？
```

```text
Chapter one
===========
```

## Good
```text
真的吗？！等等……好——吧。
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT024", "punctuation-run", Severity.NOTE)
