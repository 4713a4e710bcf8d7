"""An SSML document is longer than one instruction takes

## What
An SSML document counts more characters, tags left out, than one continue-task may carry.

## Why
With `enable_ssml` a task takes exactly one continue-task, so the document cannot be sent as it is. Cut it into
several complete `<speak>` documents at sentence ends; each is a task of its own.

## Bad
```python
prepare("<speak>" + "一句话。" * 3_000 + "</speak>", TaskSettings(enable_ssml=True)).diagnostics
```

## Good
```python
prepare("<speak>" + "一句话。" * 2_000 + "</speak>", TaskSettings(enable_ssml=True)).diagnostics
```

## Source
API page, "Text length limits" and "enable_ssml".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LEN003", "document-too-long", Severity.ERROR, api=("TXT-01", "SSM-04"))
