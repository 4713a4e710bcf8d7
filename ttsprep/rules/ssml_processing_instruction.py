"""A processing instruction or an XML declaration

## What
The text has something of the form `<?…?>`.

## Why
No page of the service shows one. An XML declaration says nothing that the request does not say, and its encoding is
wrong as soon as the text is sent as UTF-8.

## Bad
```ssml
<?xml version="1.0" encoding="GBK"?><speak>你好</speak>
```

## Good
```ssml
<speak>你好</speak>
```

## Source
Own rule; the service's page shows none.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM021", "ssml-processing-instruction", Severity.ERROR, fix="safe")
