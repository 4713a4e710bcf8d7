"""A sentence is longer than one instruction takes

## What
A single sentence counts more characters than one continue-task may carry, so it is sent in pieces: cut at a clause
mark where there is one, else at a space, never inside a number, an address or a character with its accents.

## Why
Where a piece ends the service goes on in the same sentence, so nothing is lost; but a sentence of that length has
usually lost its punctuation, and nothing of it is heard before the first mark that ends a sentence.

## Bad
```python
prepare("字" * 12_000).diagnostics
```

## Good
```python
prepare("一句话。" * 3_000).diagnostics
```

## Source
API page, "Text length limits".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LEN001", "sentence-cut", Severity.WARNING, api=("TXT-01",))
