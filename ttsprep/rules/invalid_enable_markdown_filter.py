"""enable_markdown_filter is no boolean

## What
`enable_markdown_filter` is something else than `true` or `false`.

## Why
Numbers and strings such as 1 or "true" are other JSON types; the service may refuse them or take them for
false.

## Bad
```toml
enable_markdown_filter = "yes"
```

## Good
```toml
enable_markdown_filter = true
```

## Source
API page, "payload.parameters": enable_markdown_filter.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR018", "invalid-enable-markdown-filter", Severity.ERROR, api=("PAR-18",))
