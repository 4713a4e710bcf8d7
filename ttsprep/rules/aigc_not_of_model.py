"""The model does not mark its audio

## What
`enable_aigc_tag`, `aigc_propagator` or `aigc_propagate_id` is given for a model that does not have them. It
is a warning where official pages are not clear.

## Why
The API page has them for cosyvoice-v3-flash and cosyvoice-v3-plus.

## Bad
```toml
region = "beijing"
model = "cosyvoice-v1"
voice = "longwan"
enable_aigc_tag = true
```

## Good
```toml
enable_aigc_tag = true
```

## Source
API page, "payload.parameters": enable_aigc_tag.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR039", "aigc-not-of-model", Severity.ERROR, api=("PAR-14", "PAR-15"))
