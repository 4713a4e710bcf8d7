"""The bit rate is no integer from 6 to 510

## What
`bit_rate` is not an integer, or lies outside 6 to 510.

## Why
The unit is kilobits per second: 32, not 32000.

## Bad
```toml
format = "opus"
sample_rate = 24000
bit_rate = 32000
```

## Good
```toml
format = "opus"
sample_rate = 24000
bit_rate = 32
```

## Source
API page, "payload.parameters": bit_rate.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR009", "invalid-bit-rate", Severity.ERROR, api=("PAR-09",))
