"""The volume is no integer from 0 to 100

## What
`volume` is not an integer, or lies outside 0 to 100.

## Why
The scale is linear: 0 is silent, 50 the default, 100 the maximum. A boolean and a number with a fraction are
not integers.

## Bad
```toml
volume = 101
```

```toml
volume = 49.5
```

```toml
volume = true
```

## Good
```toml
volume = 100
```

## Source
API page, "payload.parameters": volume.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR005", "invalid-volume", Severity.ERROR, api=("PAR-05",))
