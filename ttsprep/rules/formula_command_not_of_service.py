r"""The service does not document a command

## What
A formula that is left to the service has a command, sign, unit or kind of number that its page does not list.

## Why
The service speaks what it does not know as it stands: backslashes, braces, letters.

## Bad
```python
latex.check(r"因为 $a \approx b$ 成立。")
```

## Good
```python
latex.check(r"因为 $a \leq b$ 成立。")
```

## Source
The vendor's user guide on LaTeX formulas; API page, "Math expression support".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MTH005", "formula-command-not-of-service", Severity.WARNING, api=("TXT-07",))
