"""enable_ssml is no boolean

## What
`enable_ssml` is something else than `true` or `false`.

## Why
Numbers and strings such as 1 or "true" are other JSON types; the service may refuse them or take them for
false.

## Bad
```toml
enable_ssml = "true"
```

## Good
```toml
enable_ssml = true
```

## Source
API page, "payload.parameters": enable_ssml.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR008", "invalid-enable-ssml", Severity.ERROR, api=("PAR-08",))
