"""A conversion says it in another way

## What
Something of another dialect of SSML was replaced by what is heard the same here.

## Why
So that every change can be looked over. Nothing is lost.

## Bad
```python
ssml.convert('<speak><prosody rate="120%">你好</prosody></speak>').diagnostics
```

## Good
```python
ssml.convert('<speak rate="1.2">你好</speak>').diagnostics
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM080", "ssml-converted", Severity.NOTE)
