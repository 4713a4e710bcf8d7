"""Words stand inside a formula

## What
Chinese characters or words of other languages stand between the delimiters of a formula that is left to the
service.

## Why
Only the formula itself belongs there; words may be misread.

## Bad
```python
latex.check(r"设 $x = 长度$。")
```

## Good
```python
latex.check(r"设 $x$ 为长度。")
```

## Source
The vendor's user guide on LaTeX formulas; API page, "Math expression support".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MTH006", "formula-has-words", Severity.WARNING, api=("TXT-07",))
