r"""A character was lost

## What
U+FFFD stands in the text.

## Why
It is what a program writes for bytes that it could not read. The word it stands in is read wrongly; get the text
again from where it came.

## Bad
```python
findings("Caf\ufffd Central")
```

## Good
```text
Café Central
```

## Source
Unicode Standard, section 23.8.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT008", "replacement-character", Severity.WARNING)
