"""An element that never ends

## What
A start tag has no end tag.

## Why
SSML has to be XML. What the service does with a document that is none is not documented: it may refuse it, read the
tags aloud, or drop what it does not understand.

## Bad
```ssml
<speak>请等一下<break time="1s">好了。</speak>
```

```ssml
<speak>你好。
```

## Good
```ssml
<speak>请等一下<break time="1s"/>好了。</speak>
```

## Source
XML 1.0, section 3.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM013", "ssml-unclosed-element", Severity.ERROR, fix="safe")
