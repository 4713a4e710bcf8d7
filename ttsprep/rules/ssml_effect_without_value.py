"""An effect without its value

## What
`eq`, `lpfilter` and `hpfilter` say nothing without `effectValue`.

## Why
No default is documented.

## Bad
```ssml
<speak effect="eq">你好</speak>
```

## Good
```ssml
<speak effect="eq" effectValue="1 0 1 1 1 1 0 1">你好</speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "speak".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM056", "ssml-effect-without-value", Severity.WARNING)
