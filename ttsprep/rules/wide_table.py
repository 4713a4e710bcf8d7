"""A table with many columns

## What
A table has more than six columns.

## Why
Read row by row, each cell with its header, nobody keeps so many in mind.

## Bad
```markdown
|a|b|c|d|e|f|g|
|-|-|-|-|-|-|-|
|1|2|3|4|5|6|7|
```

## Good
```markdown
|a|b|c|
|-|-|-|
|1|2|3|
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN009", "wide-table", Severity.NOTE)
