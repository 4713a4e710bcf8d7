r"""A formula has no delimiters

## What
A LaTeX command stands in the text outside of any formula.

## Why
Without delimiters the service may misread a formula or leave it out.

## Bad
```python
latex.check(r"面积是 \frac{1}{2} 米")
```

## Good
```python
latex.check(r"面积是 $\frac{1}{2}$ 米")
```

## Source
The vendor's user guide on LaTeX formulas; API page, "Math expression support".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MTH009", "formula-without-delimiters", Severity.WARNING, api=("TXT-07",))
