"""The speech rate is no number from 0.5 to 2.0

## What
`rate` is not a number, or lies outside 0.5 to 2.0.

## Why
The service speaks at half to twice the normal rate. Integers are numbers: `rate = 1` is fine, and is sent as
it is. The older scale of -500 to 500 belongs to another product.

## Bad
```toml
rate = 3
```

```toml
rate = "1.2"
```

```toml
rate = nan
```

## Good
```toml
rate = 1
```

```toml
rate = 2.0
```

## Source
API page, "payload.parameters": rate.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR006", "invalid-rate", Severity.ERROR, api=("PAR-06",))
