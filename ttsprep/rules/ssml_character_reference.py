"""A reference to no character

## What
A character reference is malformed or stands for a character that XML does not allow.

## Why
SSML has to be XML. What the service does with a document that is none is not documented: it may refuse it, read the
tags aloud, or drop what it does not understand.

## Bad
```ssml
<speak>你好&#0;</speak>
```

```ssml
<speak>&#X41;</speak>
```

## Good
```ssml
<speak>&#20320;&#x597D;</speak>
```

## Source
XML 1.0, section 4.1.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM018", "ssml-character-reference", Severity.ERROR, fix="unsafe")
