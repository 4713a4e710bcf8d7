r"""A table that is not read to its end

## What
A table has more cells than are read (`MarkdownOptions.table_cells`, 100 unless told otherwise).

## Why
Of the rows behind them only how many they are is heard.

## Bad
```python
findings("|a|b|\n|-|-|\n" + "|1|2|\n" * 60)
```

## Good
```python
findings("|a|b|\n|-|-|\n" + "|1|2|\n" * 20)
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN008", "large-table", Severity.WARNING)
