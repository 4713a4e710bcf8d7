"""The voice belongs to another model

## What
`voice` is a system voice, but not of this model.

## Why
The service answers "[tts:]Engine return error code: 418". Voices of cosyvoice-v3-flash end in `_v3` (except
longanyang and longanhuan), many of cosyvoice-v2 in `_v2`. The 3.5 models have no system voices at all.

## Bad
```toml
voice = "longxiaochun_v2"
```

```toml
region = "beijing"
model = "cosyvoice-v2"
voice = "longanyang"
```

## Good
```toml
voice = "longxiaochun_v3"
```

## Source
API page, "payload.parameters": voice, and "task-failed"; the vendor's voice list and error page.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule(
    "PAR027", "voice-of-another-model", Severity.ERROR, api=("PAR-02",), fix="unsafe", error="voice-not-of-model"
)
