"""A lexicon that is included cannot be used

## What
An included file does not exist, includes itself by way of others, or lies too deep in files that include each
other.

## Why
The author counts on its entries.

## Bad
```lexicon
@include no-such-file.txt
```

## Good
```lexicon
# @include no-such-file.txt
```

## Source
docs/lexicon.md.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT003", "lexicon-include", Severity.ERROR, api=())
