"""An attribute twice

## What
A tag has two attributes of the same name.

## Why
SSML has to be XML. What the service does with a document that is none is not documented: it may refuse it, read the
tags aloud, or drop what it does not understand.

## Bad
```ssml
<speak rate="1.2" rate="1.5">你好</speak>
```

## Good
```ssml
<speak rate="1.2">你好</speak>
```

## Source
XML 1.0, section 3.1.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM024", "ssml-attribute-twice", Severity.ERROR, fix="unsafe")
