"""English words stand beside a formula

## What
English text stands right before or after a formula that is left to the service.

## Why
The service reads formulas in Chinese only and skips one that stands in English text.

## Bad
```python
latex.check(r"The area is $a^2$ here.")
```

## Good
```python
latex.check(r"面积是 $a^2$。")
```

## Source
The vendor's user guide on LaTeX formulas; API page, "Math expression support".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MTH007", "formula-beside-english", Severity.WARNING, api=("TXT-07",))
