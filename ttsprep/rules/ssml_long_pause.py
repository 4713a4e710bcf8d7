"""Pauses that are cut short

## What
Neighbouring `<break>` elements last longer together than what takes effect.

## Why
Only the first 10 seconds of their sum are heard.

## Bad
```ssml
<speak>请休息<break time="5s"/><break time="5s"/><break time="5s"/>好了</speak>
```

## Good
```ssml
<speak>请休息<break time="5s"/><break time="5s"/>好了</speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "break".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM052", "ssml-long-pause", Severity.WARNING)
