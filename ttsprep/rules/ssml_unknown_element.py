"""An element that the service does not have

## What
The element is none of the six that the service reads.

## Why
Such a tag is refused, ignored or read aloud; which is not documented.

## Bad
```ssml
<speak>你好<brake time="1s"/></speak>
```

## Good
```ssml
<speak>你好<break time="1s"/></speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM030", "ssml-unknown-element", Severity.ERROR, fix="unsafe")
