"""A list nested too deep for the ear

## What
A list stands four levels deep.

## Why
By ear three levels can hardly be told apart: indentation makes no sound.

## Bad
```markdown
- a
  - b
    - c
      - d
```

## Good
```markdown
- a
  - b
    - c
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN017", "list-too-deep", Severity.NOTE)
