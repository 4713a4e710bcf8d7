r"""A character that SSML cannot hold

## What
A converted text has a control character, half of a surrogate pair, U+FFFE or U+FFFF.

## Why
XML does not allow them in any form. Nobody would hear them; they are left out of the document.

## Bad
```python
ssml.from_speech_markdown("a\x08b").diagnostics
```

## Good
```python
ssml.from_speech_markdown("a\tb").diagnostics
```

## Source
XML 1.0, section 2.2.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM061", "ssml-character-left-out", Severity.WARNING)
