r"""A control character

## What
A control character, U+FFFE or U+FFFF.

## Why
XML does not allow them, whatever stands around them.

## Bad
```python
prepare("<speak>a\x08b</speak>", TaskSettings(enable_ssml=True)).diagnostics
```

## Good
```python
prepare("<speak>a\tb</speak>", TaskSettings(enable_ssml=True)).diagnostics
```

## Source
XML 1.0, section 2.2.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM019", "ssml-forbidden-character", Severity.ERROR, fix="safe")
