"""A link that does not say where it leads

## What
The text of a link is "here", "click here", 点击这里 or the like.

## Why
Only the text of a link is heard, and by ear there is nothing to click.

## Bad
```markdown
For the report click [here](https://a.example/r).
```

## Good
```markdown
Read [the report of 2026](https://a.example/r).
```

## Source
WCAG 2.2, success criterion 2.4.4.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN010", "vague-link", Severity.NOTE)
