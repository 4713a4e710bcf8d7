"""A lone surrogate in the text

## What
The text holds half of a surrogate pair (U+D800 to U+DFFF), which is no character and cannot be written as UTF-8.

## Why
Such halves come from text that was cut inside an emoji or decoded wrongly. They cannot be sent at all: the
WebSocket frame would not be valid UTF-8 and the service would close the connection with code 1007.

## Bad
```python
prepare("caf\\ud83d").diagnostics
```

## Good
```python
prepare("café 😀.").diagnostics
```

## Source
API page, "Encoding format": use UTF-8 encoding.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT002", "lone-surrogate", Severity.ERROR, api=("TXT-06",), error="refused-message")
