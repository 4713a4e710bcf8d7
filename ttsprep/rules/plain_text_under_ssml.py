"""enable_ssml without SSML

## What
The settings set `enable_ssml` but the text is not SSML.

## Why
The service speaks such a text as it is, but it takes one continue-task only, so a long text is cut into more
tasks than it needs.

## Bad
```python
prepare("你好", TaskSettings(enable_ssml=True)).diagnostics
```

## Good
```python
prepare("你好").diagnostics
```

## Source
Own reading of the API page, "SSML support"; the vendor's client always sends enable_ssml in `call()`.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM002", "plain-text-under-ssml", Severity.NOTE, api=("SSM-03",))
