"""An element of another vendor's SSML

## What
The element belongs to W3C SSML, or to the dialect of another speech service.

## Why
This service reads six elements only. The message says what to do instead.

## Bad
```ssml
<speak><prosody rate="0.9">慢一点。</prosody></speak>
```

```ssml
<speak><mstts:express-as style="sad">再见。</mstts:express-as></speak>
```

## Good
```ssml
<speak rate="0.9">慢一点。</speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02); the dialects as their vendors document them.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM031", "ssml-other-dialect", Severity.ERROR)
