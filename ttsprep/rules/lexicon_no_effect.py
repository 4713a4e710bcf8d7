"""A text is replaced by itself

## What
Text and replacement are the same.

## Why
It changes nothing, unless it is to cancel an entry of an included file.

## Bad
```lexicon
今天 = 今天
```

## Good
```lexicon
今天 = 金天
```

## Source
docs/lexicon.md.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT013", "lexicon-no-effect", Severity.WARNING, api=())
