"""The catalog does not know the model

## What
`model` names a model that is not in ttsprep's catalog.

## Why
It may be newer than the catalog, so it is not refused; but nothing can be checked that depends on the model.

## Bad
```toml
model = "cosyvoice-v3-falsh"
```

## Good
```toml
model = "cosyvoice-v3-flash"
```

## Source
API page, "payload parameters": payload.model.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR023", "unknown-model", Severity.NOTE, api=("RUN-05",), fix="unsafe", error="model-not-found")
