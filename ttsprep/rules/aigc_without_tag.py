"""An AIGC field without the AIGC mark

## What
`aigc_propagator` or `aigc_propagate_id` is given, but `enable_aigc_tag` is not true.

## Why
Both act only with the mark.

## Bad
```toml
aigc_propagator = "me"
```

## Good
```toml
enable_aigc_tag = true
aigc_propagator = "me"
```

## Source
API page, "payload.parameters": aigc_propagator.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR041", "aigc-without-tag", Severity.WARNING, api=("PAR-15",))
