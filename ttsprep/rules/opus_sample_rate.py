"""Opus has no such sample rate

## What
`format` is opus, and the sample rate (22050 if not given) is none of those that Opus has: 8000, 12000, 16000,
24000, 48000 Hz.

## Why
The audio is encoded at the next higher rate that Opus has: 22050 at 24000, 44100 at 48000.

## Bad
```toml
format = "opus"
```

## Good
```toml
format = "opus"
sample_rate = 24000
```

## Source
RFC 6716, section 2.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR047", "opus-sample-rate", Severity.NOTE, api=("PAR-04",))
