"""An attribute that the element does not have

## What
The attribute is none of those that the service reads on this element.

## Why
It is refused or has no effect; which is not documented.

## Bad
```ssml
<speak>你好<break tme="1s"/></speak>
```

```ssml
<speak version="1.0">你好</speak>
```

## Good
```ssml
<speak>你好<break time="1s"/></speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM035", "ssml-unknown-attribute", Severity.ERROR, fix="safe")
