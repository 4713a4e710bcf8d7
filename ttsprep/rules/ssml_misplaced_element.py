"""An element where it must not stand

## What
The element stands inside one that takes text only, or nothing.

## Why
Inside `<sub>`, `<phoneme>` and `<say-as>` there is text only; `<break>` and `<soundEvent>` are empty.

## Bad
```ssml
<speak><sub alias="你好">a<break/>b</sub></speak>
```

## Good
```ssml
<speak><sub alias="你好">ab</sub><break/></speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "nesting".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM033", "ssml-misplaced-element", Severity.ERROR)
