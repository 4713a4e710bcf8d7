"""A heading without a word

## What
A heading has no letter or digit.

## Why
It is not heard; a title may have been forgotten.

## Bad
```markdown
##

Some text.
```

## Good
```markdown
Tea
===

Some text.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN014", "empty-heading", Severity.NOTE)
