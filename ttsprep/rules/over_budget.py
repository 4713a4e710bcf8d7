"""The script costs more than was meant

## What
A script counts more characters than `max_characters` of the linter's options.

## Why
The bill goes by counted characters, a Han character as two.

## Bad
```python
findings("你好，世界。", max_characters=8)
```

## Good
```python
findings("你好，世界。", max_characters=10)
```

## Source
API page, "Text length limits": how characters are counted.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LEN006", "over-budget", Severity.ERROR, api=("TXT-03",))
