"""A bare &

## What
An `&` stands in text or in an attribute value without being part of a reference.

## Why
SSML has to be XML. What the service does with a document that is none is not documented: it may refuse it, read the
tags aloud, or drop what it does not understand. Addresses of files have many `&`.

## Bad
```ssml
<speak>Q&A</speak>
```

## Good
```ssml
<speak>Q&amp;A</speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "escape"; XML 1.0, section 2.4.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM015", "ssml-unescaped-ampersand", Severity.ERROR, fix="safe")
