"""The region does not exist

## What
`region` is not a region of the catalog.

## Why
The region decides host, models, voices and prices. `ttsprep models` lists the regions of each model.

## Bad
```toml
region = "china"
```

## Good
```toml
region = "beijing"
```

## Source
API page, "URL"; other regions: the pages of those regions.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR025", "invalid-region", Severity.ERROR, api=("URL-01",), fix="unsafe")
