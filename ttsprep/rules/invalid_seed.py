"""The seed is no integer from 0 to 65535

## What
`seed` is not an integer, or lies outside 0 to 65535.

## Why
The same seed with the same parameters gives the same audio; the seed has 16 bits.

## Bad
```toml
seed = 65536
```

## Good
```toml
seed = 65535
```

## Source
API page, "payload.parameters": seed.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR011", "invalid-seed", Severity.ERROR, api=("PAR-11",))
