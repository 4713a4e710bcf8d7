"""A DOCTYPE

## What
The text has a document type declaration.

## Why
It declares entities, and entities are how a small document reads local files or fills the memory. Nothing of the
service needs it.

## Bad
```ssml
<!DOCTYPE speak [<!ENTITY a "你好">]><speak>你好</speak>
```

## Good
```ssml
<speak>你好</speak>
```

## Source
Own rule; the service's page shows none.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM020", "ssml-doctype", Severity.ERROR, fix="unsafe")
