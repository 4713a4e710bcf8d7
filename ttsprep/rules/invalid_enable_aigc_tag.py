"""enable_aigc_tag is no boolean

## What
`enable_aigc_tag` is something else than `true` or `false`.

## Why
Numbers and strings such as 1 or "true" are other JSON types; the service may refuse them or take them for
false.

## Bad
```toml
enable_aigc_tag = 1
```

## Good
```toml
enable_aigc_tag = true
```

## Source
API page, "payload.parameters": enable_aigc_tag.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR014", "invalid-enable-aigc-tag", Severity.ERROR, api=("PAR-14",))
