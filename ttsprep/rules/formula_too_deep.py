"""A formula is nested too deep

## What
Groups of a formula stand in each other deeper than 32 levels. What is deeper is read in a row, its braces as if
they were not there.

## Why
Nobody can follow such a formula by ear; the limit keeps reading safe for any text.

## Bad
```python
latex.speak("{" * 40 + "x" + "}" * 40)[1]
```

## Good
```python
latex.speak("{" * 20 + "x" + "}" * 20)[1]
```

## Source
Own rule: formulas are read with nothing left out.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MTH004", "formula-too-deep", Severity.WARNING, api=("TXT-07",))
