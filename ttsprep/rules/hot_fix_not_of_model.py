"""The model has no hot_fix

## What
`hot_fix` is given for another model than cosyvoice-v3-flash. It is a warning where official pages are not clear,
and a note for a system voice: a page of another region has it for cloned voices only.

## Why
The entries would not act, or the service would refuse the task.

## Bad
```toml
model = "cosyvoice-v3-plus"
hot_fix.replace = [{ "今天" = "金天" }]
```

## Good
```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
hot_fix.replace = [{ "今天" = "金天" }]
```

## Source
API page, "payload.parameters": hot_fix.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR042", "hot-fix-not-of-model", Severity.ERROR, api=("PAR-16",))
