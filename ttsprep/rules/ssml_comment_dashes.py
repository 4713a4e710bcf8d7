"""-- in a comment

## What
A comment holds `--` or ends with `--->`.

## Why
SSML has to be XML. What the service does with a document that is none is not documented: it may refuse it, read the
tags aloud, or drop what it does not understand.

## Bad
```ssml
<speak><!-- a -- b -->你好</speak>
```

## Good
```ssml
<speak><!-- a, b -->你好</speak>
```

## Source
XML 1.0, section 2.5.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM023", "ssml-comment-dashes", Severity.ERROR, fix="safe")
