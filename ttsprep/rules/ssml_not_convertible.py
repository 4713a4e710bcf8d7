"""A document that cannot be converted

## What
The document is not well-formed in a way that the checker does not name, or it is larger or nested deeper than any
document for a listener.

## Why
A half-read document would be a wrong one, and a hostile one must not take all memory. Nothing is converted.

## Bad
```python
ssml.convert("<speak>" + "<p>" * 1000 + "你好" + "</p>" * 1000 + "</speak>").diagnostics
```

## Good
```python
ssml.convert("<speak>" + "<p>" * 5 + "你好" + "</p>" * 5 + "</speak>").diagnostics
```

## Source
Own rule; libxml2 stops at a depth of 256.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM083", "ssml-not-convertible", Severity.ERROR)
