"""A web address without a text

## What
A web address with a path stands in the text as it is.

## Why
Of it the host alone is heard (`MarkdownOptions.addresses`). A link with a text says what is there.

## Bad
```markdown
See https://a.example/reports/2026.
```

## Good
```markdown
See [the reports](https://a.example/reports/2026), or a.example.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN019", "bare-address", Severity.NOTE)
