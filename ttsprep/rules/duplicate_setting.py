"""A setting stands twice in the file

## What
A key is given twice in one table of a settings file.

## Why
TOML forbids it; JSON readers silently take the last one. Which value was meant cannot be known.

## Bad
```toml
rate = 1.2
rate = 1.4
```

## Good
```toml
rate = 1.4
```

## Source
TOML 1.0, "Keys"; RFC 8259, section 4.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR021", "duplicate-setting", Severity.ERROR)
