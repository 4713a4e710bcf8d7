"""An attribute is missing

## What
The element needs an attribute that is not there.

## Why
Without it the element says nothing.

## Bad
```ssml
<speak><sub>W3C</sub></speak>
```

## Good
```ssml
<speak><sub alias="网络协议标准">W3C</sub></speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM036", "ssml-missing-attribute", Severity.ERROR)
