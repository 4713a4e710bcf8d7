"""A NUL character in the text

## What
The text holds U+0000.

## Why
It is never meant to be spoken; it usually shows that a file is binary, or UTF-16 read as UTF-8.

## Bad
```python
prepare("one\\0two").diagnostics
```

## Good
```python
prepare("one two").diagnostics
```

## Source
Own rule, an addition to TXT-06.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT003", "nul-character", Severity.ERROR, api=("TXT-06",), error="refused-message")
