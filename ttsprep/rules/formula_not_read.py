"""The model or voice reads no formulas

## What
The text has a LaTeX formula, but the model does not read formulas, or the speech is not Chinese.

## Why
The service reads the formulas of primary and secondary school, in Chinese only. Other models speak
backslashes, braces and letters one by one.

## Bad
```python
TaskSettings(language_hints=["en"]).formula_findings(Span(0, 5))
```

## Good
```python
TaskSettings(language_hints=["zh"]).formula_findings(Span(0, 5))
```

## Source
API page, "Math expression support"; the vendor's user guide for other models.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MTH001", "formula-not-read", Severity.WARNING, api=("TXT-07",))
