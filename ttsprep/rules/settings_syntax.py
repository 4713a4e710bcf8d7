"""A settings file cannot be read

## What
The file is not valid TOML or JSON, or its outermost value is not a table (object).

## Why
Nothing of it can be used. The message is the parser's, at the place where it gave up.

## Bad
```toml
rate = fast
```

## Good
```toml
rate = 1.2
```

## Source
TOML 1.0; RFC 8259.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR022", "settings-syntax", Severity.ERROR)
