"""The bit rate acts on opus only

## What
`bit_rate` is given, but `format` is not opus (without `format` it is mp3).

## Why
It has no effect on other formats. In the Beijing region a newer page has it for mp3 too, so there it is a
note.

## Bad
```toml
bit_rate = 64
```

## Good
```toml
format = "opus"
bit_rate = 64
```

## Source
API page, "payload.parameters": bit_rate.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR046", "bit-rate-without-opus", Severity.WARNING, api=("PAR-09",))
