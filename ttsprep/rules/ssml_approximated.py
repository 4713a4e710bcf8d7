"""A conversion comes near it

## What
A value of another dialect of SSML is out of the service's range, or what it stands for is not exactly known. The
nearest value was taken.

## Why
The document will sound a little other than its author meant it.

## Bad
```python
ssml.convert('<speak><break time="15s"/>你好</speak>').diagnostics
```

```python
ssml.convert('<speak><prosody rate="300%">你好</prosody></speak>').diagnostics
```

## Good
```python
ssml.convert('<speak><break time="1.5s"/>你好</speak>').diagnostics
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM082", "ssml-approximated", Severity.WARNING)
