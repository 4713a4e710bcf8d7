"""The text or the value of an entry is very long

## What
The text of an entry has over 100 characters, or its value over 200.

## Why
Limits are not documented; a text of that length is hardly a word, and rather a column that slipped.

## Bad
```lexicon
a key of a hundred and one letters, that is more than anybody who writes a lexicon would call a word by  = x
```

## Good
```lexicon
零一二三四五六七八九 = 数字
```

## Source
Assumption: see docs/assumptions.md.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT016", "lexicon-length", Severity.WARNING, api=())
