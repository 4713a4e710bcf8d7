"""A tag, comment or section that does not end

## What
The text goes on, or is over, before a tag has its `>`, a comment its `-->` or a CDATA section its `]]>`.

## Why
SSML has to be XML. What the service does with a document that is none is not documented: it may refuse it, read the
tags aloud, or drop what it does not understand.

## Bad
```ssml
<speak>你好<break time="1s"</speak>
```

```ssml
<speak><!-- 你好</speak>
```

## Good
```ssml
<speak>你好<break time="1s"/></speak>
```

## Source
XML 1.0, sections 2.5, 2.7 and 3.1.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM026", "ssml-unfinished", Severity.ERROR, fix="unsafe")
