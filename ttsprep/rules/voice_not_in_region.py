"""The voice is not offered in the region

## What
The vendor's voice list offers the voice in another region only.

## Why
It says so for 22 voices of cosyvoice-v3-flash that speak other languages than Chinese; the service probably
answers "Engine return error code: 418".

## Bad
```toml
voice = "loongabby_v3"
```

## Good
```toml
region = "beijing"
voice = "loongabby_v3"
```

## Source
The vendor's voice list.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR028", "voice-not-in-region", Severity.WARNING, api=("PAR-02",), error="voice-not-of-model")
