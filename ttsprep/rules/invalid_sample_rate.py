"""The sample rate does not exist

## What
`sample_rate` is not one of 8000, 16000, 22050, 24000, 44100, 48000 (Hz).

## Why
The service makes audio at these rates only.

## Bad
```toml
sample_rate = 44000
```

```toml
sample_rate = "48000"
```

## Good
```toml
sample_rate = 44100
```

## Source
API page, "payload.parameters": sample_rate.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR004", "invalid-sample-rate", Severity.ERROR, api=("PAR-04",), fix="unsafe")
