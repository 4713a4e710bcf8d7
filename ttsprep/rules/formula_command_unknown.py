r"""A command in a formula is not known

## What
A formula that is read aloud has a LaTeX command or environment that ttsprep does not know. Its name is read as a
word, its arguments as they stand.

## Why
Nothing of a formula is left out silently: a listener who hears the name can ask; one who hears nothing cannot.

## Bad
```python
latex.speak(r"\foo{x} + 1")[1]
```

## Good
```python
latex.speak(r"\frac{x}{2} + 1")[1]
```

## Source
Own rule: formulas are read with nothing left out.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MTH002", "formula-command-unknown", Severity.WARNING, api=("TXT-07",))
