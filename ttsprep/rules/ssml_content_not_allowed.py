"""Something inside an empty element

## What
Text stands inside `<break>` or `<soundEvent>`.

## Why
These elements are empty: the text would be lost, or the document refused.

## Bad
```ssml
<speak>你好<break>停顿</break></speak>
```

## Good
```ssml
<speak>你好<break/>停顿</speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "nesting".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM034", "ssml-content-not-allowed", Severity.ERROR, fix="unsafe")
