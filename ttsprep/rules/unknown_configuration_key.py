"""A key of configuration that does not exist

## What
A key of ``[tool.ttsprep]`` or ttsprep.toml that the linter does not know.

## Why
A misspelt key would be left out in silence, and what it was to forbid would pass.

## Bad
```python
lint.check_configuration("slect = ['SSM']")
```

## Good
```python
lint.check_configuration("select = ['SSM']")
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("CFG001", "unknown-configuration-key", Severity.ERROR, fix="unsafe")
