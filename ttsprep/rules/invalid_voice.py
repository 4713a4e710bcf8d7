"""The voice is no voice id

## What
`voice` is empty or not a string, or it is missing where nothing may be filled in.

## Why
Every task needs a voice. Without one the service answers "Request voice is invalid!".

## Bad
```toml
voice = ""
```

```toml
voice = 3
```

## Good
```toml
voice = "longanyang"
```

## Source
API page, "payload.parameters": voice is required; the answer is from the vendor's error page.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR002", "invalid-voice", Severity.ERROR, api=("PAR-02",), error="voice-missing")
