"""The pitch is no number from 0.5 to 2.0

## What
`pitch` is not a number, or lies outside 0.5 to 2.0.

## Why
It is a multiplier: 1 leaves the voice as it is. What is heard does not follow it linearly, so try it by ear.
The older scale of -500 to 500 belongs to another product.

## Bad
```toml
pitch = 0
```

```toml
pitch = -100
```

## Good
```toml
pitch = 1
```

```toml
pitch = 0.5
```

## Source
API page, "payload.parameters": pitch.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR007", "invalid-pitch", Severity.ERROR, api=("PAR-07",))
