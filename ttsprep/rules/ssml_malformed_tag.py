"""A tag that is not written as XML wants it

## What
Quotes, an equals sign or a space is missing in a tag, or something stands there that belongs to no attribute.

## Why
SSML has to be XML. What the service does with a document that is none is not documented: it may refuse it, read the
tags aloud, or drop what it does not understand.

## Bad
```ssml
<speak>你好<break time=1s/></speak>
```

```ssml
<speak rate="1.2"pitch="1">你好</speak>
```

```ssml
<speak rate=“1.2”>你好</speak>
```

## Good
```ssml
<speak>你好<break time="1s"/></speak>
```

## Source
XML 1.0, section 3.1.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM025", "ssml-malformed-tag", Severity.ERROR, fix="safe")
