"""A filter above half the sample rate

## What
`effectValue` of a filter is above half the sample rate of the request.

## Why
There is no sound up there: the range is (0, sample_rate/2].

## Bad
```python
ssml.validate('<speak effect="lpfilter" effectValue="9000">你好</speak>', TaskSettings(sample_rate=16000))
```

## Good
```python
ssml.validate('<speak effect="lpfilter" effectValue="8000">你好</speak>', TaskSettings(sample_rate=16000))
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "speak".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM054", "ssml-filter-frequency", Severity.ERROR)
