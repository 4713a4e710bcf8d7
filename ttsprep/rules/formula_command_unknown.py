r"""A command in a formula is not known

## What
A formula that is read aloud has a LaTeX command, environment or sign that ttsprep does not know. The name of a command
is read as a word, its arguments as they stand; a sign is left as it is.

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
