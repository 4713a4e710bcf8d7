"""A bare <

## What
A `<` begins no tag, or stands in an attribute value.

## Why
SSML has to be XML. What the service does with a document that is none is not documented: it may refuse it, read the
tags aloud, or drop what it does not understand.

## Bad
```ssml
<speak>1 < 2</speak>
```

```ssml
<speak><sub alias="a<b">c</sub></speak>
```

## Good
```ssml
<speak>1 &lt; 2</speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "escape"; XML 1.0, section 2.4.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM016", "ssml-less-than", Severity.ERROR, fix="safe")
