"""pcm has no room for the AIGC mark

## What
`enable_aigc_tag` is true and `format` is pcm.

## Why
The mark is put into wav, mp3 and opus only.

## Bad
```toml
format = "pcm"
enable_aigc_tag = true
```

## Good
```toml
format = "wav"
enable_aigc_tag = true
```

## Source
API page, "payload.parameters": enable_aigc_tag.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR040", "aigc-with-pcm", Severity.WARNING, api=("PAR-14",))
