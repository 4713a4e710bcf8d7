"""No speak element

## What
The text is to be read as SSML, but nothing in it stands in a `<speak>` element.

## Why
Everything that is spoken has to stand inside `<speak>`.

## Bad
```ssml
<phoneme alphabet="py" ph="chong2 qing4">重庆</phoneme>
```

## Good
```ssml
<speak><phoneme alphabet="py" ph="chong2 qing4">重庆</phoneme></speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "general rules".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM010", "ssml-no-root", Severity.ERROR, fix="safe")
