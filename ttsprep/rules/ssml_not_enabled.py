"""SSML without enable_ssml

## What
The text begins with `<speak>` but the settings do not set `enable_ssml`.

## Why
Without it the service takes the text for plain text: the tags may be read aloud.
On the command line `enable_ssml` is set for SSML, with a note, unless an option or the settings file says false.

## Bad
```python
prepare("<speak>你好</speak>").diagnostics
```

## Good
```python
prepare("<speak>你好</speak>", TaskSettings(enable_ssml=True)).diagnostics
```

## Source
API page, "SSML support".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM001", "ssml-not-enabled", Severity.WARNING, api=("SSM-03",))
