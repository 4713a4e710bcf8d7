"""A value of configuration that cannot be

## What
A value of another type than the key has, outside its range, or none of its words.

## Why
The linter would have to guess what was meant.

## Bad
```python
lint.check_configuration("fail-on = 'fatal'")
```

## Good
```python
lint.check_configuration("fail-on = 'error'")
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("CFG002", "invalid-configuration-value", Severity.ERROR)
