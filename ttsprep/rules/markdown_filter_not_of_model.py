"""The model has no Markdown filter

## What
`enable_markdown_filter` is true for another model than cosyvoice-v3-flash. For a system voice it is a warning
or a note: the pages of another region have it for cloned voices only.

## Why
Markdown symbols would be read aloud. `ttsprep prepare` takes them out before sending, for every model and
voice.

## Bad
```toml
model = "cosyvoice-v3-plus"
enable_markdown_filter = true
```

## Good
```toml
voice = "my-cloned-voice"
enable_markdown_filter = true
```

## Source
API page, "payload.parameters": enable_markdown_filter.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR045", "markdown-filter-not-of-model", Severity.ERROR, api=("PAR-18",))
