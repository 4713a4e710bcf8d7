"""An entry stands twice

## What
Two entries have the same text, context and value. In two files that is a note.

## Why
One of them is superfluous, and will be forgotten when the other is changed.

## Bad
```lexicon
重庆 chong2 qing4
重庆 chóng qìng
```

## Good
```lexicon
重庆 chong2 qing4
重庆大学 chong2 qing4 da4 xue2
```

## Source
docs/lexicon.md.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT004", "lexicon-duplicate", Severity.WARNING, api=())
