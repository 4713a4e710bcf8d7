"""An AIGC propagation field is no string

## What
`aigc_propagator` or `aigc_propagate_id` is not a string.

## Why
Both are written into the mark of machine-made audio as text.

## Bad
```toml
enable_aigc_tag = true
aigc_propagate_id = 17
```

## Good
```toml
enable_aigc_tag = true
aigc_propagate_id = "17"
```

## Source
API page, "payload.parameters": aigc_propagator, aigc_propagate_id.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR015", "invalid-aigc-propagation", Severity.ERROR, api=("PAR-15",))
