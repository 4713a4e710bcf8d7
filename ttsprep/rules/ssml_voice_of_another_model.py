"""A voice that is not of the model

## What
The `voice` of a `<speak>` is a voice of another model than the request's, or one that does not read SSML.

## Why
The service answers with error 418, or that SSML is not supported.

## Bad
```ssml
<speak voice="longcheng_v2">我是男声。</speak>
```

## Good
```ssml
<speak voice="longanyang">我是男声。</speak>
```

## Source
API page, "SSML support" and its voice list.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule(
    "SSM055", "ssml-voice-of-another-model", Severity.ERROR, api=("SSM-02", "PAR-02"), error="voice-not-of-model"
)
