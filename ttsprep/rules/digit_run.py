"""A long row of digits

## What
Twelve or more digits stand in a row.

## Why
They are read as one huge number, or without a pause. Group them with spaces, or say in SSML how they are read:
`<say-as interpret-as="digits">`.

## Bad
```text
卡号是6222021234567890123。
```

## Good
```text
电话13800138000，卡号 6222 0212 3456。
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT021", "digit-run", Severity.NOTE)
