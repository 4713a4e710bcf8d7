r"""A mark that changes the direction of writing

## What
A bidirectional control stands in a text that has no script written from right to left, or overrides the direction.

## Why
The text looks other than it is read: words can be hidden from whoever proofreads.

## Bad
```python
findings("pay \u202e001\u202c yuan")
```

## Good
```python
findings("\u200fשלום\u200f")
```

## Source
Unicode Standard Annex 9; Unicode Technical Report 36.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT006", "bidirectional-control", Severity.WARNING, fix="safe")
