"""A pause mark of another service

## What
`<#0.6#>` is how MiniMax writes a pause.

## Why
Here it is no tag: it breaks the document.

## Bad
```ssml
<speak>你好<#0.6#>世界</speak>
```

## Good
```ssml
<speak>你好<break time="600ms"/>世界</speak>
```

## Source
MiniMax's documentation.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM040", "ssml-pause-mark", Severity.ERROR, fix="unsafe")
