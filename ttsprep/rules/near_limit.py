"""A limit is near

## What
An SSML document counts over 90 % of what its one instruction takes, or a script over 90 % of what one task takes.

## Why
A few sentences more, and it is sent as several tasks.

## Bad
```python
findings("<speak>" + "一句话。" * 2_700 + "</speak>", "a.ssml")
```

## Good
```python
findings("<speak>" + "一句话。" * 1_000 + "</speak>", "a.ssml")
```

## Source
API page, "Text length limits".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LEN005", "near-limit", Severity.NOTE, api=("TXT-01", "TXT-02"))
