r"""A formula is not closed

## What
A delimiter of a formula (``$$``, ``\[``, ``\(``) has no partner.

## Why
There is no formula then: its signs and commands are read as text.

## Bad
```markdown
The area is $$a b.
```

## Good
```markdown
The area is $$a b$$.
```

## Source
API page, "Math expression support".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MTH010", "formula-not-closed", Severity.WARNING, api=("TXT-07",))
