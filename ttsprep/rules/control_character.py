r"""A control character

## What
A control character (U+0001 to U+001F, U+007F to U+009F) other than tab and line ending stands in the text.

## Why
It has no sound, is billed, and what a voice makes of it is not documented. Word processors use U+000B and U+000C for
line and page breaks. In SSML no such character may stand at all (SSM019).

## Bad
```python
findings("One\x0btwo. Ding\x07.")
```

## Good
```python
findings("One\ttwo.\r\n")
```

## Source
Unicode Standard, section 23.1.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT004", "control-character", Severity.WARNING, fix="safe")
