"""text_type is not PlainText

## What
`text_type` is something else than `PlainText`.

## Why
The API has one fixed value, also for SSML, which is switched on by `enable_ssml`. The value `SSML`, which
some clients send, is not in the API.

## Bad
```toml
text_type = "SSML"
enable_ssml = true
```

## Good
```toml
text_type = "PlainText"
enable_ssml = true
```

## Source
API page, "payload.parameters": text_type.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR001", "invalid-text-type", Severity.ERROR, api=("PAR-01",))
