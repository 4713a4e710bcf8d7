"""An image without a text

## What
An image has no alternative text, and is not named as one that only adorns the page (divider, spacer).

## Why
It is not heard.

## Bad
```markdown
Look: ![](chart.png)
```

## Good
```markdown
Look: ![sales doubled since May](chart.png)
```

## Source
WCAG 2.2, success criterion 1.1.1.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN012", "image-without-text", Severity.NOTE)
