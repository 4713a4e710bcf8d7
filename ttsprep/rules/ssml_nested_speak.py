"""A speak inside a speak

## What
A `<speak>` begins before the one around it has ended.

## Why
`<speak>` elements may follow one another but must not stand in one another.

## Bad
```ssml
<speak>你好，<speak>世界</speak></speak>
```

## Good
```ssml
<speak>你好，</speak><speak>世界</speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "general rules".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM012", "ssml-nested-speak", Severity.ERROR, fix="safe")
