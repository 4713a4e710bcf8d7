"""An entity that XML does not have

## What
An entity other than `&lt;`, `&gt;`, `&amp;`, `&quot;` and `&apos;`: those of HTML have no meaning in XML.

## Why
SSML has to be XML. What the service does with a document that is none is not documented: it may refuse it, read the
tags aloud, or drop what it does not understand.

## Bad
```ssml
<speak>你好&nbsp;世界</speak>
```

## Good
```ssml
<speak>你好 世界</speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "escape"; XML 1.0, section 4.6.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM017", "ssml-unknown-entity", Severity.ERROR, fix="safe")
