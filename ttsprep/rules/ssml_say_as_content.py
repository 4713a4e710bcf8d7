"""Content that does not fit its say-as

## What
The text inside `<say-as>` has none of the forms that are documented for its `interpret-as`.

## Why
It may be read otherwise than meant. The vendor's own examples go beyond its tables, so this is a warning.

## Bad
```ssml
<speak><say-as interpret-as="date">昨天</say-as></speak>
```

## Good
```ssml
<speak><say-as interpret-as="date">2026-11-22</say-as></speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "say-as".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM053", "ssml-say-as-content", Severity.WARNING)
