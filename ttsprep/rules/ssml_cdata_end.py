"""]]> in text

## What
The characters `]]>` stand in text.

## Why
XML keeps them for the end of a CDATA section.

## Bad
```ssml
<speak>a]]>b</speak>
```

## Good
```ssml
<speak>a]]&gt;b</speak>
```

## Source
XML 1.0, section 2.4.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM022", "ssml-cdata-end", Severity.ERROR, fix="safe")
