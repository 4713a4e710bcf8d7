"""A value that the attribute does not take

## What
The value is outside the range, is none of the words, or has not the form that the attribute takes.

## Why
It is refused or has no effect; which is not documented.

## Bad
```ssml
<speak>你好<break time="0.5s"/></speak>
```

```ssml
<speak volume="0.8">你好</speak>
```

```ssml
<speak><say-as interpret-as="dgits">12</say-as></speak>
```

## Good
```ssml
<speak volume="80">你好<break time="500ms"/></speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM037", "ssml-invalid-value", Severity.ERROR, fix="safe")
