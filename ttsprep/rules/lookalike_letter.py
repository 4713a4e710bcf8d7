r"""A letter of another script

## What
A word of Latin letters has a Cyrillic or Greek letter that only looks Latin.

## Why
The word cannot be read as it looks. Such words come from text that was made unsearchable, or from the wrong keyboard.

## Bad
```python
findings("Please log in to P\u0430yPal.")
```

## Good
```text
Please log in to PayPal. ΔT and μm are units.
```

## Source
Unicode Technical Standard 39, confusables.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT014", "lookalike-letter", Severity.WARNING, fix="unsafe")
