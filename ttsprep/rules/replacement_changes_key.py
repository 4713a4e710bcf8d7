"""A replacement creates or destroys another key

## What
After a replacement a key stands in the text that did not stand there before, or one that stood there is gone.

## Why
Replacements are assumed to come before pronunciations, each of them once. The service documents no order: with another
one the text is read otherwise.

## Bad
```python
hot_fix.generate("去渝都大学", lexicon.Lexicon.of([lexicon.Entry("渝都", lexicon.Kind.REPLACE, "重庆"), lexicon.Entry("重庆大学", lexicon.Kind.PRONUNCIATION, "chong2 qing4 da4 xue2"), lexicon.Entry("大学", lexicon.Kind.PRONUNCIATION, "da4 xue2")])).diagnostics
```

## Good
```python
hot_fix.generate("去渝都大学", lexicon.Lexicon.of([lexicon.Entry("渝都", lexicon.Kind.REPLACE, "山城"), lexicon.Entry("大学", lexicon.Kind.PRONUNCIATION, "da4 xue2")])).diagnostics
```

## Source
Assumption: replacements come first, in one pass.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT034", "replacement-changes-key", Severity.WARNING, api=("PAR-17",))
