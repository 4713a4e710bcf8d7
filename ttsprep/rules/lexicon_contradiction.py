"""Two entries contradict each other

## What
Two entries of a file have the same text and context, and different values. Between two files it is a note: a later
file corrects an earlier one.

## Why
Only one of them can act: the later.

## Bad
```lexicon
行长 hang2 zhang3
行长 xing2 chang2
```

```lexicon
今天 jin1 tian1
今天 = 金天
```

## Good
```lexicon
行长 hang2 zhang3
[银]行 hang2
行 xing2
```

## Source
docs/lexicon.md.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT005", "lexicon-contradiction", Severity.WARNING, api=())
