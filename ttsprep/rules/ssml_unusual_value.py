"""A value in an unusual form

## What
The value is legal, but written as hardly anybody writes it: `+1.5`, `01.5`, `.5`, blanks around a word or a number.

## Why
XML Schema allows it. Whether the service's own parser does is not known.

## Bad
```ssml
<speak rate="+1.5">你好</speak>
```

```ssml
<speak><say-as interpret-as=" digits ">12</say-as></speak>
```

## Good
```ssml
<speak rate="1.5">你好</speak>
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM041", "ssml-unusual-value", Severity.WARNING, fix="safe")
