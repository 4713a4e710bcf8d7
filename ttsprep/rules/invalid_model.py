"""The model is no model id

## What
`model` is empty or not a string, or it is missing where nothing may be filled in.

## Why
Without one the service answers "Missing required parameter 'payload.model'! Please follow the protocol!".

## Bad
```toml
model = ""
```

## Good
```toml
model = "cosyvoice-v3-flash"
```

## Source
API page, "payload parameters": payload.model is required.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR029", "invalid-model", Severity.ERROR, api=("RUN-05",), error="missing-parameter")
