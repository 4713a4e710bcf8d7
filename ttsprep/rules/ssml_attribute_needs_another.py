"""An attribute without its partner

## What
`effectValue` has a meaning only beside the effects eq, lpfilter and hpfilter, `backgroundMusicVolume` only beside
`bgm`.

## Why
Alone it says nothing.

## Bad
```ssml
<speak effectValue="1200">你好</speak>
```

```ssml
<speak backgroundMusicVolume="30">你好</speak>
```

## Good
```ssml
<speak effect="lpfilter" effectValue="1200">你好</speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM038", "ssml-attribute-needs-another", Severity.ERROR, fix="unsafe")
