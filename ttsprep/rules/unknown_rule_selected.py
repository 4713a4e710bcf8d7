"""Configuration names a rule that does not exist

## What
A selector in configuration that stands for no rule: neither a code, nor the beginning of one, nor a rule's name.

## Why
What should be selected or ignored is not.

## Bad
```python
lint.check_configuration("ignore = ['SMS012']")
```

## Good
```python
lint.check_configuration("ignore = ['SSM012', 'not-utf8']")
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("CFG003", "unknown-rule-selected", Severity.ERROR, fix="unsafe")
