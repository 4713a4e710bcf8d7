"""The model is not sold in the region

## What
The vendor's pages sell the model in another region only.

## Why
Keys belong to a region, and a key of this one will not reach the model.

## Bad
```toml
model = "cosyvoice-v2"
voice = "longxiaochun_v2"
```

## Good
```toml
region = "beijing"
model = "cosyvoice-v2"
voice = "longxiaochun_v2"
```

## Source
The vendor's list of models and regions.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR024", "model-not-in-region", Severity.WARNING, api=("RUN-05",), error="model-not-found")
