"""hot_fix is no object

## What
`hot_fix` is something else than an object (in TOML: a table).

## Why
It holds two lists, `pronunciation` and `replace`.

## Bad
```toml
hot_fix = [{ "草地" = "cao3 di4" }]
```

## Good
```toml
hot_fix.pronunciation = [{ "草地" = "cao3 di4" }]
```

## Source
API page, "payload.parameters": hot_fix.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR016", "invalid-hot-fix", Severity.ERROR, api=("PAR-16",))
