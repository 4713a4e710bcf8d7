"""The two checkers disagree

## What
The document passed the checks of ttsprep, but the independent validator of the grammar refuses it.

## Why
One of the two is wrong. That is a fault of ttsprep, not of the document, so please report it. It is not sent.

## Bad
```python
[ssml.disagreement("<speak>你好<brake/></speak>")]
```

## Good
```python
filter(None, [ssml.disagreement("<speak>你好<break/></speak>")])
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM059", "ssml-checkers-disagree", Severity.ERROR)
