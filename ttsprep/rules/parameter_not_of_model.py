"""The model does not have the parameter

## What
`seed`, `language_hints`, `bit_rate` or the format opus is given for a model that, by the vendor's other
pages, does not have it.

## Why
The API page is silent about these models; the parameter would not act, or the service would refuse the task.

## Bad
```toml
region = "beijing"
model = "cosyvoice-v1"
voice = "longwan"
seed = 7
```

## Good
```toml
seed = 7
```

## Source
The vendor's list of models and features.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR049", "parameter-not-of-model", Severity.WARNING, api=("PAR-03", "PAR-09", "PAR-11", "PAR-12"))
