"""A replacement creates or destroys another key

## What
After a replacement a key stands in the text that did not stand there before, or one that stood there is gone.

## Why
Replacements are assumed to come before pronunciations, each of them once. The service documents no order: with another
one the text is read otherwise.

## Bad
```python
hot_fix.generate("渝都大学和重庆大学", lexicon("渝都 = 重庆", "重庆大学 chong2 qing4 da4 xue2")).diagnostics
```

## Good
```python
hot_fix.generate("去渝都大学", lexicon("渝都 = 山城", "大学 da4 xue2")).diagnostics
```

## Source
Assumption: replacements come first, in one pass.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT034", "replacement-changes-key", Severity.WARNING, api=("PAR-17",))
