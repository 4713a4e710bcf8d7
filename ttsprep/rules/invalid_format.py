"""The audio format does not exist

## What
`format` is not one of pcm, wav, mp3, opus.

## Why
The service answers "Request format is invalid!". For audio in an Ogg container choose opus.

## Bad
```toml
format = "ogg"
```

## Good
```toml
format = "opus"
```

## Source
API page, "payload.parameters": format.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR003", "invalid-format", Severity.ERROR, api=("PAR-03",), fix="unsafe", error="format-invalid")
