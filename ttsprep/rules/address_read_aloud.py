"""A web address is read aloud

## What
A web address stands in plain text or SSML.

## Why
It is read character by character. Name the place instead; in Markdown the option `addresses` reads the host alone.

## Bad
```text
See https://example.com/a/b?c=d for more.
```

## Good
```text
See example.com for more.
```

```markdown
See [the report](https://example.com/a/b?c=d).
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT026", "address-read-aloud", Severity.WARNING)
