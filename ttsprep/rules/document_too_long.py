"""An SSML document is longer than one instruction takes and cannot be cut

## What
An element of an SSML document counts more characters, tags left out, than one continue-task may carry.

## Why
With `enable_ssml` a task takes exactly one continue-task. A longer document is sent as several, each a task of its own,
but no cut may fall into `sub`, `phoneme` or `say-as`. Shorten the element, or make several of it.

## Bad
```python
prepare("<speak><sub alias='很长'>" + "字" * 12_000 + "</sub></speak>", TaskSettings(enable_ssml=True)).diagnostics
```

## Good
```python
prepare("<speak>" + "一句话。" * 12_000 + "</speak>", TaskSettings(enable_ssml=True)).diagnostics
```

## Source
API page, "Text length limits" and "enable_ssml".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LEN003", "document-too-long", Severity.ERROR, api=("TXT-01", "SSM-04"))
