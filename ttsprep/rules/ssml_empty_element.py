"""An element around nothing

## What
An alias, or the text of an element that reads its text, is empty.

## Why
Nothing is heard in its place.

## Bad
```ssml
<speak>你好<sub alias="">W3C</sub></speak>
```

```ssml
<speak><say-as interpret-as="digits"></say-as>好</speak>
```

## Good
```ssml
<speak>你好<sub alias="网络协议标准">W3C</sub></speak>
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM057", "ssml-empty-element", Severity.WARNING)
