"""The lexicon is said without hot_fix

## What
The model has no hot_fix, so the corrections stand in the text: as SSML, where model and voice read it, or as plain
replacements.

## Why
The same lexicon serves every model. SSML makes a task of each instruction, and plain replacement has no pronunciations.

## Bad
```python
hot_fix.correct("今天", lexicon("今天 = 金天"), TaskSettings(model="cosyvoice-v3-plus")).diagnostics
```

## Good
```python
hot_fix.correct("今天", lexicon("今天 = 金天"), TaskSettings()).diagnostics
```

## Source
API page, hot_fix: cosyvoice-v3-flash only.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT038", "corrections-without-hot-fix", Severity.NOTE, api=("PAR-17",))
