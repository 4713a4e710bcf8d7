r"""A formula is not well-formed

## What
A brace, bracket, ``\left`` or environment of a formula is not closed, closes nothing, or a command lacks its
argument.

## Why
What was meant is not certain, so what is heard may not be it.

## Bad
```python
latex.speak(r"\frac{1}{2")[1]
```

## Good
```python
latex.speak(r"\frac{1}{2}")[1]
```

## Source
Own rule: formulas are read with nothing left out.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MTH003", "formula-malformed", Severity.WARNING, api=("TXT-07",))
