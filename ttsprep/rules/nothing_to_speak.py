"""There is nothing to speak

## What
The prepared text, or all that would go into one of its tasks, has no letter, digit or ideograph.

## Why
The service answers such a task with InvalidParameter, "Please ensure input text is valid." A script of rules, images
or comments only is the usual cause.

## Bad
```python
prepare("——……").diagnostics
```

## Good
```python
prepare("——好……").diagnostics
```

## Source
The service's error pages; own rule FLW-12.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAY001", "nothing-to-speak", Severity.ERROR, api=("FLW-12",), error="text-not-speakable")
