"""word_timestamp_enabled is no boolean

## What
`word_timestamp_enabled` is something else than `true` or `false`.

## Why
Numbers and strings such as 1 or "true" are other JSON types; the service may refuse them or take them for
false.

## Bad
```toml
word_timestamp_enabled = 1
```

## Good
```toml
word_timestamp_enabled = true
```

## Source
API page, "payload.parameters": word_timestamp_enabled.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR010", "invalid-word-timestamp-enabled", Severity.ERROR, api=("PAR-10",))
