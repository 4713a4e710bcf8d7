"""A power outside of a formula

## What
``x^2`` stands in the text, not in a formula.

## Why
The sign ^ is read by its name or left out: "x 2". Write ``$x^2$`` or x².

## Bad
```markdown
The area is x^2 here.
```

## Good
```markdown
The area is $x^2$ here, or x².
```

## Source
API page, "Math expression support".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MTH011", "power-outside-formula", Severity.NOTE, api=("TXT-07",))
