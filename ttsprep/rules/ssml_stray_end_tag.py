"""An end tag without a start tag

## What
An end tag ends nothing that is open.

## Why
SSML has to be XML. What the service does with a document that is none is not documented: it may refuse it, read the
tags aloud, or drop what it does not understand.

## Bad
```ssml
<speak>你好。</sub></speak>
```

## Good
```ssml
<speak>你好。</speak>
```

## Source
XML 1.0, section 3.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM014", "ssml-stray-end-tag", Severity.ERROR, fix="safe")
