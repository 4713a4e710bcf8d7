"""A rate or pitch on the old scale

## What
The value is on the scale of the vendor's older product: integers from -500 to 500 with 0 for normal.

## Why
CosyVoice takes multiples: 0.5 to 2 with 1 for normal. Examples of the vendor's own page still show the old scale.

## Bad
```ssml
<speak rate="200">你好</speak>
```

## Good
```ssml
<speak rate="1.25">你好</speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), whose examples break its tables; the conversion stands in comments of
the vendor's SDK.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM039", "ssml-nls-scale", Severity.ERROR, fix="unsafe")
