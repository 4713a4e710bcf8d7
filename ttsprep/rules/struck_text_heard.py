"""Text that is struck out is read

## What
Text is struck out with tildes.

## Why
It is read like all other text, so that the listener hears what was taken back. The option `struck` leaves it out.

## Bad
```markdown
It costs ~~90~~ 80 yuan.
```

## Good
```markdown
It costs 80 yuan, no longer 90.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN020", "struck-text-heard", Severity.NOTE)
