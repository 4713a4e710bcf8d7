"""A link without a text

## What
Nothing stands between the brackets of a link.

## Why
It is not heard at all.

## Bad
```markdown
See [](https://a.example/r) for all of it.
```

## Good
```markdown
See [the report](https://a.example/r) for all of it.
```

## Source
WCAG 2.2, success criterion 2.4.4, failure F89.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN011", "empty-link", Severity.NOTE)
